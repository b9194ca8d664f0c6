/**
 * Bytes of one syslog message ⇒ its parts. Every run of bytes is a message: what cannot be read as a header is text.
 *
 *   RFC 5424 §6   <PRI>1 TIMESTAMP HOST APP PROCID MSGID [SD] BOM? MSG
 *   RFC 3164 §4   <PRI>Mmm dd hh:mm:ss HOST TAG[pid]: CONTENT
 *   rsyslog       <PRI>2026-11-22T12:49:39.123456+00:00 HOST TAG: CONTENT
 *   phones        <PRI>Mmm dd hh:mm:ss CP-8841-3PCC 00:0e:08:ab:cd:ef -- Requesting resync …   (no host, no tag)
 *   IOS           <PRI>123: *Mar  1 00:00:00.000: %SYS-5-…
 */
import { readStructuredData } from './structured-data.ts';

export interface SyslogMessage {
  /** 0–23, RFC 5424 §6.2.1. */
  readonly facility: number;
  /** 0–7. */
  readonly severity: number;
  readonly shape: 'rfc5424' | 'rfc3164' | 'bare';
  /** As written by the sender, unread. */
  readonly timestamp: string | null;
  readonly host: string | null;
  readonly app: string | null;
  readonly text: string;
  /** The text was longer than `LONGEST_TEXT` and was cut. */
  readonly cut: boolean;
}

/** RFC 5424 §6.1 asks for 2,048; more is cut, so that one line cannot fill the record. */
export const LONGEST_TEXT = 8_192;
/** Header and structured data come on top of the text. */
const LONGEST_READ = 2 * LONGEST_TEXT;
/** RFC 3164 §4.3.3: a message without a readable PRI is user.notice. */
const DEFAULT_PRI = 13;

const RFC5424 = /1 (\S{1,64}) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32})(?: |$)/y;
/** Day padded with a blank or a zero; vendors add a year, fractions of a second and a zone. */
const BSD_TIME =
  /[*.]?((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2} (?:\d{4} )?\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?: [A-Z]{3,4} \d{4})?)(?::? |:?$)/y;
const ISO_TIME = /(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?) /y;
const SEQUENCE = /\d{1,10}: /y;
/** A host is believed only where a tag follows it; phones send neither. */
const HOST = /([A-Za-z0-9:][A-Za-z0-9._:-]{0,254}) (?=[A-Za-z0-9_./-]{1,48}(?:\[[^\]\s]{0,64}\])?:(?:\s|$))/y;
const TAG = /([A-Za-z0-9_./-]{1,48})(?:\[[^\]\s]{0,64}\])?:(?:\s|$)/y;
/** `Syslog_Identifier` puts the MAC where a host would stand: the text keeps it, it tells who speaks. */
const NAMES_PHONE = /[0-9a-f]{12}|(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|^(?:CP|DP)-\d{4}/i;

const DIRTY = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
const DIRTY_ALL = new RegExp(DIRTY.source, 'g');

/** Reads one message. Total on any bytes; a datagram is one message, whatever it holds. */
export function readSyslog(bytes: Uint8Array): SyslogMessage {
  const { text, cut } = decode(bytes);
  const pri = readPri(text);
  const value = pri?.value ?? DEFAULT_PRI;
  const level = { facility: value >> 3, severity: value & 7 };
  const at = pri?.end ?? 0;
  const modern = pri === null ? null : readModern(text, at);
  const parts = modern ?? readOld(text, at);
  const clean = cleanText(parts.text);
  return clean.length > LONGEST_TEXT
    ? { ...level, ...parts, text: clean.slice(0, LONGEST_TEXT), cut: true }
    : { ...level, ...parts, text: clean, cut };
}

type Parts = Pick<SyslogMessage, 'shape' | 'timestamp' | 'host' | 'app' | 'text'>;

const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: false });

function decode(bytes: Uint8Array): { readonly text: string; readonly cut: boolean } {
  let end = bytes.length;
  // Trailing CR, LF and NUL are framing of senders that think in lines or C strings, RFC 6587 §3.4.2.
  while (end > 0 && isLineEnd(bytes[end - 1])) end -= 1;
  const cut = end > LONGEST_READ;
  return { text: decoder.decode(bytes.subarray(0, cut ? LONGEST_READ : end)), cut };
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 10 || byte === 13 || byte === 0;
}

/** `<0>` to `<191>`, up to three digits, RFC 5424 §6.2.1. */
function readPri(text: string): { readonly value: number; readonly end: number } | null {
  if (text.charCodeAt(0) !== 60) return null;
  const close = text.indexOf('>', 1);
  if (close < 2 || close > 4) return null;
  let value = 0;
  for (let index = 1; index < close; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value <= 191 ? { value, end: close + 1 } : null;
}

function readModern(text: string, at: number): Parts | null {
  RFC5424.lastIndex = at;
  const header = RFC5424.exec(text);
  if (!header) return null;
  const data = readStructuredData(text, RFC5424.lastIndex);
  const message = withoutBom(text.slice(data.end));
  return {
    shape: 'rfc5424',
    timestamp: orNull(header[1]),
    host: orNull(header[2]),
    app: orNull(header[3]),
    text: data.kept === '' ? message : `${data.kept} ${message}`.trimEnd(),
  };
}

function readOld(text: string, from: number): Parts {
  let at = from;
  const stamp = readStamp(text, at);
  if (stamp === null) return { shape: 'bare', timestamp: null, host: null, app: tagAt(text, at), text: text.slice(at) };
  at = stamp.end;
  HOST.lastIndex = at;
  const host = HOST.exec(text)?.[1] ?? null;
  if (host !== null) at = HOST.lastIndex;
  const kept = host !== null && NAMES_PHONE.test(host) ? stamp.end : at;
  return { shape: 'rfc3164', timestamp: stamp.text, host, app: tagAt(text, at), text: text.slice(kept) };
}

function readStamp(text: string, from: number): { readonly text: string; readonly end: number } | null {
  for (const at of [from, afterSequence(text, from)]) {
    for (const pattern of [BSD_TIME, ISO_TIME]) {
      pattern.lastIndex = at;
      const found = pattern.exec(text)?.[1];
      if (found !== undefined) return { text: found, end: pattern.lastIndex };
    }
  }
  return null;
}

function afterSequence(text: string, from: number): number {
  SEQUENCE.lastIndex = from;
  return SEQUENCE.test(text) ? SEQUENCE.lastIndex : from;
}

function tagAt(text: string, at: number): string | null {
  TAG.lastIndex = at;
  return TAG.exec(text)?.[1] ?? null;
}

function orNull(field: string | undefined): string | null {
  return field === undefined || field === '-' ? null : cleanText(field);
}

function withoutBom(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Control characters would draw lines and colours that are not there; each is shown as its picture or as a question. */
function cleanText(text: string): string {
  if (!DIRTY.test(text)) return text;
  return text.replaceAll(DIRTY_ALL, (character) => {
    const code = character.charCodeAt(0);
    if (code === 9) return ' ';
    if (code < 32) return String.fromCharCode(0x2400 + code);
    return code === 127 ? '\u2421' : '\ufffd';
  });
}
