import { OPTION } from './numbers.ts';

/**
 * An options area is a row of
 *
 *     +------+-----+----------------+        0 = pad, one byte alone
 *     | code | len | len bytes …    |      255 = end, the rest is padding
 *     +------+-----+----------------+
 *
 * A value over 255 bytes stands in several options of the same code, which the reader joins in order (RFC 3396 §5).
 */

/**
 * Adds the options of one area to `into`; repeated codes are joined.
 * @returns false when an option runs over the end of the area. A missing end mark is forgiven: old boot loaders leave it out.
 */
export function readOptions(area: Uint8Array, into: Map<number, Uint8Array>): boolean {
  let at = 0;
  while (at < area.length) {
    const code = area[at] ?? OPTION.end;
    if (code === OPTION.end) return true;
    if (code === OPTION.pad) {
      at += 1;
      continue;
    }
    const length = area[at + 1];
    if (length === undefined || at + 2 + length > area.length) return false;
    const value = area.slice(at + 2, at + 2 + length);
    const before = into.get(code);
    into.set(code, before === undefined ? value : joined(before, value));
    at += 2 + length;
  }
  return true;
}

/** Bytes that a value takes in an area, its headers included. An empty value still takes its header. */
export function optionSize(value: Uint8Array): number {
  return value.length + 2 * Math.max(1, Math.ceil(value.length / 255));
}

/** Writes one option at `at`, split where it is long. @returns where the next one goes. */
export function writeOption(area: Uint8Array, at: number, code: number, value: Uint8Array): number {
  let from = 0;
  let to = at;
  do {
    const length = Math.min(255, value.length - from);
    area[to] = code;
    area[to + 1] = length;
    area.set(value.subarray(from, from + length), to + 2);
    from += length;
    to += 2 + length;
  } while (from < value.length);
  return to;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
