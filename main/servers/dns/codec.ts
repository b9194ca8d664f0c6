import { ipv4ToBytes } from '../../../common/values/ip.ts';
import { bareAnswer, OPCODE_QUERY, RCODE, TYPE, type DnsAnswer, type DnsQuery, type DnsRecord, type Edns, type ReadQuery, type RecordData } from './message.ts';
import { nameBytes, readName, skipName, suffixes } from './name.ts';

/**
 * DNS messages (RFC 1035 §4.1):
 *
 *        0  1  2  3  4  5  6  7  8  9  0  1  2  3  4  5
 *      +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *    0 |                      ID                       |
 *    2 |QR|   Opcode  |AA|TC|RD|RA|   Z    |   RCODE   |
 *    4 |      QDCOUNT      6 |      ANCOUNT            |
 *    8 |      NSCOUNT     10 |      ARCOUNT            |
 *      +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *   12 | question: name, type (2), class (2)           |
 *      | records: name, type (2), class (2), TTL (4), length (2), data
 *
 * The OPT record of EDNS (RFC 6891 §6.1.2) has the root as its name, the payload size as its class, and as TTL the upper
 * eight bits of the code, a version, and the bit DO.
 */
const HEADER = 12;
const QR = 0x8000;
const AA = 0x0400;
const TC = 0x0200;
const RD = 0x0100;
const DO = 0x8000;
/** Records in one query that are looked at; a client sends OPT, at most with a signature. */
const MOST_RECORDS = 16;
/** Every resolver takes so much over UDP (RFC 1035 §4.2.1). */
export const SMALLEST_LIMIT = 512;
/** What passes every Ethernet path in one piece (DNS flag day 2020); more is neither told nor sent over UDP. */
export const LARGEST_UDP = 1232;
const LARGEST_TCP = 65_535;
const OPT_SIZE = 11;
const POINTER = 0xc000;
/** A pointer has 14 bits for its place. */
const LAST_PLACE = 0x3fff;

/** Reads a query. Total on any bytes; nothing of `bytes` is kept. */
export function decodeQuery(bytes: Uint8Array): ReadQuery {
  if (bytes.length < HEADER) return { kind: 'nothing', why: 'short' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const flags = view.getUint16(2);
  // RFC 1035 §7.3, and the reason why two servers never talk to each other without end.
  if ((flags & QR) !== 0) return { kind: 'nothing', why: 'response' };
  const head = { id: view.getUint16(0), opcode: (flags >> 11) & 15, recursionDesired: (flags & RD) !== 0 };
  const broken = (rcode: number): ReadQuery => ({ kind: 'broken', ...head, rcode });
  if (head.opcode !== OPCODE_QUERY) return broken(RCODE.NOTIMP);
  // RFC 9619: a query has one question, neither none nor several.
  if (view.getUint16(4) !== 1) return broken(RCODE.FORMERR);
  const asked = readName(bytes, HEADER);
  if (asked === null || asked.end + 4 > bytes.length) return broken(RCODE.FORMERR);
  const end = asked.end + 4;
  const edns = readEdns(view, bytes, end, view.getUint16(6) + view.getUint16(8) + view.getUint16(10));
  if (edns === 'wrong') return broken(RCODE.FORMERR);
  const question = { name: asked.name, type: view.getUint16(asked.end), class: view.getUint16(asked.end + 2) };
  return { kind: 'query', query: { ...head, question, questionBytes: Uint8Array.from(bytes.subarray(HEADER, end)), edns } };
}

/** The size up to which this asker takes an answer over UDP. */
export function udpLimit(query: DnsQuery): number {
  return Math.min(LARGEST_UDP, Math.max(SMALLEST_LIMIT, query.edns?.size ?? 0));
}

/**
 * Writes the answer to a query. What does not fit into `limit` bytes is left out whole: first the additional records, of
 * which nobody is told, then everything, with the bit TC, upon which the asker comes again over TCP (RFC 2181 §9).
 */
export function encodeAnswer(query: DnsQuery, answer: DnsAnswer, limit = LARGEST_TCP): Uint8Array {
  const whole = write(query, answer, false);
  if (whole.length <= limit) return whole;
  const lean = write(query, { ...answer, additional: [] }, false);
  return lean.length <= limit ? lean : cutAnswer(query);
}

/** "Ask again over TCP", and nothing else. */
export function cutAnswer(query: DnsQuery): Uint8Array {
  return write(query, bareAnswer(RCODE.NOERROR), true);
}

/** The answer to what could not be read: twelve bytes. */
export function encodeBroken(broken: Extract<ReadQuery, { kind: 'broken' }>): Uint8Array {
  const bytes = new Uint8Array(HEADER);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, broken.id);
  view.setUint16(2, QR | (broken.opcode << 11) | (broken.recursionDesired ? RD : 0) | broken.rcode);
  return bytes;
}

function readEdns(view: DataView, bytes: Uint8Array, from: number, records: number): Edns | null | 'wrong' {
  if (records > MOST_RECORDS) return 'wrong';
  let at = from;
  let edns: Edns | null = null;
  for (let index = 0; index < records; index += 1) {
    const root = bytes[at] === 0;
    const fields = skipName(bytes, at);
    if (fields === null || fields + 10 > bytes.length) return 'wrong';
    at = fields + 10 + view.getUint16(fields + 8);
    if (at > bytes.length) return 'wrong';
    if (view.getUint16(fields) !== TYPE.OPT) continue;
    // RFC 6891 §6.1.1: one OPT, under the root's name.
    if (edns !== null || !root) return 'wrong';
    edns = { size: view.getUint16(fields + 2), version: view.getUint8(fields + 5), dnssecOk: (view.getUint16(fields + 6) & DO) !== 0 };
  }
  return edns;
}

function write(query: DnsQuery, answer: DnsAnswer, cut: boolean): Uint8Array {
  const out = new Out(query);
  const { answers, authority, additional } = answer;
  for (const record of [...answers, ...authority, ...additional]) out.record(record);
  if (query.edns !== null) out.opt(answer.rcode >> 4, query.edns.dnssecOk);
  const bytes = out.bytes();
  const view = new DataView(bytes.buffer);
  view.setUint16(0, query.id);
  const flags = QR | (query.opcode << 11) | (answer.authoritative ? AA : 0) | (cut ? TC : 0) | (query.recursionDesired ? RD : 0);
  view.setUint16(2, flags | (answer.rcode & 15));
  view.setUint16(4, 1);
  view.setUint16(6, answers.length);
  view.setUint16(8, authority.length);
  view.setUint16(10, additional.length + (query.edns === null ? 0 : 1));
  return bytes;
}

/** An answer as it grows; remembers where names stand, so that later ones can point to them (RFC 1035 §4.1.4). */
class Out {
  private readonly data: number[] = [];
  private readonly places = new Map<string, number>();

  constructor({ question, questionBytes }: DnsQuery) {
    for (let index = 0; index < HEADER; index += 1) this.data.push(0);
    this.remember(question.name, HEADER);
    this.data.push(...questionBytes);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.data);
  }

  record({ name, ttl, data }: DnsRecord): void {
    this.name(name);
    this.uint16(TYPE[data.type]);
    this.uint16(1);
    this.uint32(ttl);
    const lengthAt = this.data.length;
    this.uint16(0);
    this.body(data);
    const length = this.data.length - lengthAt - 2;
    this.data[lengthAt] = length >> 8;
    this.data[lengthAt + 1] = length & 255;
  }

  opt(upperCode: number, dnssecOk: boolean): void {
    const from = this.data.length;
    this.data.push(0);
    this.uint16(TYPE.OPT);
    this.uint16(LARGEST_UDP);
    this.data.push(upperCode, 0);
    this.uint16(dnssecOk ? DO : 0);
    while (this.data.length < from + OPT_SIZE) this.data.push(0);
  }

  private body(data: RecordData): void {
    switch (data.type) {
      case 'A':
        this.data.push(...ipv4ToBytes(data.address));
        return;
      case 'NS':
      case 'PTR':
        this.name(data.name);
        return;
      case 'SRV':
        this.uint16(data.priority);
        this.uint16(data.weight);
        this.uint16(data.port);
        // RFC 2782: the target is never compressed.
        this.data.push(...(nameBytes(data.target) ?? [0]));
        return;
      case 'HINFO':
        this.text(data.cpu);
        this.text(data.os);
        return;
      case 'SOA':
        this.name(data.primary);
        this.name(data.mailbox);
        for (const value of [data.serial, data.refresh, data.retry, data.expire, data.minimum]) this.uint32(value);
        return;
    }
  }

  private name(name: string): void {
    for (const suffix of suffixes(name)) {
      const place = this.places.get(suffix);
      if (place === undefined) continue;
      const before = suffix.length === name.length ? '' : name.slice(0, name.length - suffix.length - 1);
      this.remember(name, this.data.length, suffix);
      this.data.push(...(nameBytes(before)?.subarray(0, -1) ?? []));
      this.uint16(POINTER | place);
      return;
    }
    this.remember(name, this.data.length);
    this.data.push(...(nameBytes(name) ?? [0]));
  }

  /** Notes where each suffix of a name that begins at `from` will stand, up to the one that is only pointed to. */
  private remember(name: string, from: number, until = ''): void {
    for (const suffix of suffixes(name)) {
      if (suffix === until) return;
      const before = name.slice(0, name.length - suffix.length);
      const at = from + (before === '' ? 0 : (nameBytes(before.slice(0, -1))?.length ?? 1) - 1);
      if (at <= LAST_PLACE && !this.places.has(suffix)) this.places.set(suffix, at);
    }
  }

  private text(text: string): void {
    this.data.push(text.length, ...new TextEncoder().encode(text));
  }

  private uint16(value: number): void {
    this.data.push((value >> 8) & 255, value & 255);
  }

  private uint32(value: number): void {
    this.uint16(value >>> 16);
    this.uint16(value & 0xffff);
  }
}
