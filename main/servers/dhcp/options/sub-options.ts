import type { SubOption } from '../needs.ts';
import { optionSize, writeOption } from './area.ts';

// Encapsulated options: code, length, bytes (options 43, 82 and each enterprise of 125). No pad, no end mark.

/** First value of one sub-option; undefined when it lacks or the list is cut short before it. */
export function findSubOption(list: Uint8Array | undefined, code: number): Uint8Array | undefined {
  if (list === undefined) return undefined;
  let at = 0;
  while (at + 2 <= list.length) {
    const length = list[at + 1] ?? 0;
    if (at + 2 + length > list.length) return undefined;
    if (list[at] === code) return list.subarray(at + 2, at + 2 + length);
    at += 2 + length;
  }
  return undefined;
}

export function writeSubOptions(options: readonly SubOption[]): Uint8Array {
  const bytes = new Uint8Array(options.reduce((sum, option) => sum + optionSize(option.bytes), 0));
  let at = 0;
  for (const option of options) at = writeOption(bytes, at, option.code, option.bytes);
  return bytes;
}
