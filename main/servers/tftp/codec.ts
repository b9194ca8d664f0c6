/**
 * TFTP packets (RFC 1350 §5, RFC 2347). All numbers are big-endian, all strings end with a zero byte.
 *
 *   RRQ 1, WRQ 2 │ 2 opcode │ file name 0 │ mode 0 │ option 0 │ value 0 │ …
 *   DATA 3       │ 2 opcode │ 2 block │ 0–blksize bytes
 *   ACK 4        │ 2 opcode │ 2 block │
 *   ERROR 5      │ 2 opcode │ 2 code │ message 0 │
 *   OACK 6       │ 2 opcode │ option 0 │ value 0 │ …
 */
export type TftpMode = 'octet' | 'netascii';

/** Option names in lower case; the first of several equal names counts. Values are as sent. */
export type WireOptions = ReadonlyMap<string, string>;

export type Packet =
  | { readonly kind: 'read' | 'write'; readonly path: string; readonly mode: TftpMode; readonly options: WireOptions }
  | { readonly kind: 'data'; readonly block: number; readonly data: Uint8Array }
  | { readonly kind: 'ack'; readonly block: number }
  | { readonly kind: 'error'; readonly code: number; readonly message: string }
  | { readonly kind: 'oack'; readonly options: WireOptions }
  | { readonly kind: 'bad'; readonly why: BadPacket; readonly opcode: number | null };

/** Why bytes are no packet: too short, opcode unknown, strings not ended, a name nobody can serve, a mode nobody speaks,
 * a request longer than any. */
export type BadPacket = 'short' | 'opcode' | 'unterminated' | 'name' | 'mode' | 'long';

export const OPCODE = { read: 1, write: 2, data: 3, ack: 4, error: 5, oack: 6 } as const;

/** RFC 1350 appendix, RFC 2347 for 8. */
export const ERROR = {
  other: 0, notFound: 1, access: 2, diskFull: 3, illegal: 4, unknownTransfer: 5, exists: 6, noUser: 7, options: 8,
} as const;

export const HEADER = 4;
const MAX_NAME = 512;
/** RFC 2347 allows 512 bytes for a whole request; a name alone may have that many here. */
const MAX_REQUEST = 1_024;
const MAX_OPTIONS = 16;
const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('latin1');

/** Any bytes in, a packet or the reason why not out. Never throws. */
export function readPacket(bytes: Uint8Array): Packet {
  if (bytes.length < 2) return bad('short', null);
  const opcode = word(bytes, 0);
  switch (opcode) {
    case OPCODE.read: return readRequest('read', bytes, opcode);
    case OPCODE.write: return readRequest('write', bytes, opcode);
    case OPCODE.oack: {
      const options = readOptions(bytes, 2);
      return options === null ? bad('unterminated', opcode) : { kind: 'oack', options };
    }
    case OPCODE.data: case OPCODE.ack: case OPCODE.error: break;
    default: return bad('opcode', opcode);
  }
  if (bytes.length < HEADER) return bad('short', opcode);
  const number = word(bytes, 2);
  if (opcode === OPCODE.data) return { kind: 'data', block: number, data: bytes.subarray(HEADER) };
  // Bytes after an ACK are ignored: some phones pad short frames.
  if (opcode === OPCODE.ack) return { kind: 'ack', block: number };
  // The message's closing zero is missing in the wild; it ends at the packet then.
  const end = bytes.indexOf(0, HEADER);
  return { kind: 'error', code: number, message: printable(text(bytes.subarray(HEADER, end < 0 ? bytes.length : end))) };
}

export function writeAck(block: number): Uint8Array {
  return Uint8Array.of(0, OPCODE.ack, (block >>> 8) & 0xff, block & 0xff);
}

/** `message` is cut to 200 characters; what is not ASCII becomes `?`, as no RFC says how else to read it. */
export function writeError(code: number, message: string): Uint8Array {
  const ascii = message.slice(0, 200).replaceAll(/[^\x20-\x7e]/g, '?');
  return concat([0, OPCODE.error, (code >>> 8) & 0xff, code & 0xff], ascii, '');
}

export function writeOack(options: WireOptions): Uint8Array {
  return concat([0, OPCODE.oack], ...[...options].flat(), '');
}

export function writeRequest(kind: 'read' | 'write', path: string, mode: TftpMode, options: WireOptions = new Map()): Uint8Array {
  return concat([0, OPCODE[kind]], path, mode, ...[...options].flat(), '');
}

/** Header of block `index` (1, 2, …, not rolled over) into the first four bytes of `packet`. RFC 1350 numbers roll over to 0. */
export function writeDataHeader(packet: Uint8Array, index: number): void {
  packet[0] = 0;
  packet[1] = OPCODE.data;
  packet[2] = (index >>> 8) & 0xff;
  packet[3] = index & 0xff;
}

function readRequest(kind: 'read' | 'write', bytes: Uint8Array, opcode: number): Packet {
  if (bytes.length > MAX_REQUEST) return bad('long', opcode);
  const nameEnd = bytes.indexOf(0, 2);
  if (nameEnd < 0) return bad('unterminated', opcode);
  const modeEnd = bytes.indexOf(0, nameEnd + 1);
  // A last string without its zero is read up to the end: seen in hand-written boot loaders.
  const path = nameEnd - 2 > MAX_NAME ? '' : text(bytes.subarray(2, nameEnd));
  if (path === '' || printable(path) !== path) return bad('name', opcode);
  const mode = text(bytes.subarray(nameEnd + 1, modeEnd < 0 ? bytes.length : modeEnd)).toLowerCase();
  if (mode !== 'octet' && mode !== 'netascii') return bad(modeEnd < 0 ? 'unterminated' : 'mode', opcode);
  const options = modeEnd < 0 ? new Map<string, string>() : readOptions(bytes, modeEnd + 1);
  // Zero padding or half an option behind a whole request takes nothing from the request: RFC 1123 §1.2.2, be liberal.
  return { kind, path, mode, options: options ?? new Map() };
}

/** Pairs of strings; null when the last one is not ended. An empty name ends the list (padding). */
function readOptions(bytes: Uint8Array, start: number): Map<string, string> | null {
  const options = new Map<string, string>();
  let at = start;
  while (at < bytes.length && options.size < MAX_OPTIONS) {
    const nameEnd = bytes.indexOf(0, at);
    if (nameEnd === at) break;
    const valueEnd = nameEnd < 0 ? -1 : bytes.indexOf(0, nameEnd + 1);
    if (valueEnd < 0) return null;
    const name = latin1.decode(bytes.subarray(at, nameEnd)).toLowerCase();
    if (!options.has(name)) options.set(name, latin1.decode(bytes.subarray(nameEnd + 1, valueEnd)));
    at = valueEnd + 1;
  }
  return options;
}

function bad(why: BadPacket, opcode: number | null): Packet {
  return { kind: 'bad', why, opcode };
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** UTF-8 where it is, else Latin-1, so that every name has one reading. */
function text(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return latin1.decode(bytes);
  }
}

function printable(value: string): string {
  return value.replaceAll(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, '');
}

const encoder = new TextEncoder();

function concat(head: readonly number[], ...strings: readonly string[]): Uint8Array {
  return Uint8Array.from([...head, ...encoder.encode(strings.join('\0'))]);
}
