/**
 * Domain names (RFC 1035 §3.1): labels of 1 to 63 bytes behind their length, closed by an empty one, 255 bytes in all.
 *
 *   | 3 | w w w | 5 | b e n c h | 8 | i n t e r n a l | 0 |
 *
 * As text they are lower case without the closing dot, and bytes that are no letter, digit, `-` or `_` are written `\DDD`
 * (RFC 1035 §5.1), so that a dot inside a label is never taken for the end of one. The root is the empty text.
 */

const LONGEST_LABEL = 63;
const LONGEST_NAME = 255;
/** The two high bits of a length: both set begin a pointer (§4.1.4), anything else is reserved. */
const POINTER = 0xc0;
const UPPER_A = 65;
const UPPER_Z = 90;
const TO_LOWER = 32;

/** A name read at its place; `end` is the offset behind it. */
export interface ReadName {
  readonly name: string;
  readonly end: number;
}

/**
 * Reads a whole name. A pointer is refused: nothing stands before the first question that one could lead to, and what
 * follows no pointer cannot be led in a circle. Null for anything that is no name.
 */
export function readName(bytes: Uint8Array, from: number): ReadName | null {
  const labels: string[] = [];
  let at = from;
  for (;;) {
    const length = bytes[at];
    if (length === undefined || length > LONGEST_LABEL) return null;
    at += 1;
    if (length === 0) return { name: labels.join('.'), end: at };
    if (at + length >= bytes.length || at + length - from >= LONGEST_NAME) return null;
    labels.push(labelText(bytes.subarray(at, at + length)));
    at += length;
  }
}

/** The offset behind a name that need not be understood; a pointer ends it and is not followed. Null where it runs over the end. */
export function skipName(bytes: Uint8Array, from: number): number | null {
  let at = from;
  for (;;) {
    const length = bytes[at];
    if (length === undefined) return null;
    if (length >= POINTER) return at + 2 <= bytes.length ? at + 2 : null;
    if (length > LONGEST_LABEL || at - from >= LONGEST_NAME) return null;
    at += 1 + length;
    if (length === 0) return at;
  }
}

/** The same name as bytes, uncompressed; null when a label or the whole is too long, or empty labels stand in it. */
export function nameBytes(name: string): Uint8Array | null {
  if (name === '') return Uint8Array.of(0);
  const bytes: number[] = [];
  for (const label of name.split('.')) {
    const plain = labelBytes(label);
    if (plain === null || plain.length === 0 || plain.length > LONGEST_LABEL) return null;
    bytes.push(plain.length, ...plain);
  }
  bytes.push(0);
  return bytes.length > LONGEST_NAME ? null : Uint8Array.from(bytes);
}

/** `a.b.c`, `b.c`, `c`. */
export function suffixes(name: string): readonly string[] {
  const labels = name.split('.');
  return name === '' ? [] : labels.map((_, index) => labels.slice(index).join('.'));
}

/** True for the name itself and for everything below it. */
export function isWithin(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

function labelText(label: Uint8Array): string {
  let text = '';
  for (const byte of label) {
    const lower = byte >= UPPER_A && byte <= UPPER_Z ? byte + TO_LOWER : byte;
    text += isPlain(lower) ? String.fromCharCode(lower) : `\\${String(lower).padStart(3, '0')}`;
  }
  return text;
}

function labelBytes(label: string): number[] | null {
  const bytes: number[] = [];
  for (let at = 0; at < label.length; at += 1) {
    const code = label.charCodeAt(at);
    if (label[at] !== '\\') {
      if (code > 126) return null;
      bytes.push(code);
      continue;
    }
    const escaped = /^\d{3}$/.test(label.slice(at + 1, at + 4)) ? Number(label.slice(at + 1, at + 4)) : 256;
    if (escaped > 255) return null;
    bytes.push(escaped);
    at += 3;
  }
  return bytes;
}

function isPlain(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 48 && byte <= 57) || byte === 45 || byte === 95;
}
