import { couldNotRun, wrongUsage } from '../exit.ts';
import type { Flags } from '../flags.ts';
import { readWhole } from './read-file.ts';

/** Where a key comes from, as options of `parseArgs`. `--key` is seen by others on the same computer and kept by shells. */
export const KEY_FLAGS = { key: { type: 'string' }, 'key-file': { type: 'string' } } as const;
export const KEY_VARIABLE = 'DIALBENCH_KEY';
const LARGEST_KEY_FILE = 4096;

/**
 * The key of `--key-file FILE|-`, `--key K` or the environment, in this order; null without any.
 * Of a key file the line end after its only line is no part of the key, as with `openssl -kfile`.
 */
export async function readKey(flags: Flags, signal: AbortSignal): Promise<string | null> {
  const [file, typed] = [flags.text('key-file'), flags.text('key')];
  if (file !== undefined && typed !== undefined) throw wrongUsage('Give the key once: --key-file or --key.');
  if (file === undefined) return typed ?? process.env[KEY_VARIABLE] ?? null;
  const text = decode(await readWhole(file, LARGEST_KEY_FILE, signal)).replace(/\r?\n$/, '');
  if (/[\r\n]/.test(text)) throw couldNotRun(`${file === '-' ? 'The key from standard input' : file} has several lines; a key is one line.`);
  return text;
}

/** A key that a phone may read otherwise than this computer does. */
export function isAscii(key: string): boolean {
  return /^[\x20-\x7e]*$/.test(key);
}

function decode(bytes: Uint8Array): string {
  try {
    // The mark that some editors put first stays: the doctor says that it was there.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw couldNotRun('The key file is not UTF-8 text.');
  }
}
