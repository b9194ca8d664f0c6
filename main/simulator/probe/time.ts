import { randomBytes } from 'node:crypto';
import { askUdp } from './ask-udp.ts';
import { noAnswer, NOTHING_TO_DO } from './check.ts';
import type { Check, Finding, ProbeOptions } from './check.ts';

/** What a client reads in an NTP answer (RFC 5905 §7.3). Written apart from the server, so that both cannot be wrong alike. */
export interface NtpAnswer {
  readonly leap: number;
  readonly version: number;
  readonly stratum: number;
  readonly poll: number;
  /** Four letters at stratum 0, an address above 1. */
  readonly reference: Uint8Array;
  readonly rootDispersion: number;
  readonly originate: Uint8Array;
  /** Milliseconds since 1970, as the three timestamps that follow. */
  readonly referenceAt: number;
  readonly receivedAt: number;
  readonly sentAt: number;
}

const SIZE = 48;
const ERA_MS = 2 ** 32 * 1000;
/** From 1900 to 1970: 70 years of which 17 had a 29 February. */
const TO_1970_MS = (70 * 365 + 17) * 86_400_000;
/** More than this apart, certificates and logs of the two computers begin to disagree. */
const APART_MS = 60_000;

/** Asks for the time once, as a phone does at its start. */
export async function checkSntp(options: ProbeOptions, port: number): Promise<Check> {
  const started = performance.now();
  const marker = randomBytes(8);
  const target = `${options.address}:${port}`;
  const answer = await askUdp({ address: options.address, port, bytes: ntpQuestion(marker), accepts: (bytes) => answerTo(bytes, marker) !== null }, options.signal);
  const read = answer.ok ? answerTo(answer.bytes, marker) : null;
  const say = (verdict: Check['verdict'], finding: Finding, advice: Finding): Check => ({
    server: 'sntp', transport: 'udp', target, verdict, finding, advice, tookMs: Math.round(performance.now() - started),
  });
  if (read === null) return say('wrong', noAnswer(target, answer.ok ? '' : answer.cause), { code: 'probe.do-time', params: {} });
  if (read.stratum === 0) {
    const kiss = String.fromCharCode(...read.reference).replaceAll(/[^A-Z]/g, '');
    return say('unsure', { code: 'probe.time-refused', params: { answer: kiss } }, { code: 'probe.do-wait', params: {} });
  }
  const apart = Math.abs(read.sentAt - Date.now());
  if (read.leap === 3 || read.stratum > 15) return say('wrong', { code: 'probe.time-unsure', params: {} }, { code: 'probe.do-time', params: {} });
  const params = { time: new Date(Math.round(read.sentAt)).toISOString(), stratum: read.stratum, seconds: Math.round(apart / 1000) };
  return apart > APART_MS
    ? say('wrong', { code: 'probe.time-apart', params }, { code: 'probe.do-clock', params: {} })
    : say('right', { code: 'probe.time', params }, NOTHING_TO_DO);
}

/** A client packet of version 4 whose transmit timestamp is a mark that comes back. */
export function ntpQuestion(marker: Uint8Array, version = 4): Uint8Array {
  const bytes = new Uint8Array(SIZE);
  bytes[0] = (version << 3) | 3;
  bytes.set(marker, SIZE - 8);
  return bytes;
}

/** Reads an answer; null for what is no server's packet. Of the eras of a timestamp the one nearest to `near` is meant. */
export function readNtpAnswer(bytes: Uint8Array, near = Date.now()): NtpAnswer | null {
  if (bytes.length < SIZE || ((bytes[0] ?? 0) & 7) !== 4) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const at = (offset: number): number => {
    const ms = view.getUint32(offset) * 1000 + (view.getUint32(offset + 4) * 1000) / 2 ** 32 - TO_1970_MS;
    return ms + Math.round((near - ms) / ERA_MS) * ERA_MS;
  };
  return {
    leap: view.getUint8(0) >> 6,
    version: (view.getUint8(0) >> 3) & 7,
    stratum: view.getUint8(1),
    poll: view.getUint8(2),
    rootDispersion: view.getUint32(8) / 65_536,
    reference: bytes.slice(12, 16),
    referenceAt: at(16),
    originate: bytes.slice(24, 32),
    receivedAt: at(32),
    sentAt: at(40),
  };
}

function answerTo(bytes: Uint8Array, marker: Uint8Array): NtpAnswer | null {
  const read = readNtpAnswer(bytes);
  return read !== null && Buffer.compare(read.originate, marker) === 0 ? read : null;
}
