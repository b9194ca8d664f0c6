import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { couldNotRun } from '../exit.ts';
import { fromHere } from '../folders.ts';

/** A pipe that says nothing for so long is taken for one that never ends. At a terminal a person decides, with Ctrl C. */
const LONGEST_SILENCE_MS = 120_000;

/**
 * A whole file, or standard input for `-`.
 * @param largest bytes; what has more is refused after that many, so that a device or a pipe without end ends here
 * @param signal Ctrl C while a terminal or a pipe says nothing
 */
export async function readWhole(name: string, largest: number, signal: AbortSignal): Promise<Uint8Array> {
  const bytes = await readBeginning(name, largest, signal).catch((error: unknown) => {
    throw couldNotRun(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (bytes.length > largest) throw couldNotRun(`${name === '-' ? 'Standard input' : name} is larger than ${largest} bytes.`);
  return bytes;
}

/** The same without a verdict: where there is more than `largest`, some bytes more than that, which tells it. */
export async function readBeginning(name: string, largest: number, signal: AbortSignal): Promise<Uint8Array> {
  return name === '-'
    ? readStream(process.stdin, largest, signal, process.stdin.isTTY ? null : LONGEST_SILENCE_MS)
    : readStream(createReadStream(fromHere(name)), largest, signal, null);
}

/** @param silenceMs most between two pieces; null: as long as it takes. Both ends reject. */
export async function readStream(source: Readable, largest: number, signal: AbortSignal, silenceMs: number | null): Promise<Uint8Array> {
  const stop = (): unknown => source.destroy(new Error('stopped'));
  const silence = silenceMs === null ? null : setTimeout(() => source.destroy(new Error(`nothing came for ${silenceMs / 1000} s`)), silenceMs);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of source) {
      const bytes = typeof part === 'string' ? Buffer.from(part) : (part as Uint8Array);
      size += bytes.length;
      parts.push(bytes);
      if (size > largest) break;
      silence?.refresh();
    }
  } finally {
    if (silence) clearTimeout(silence);
    signal.removeEventListener('abort', stop);
  }
  return Buffer.concat(parts);
}
