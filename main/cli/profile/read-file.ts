import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { couldNotRun } from '../exit.ts';
import { fromHere } from '../folders.ts';

/**
 * A whole file, or standard input for `-`.
 * @param largest bytes; what has more is refused after that many, so that a device or a pipe without end ends here
 * @param signal Ctrl C while a terminal or a pipe says nothing
 */
export async function readWhole(name: string, largest: number, signal?: AbortSignal): Promise<Uint8Array> {
  const source: Readable = name === '-' ? process.stdin : createReadStream(fromHere(name));
  const stop = (): unknown => source.destroy(new Error('stopped'));
  signal?.addEventListener('abort', stop, { once: true });
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of source) {
      const bytes = part as Buffer;
      size += bytes.length;
      if (size > largest) break;
      parts.push(bytes);
    }
  } catch (error) {
    throw couldNotRun(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  if (size > largest) throw couldNotRun(`${name === '-' ? 'Standard input' : name} is larger than ${largest} bytes.`);
  return Buffer.concat(parts);
}
