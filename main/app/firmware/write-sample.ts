import { createCipheriv, createHash } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleFiles } from '../../domain/firmware/sample.ts';

export interface Sample {
  /** `sip88xx.12-0-7MPP0201-66.loads` */
  readonly load: string;
  /** Of all images together. */
  readonly bytes: number;
  /** The same text gives the same bytes. */
  readonly seed: string;
}

const CHUNK = 1 << 20;

/**
 * Writes a load of realistic names and sizes with content that no phone takes. Never over a file that is there.
 * @param wrote told of each file once it is whole
 * @returns false for a name that is no load's; then nothing is written
 */
export async function writeSample(
  { load, bytes, seed }: Sample, folder: string, signal: AbortSignal, wrote: (file: string, bytes: number) => void = () => undefined,
): Promise<boolean> {
  const images = sampleFiles(load, bytes)?.filter((file) => file.text === null);
  if (!images) return false;
  await mkdir(folder, { recursive: true });
  const hashes = new Map<string, string>();
  for (const { name, bytes: size } of images) {
    hashes.set(name, await writeRandom(join(folder, name), size, `${seed} ${name}`, signal));
    wrote(join(folder, name), size);
  }
  // The list comes last: a folder that was left half made holds none.
  for (const { name, bytes: size, text: list } of sampleFiles(load, bytes, (image) => hashes.get(image) ?? '') ?? []) {
    if (list === null) continue;
    await writeFile(join(folder, name), list, { flag: 'wx' });
    wrote(join(folder, name), size);
  }
  return true;
}

/** AES-CTR over zeros: a gigabyte a second, and the same on every computer. @returns its SHA-256 */
async function writeRandom(target: string, bytes: number, seed: string, signal: AbortSignal): Promise<string> {
  const key = createHash('sha256').update(seed).digest();
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const zeros = Buffer.alloc(Math.min(CHUNK, bytes));
  const hash = createHash('sha256');
  const handle = await open(target, 'wx');
  try {
    for (let left = bytes; left > 0; left -= zeros.length) {
      signal.throwIfAborted();
      const piece = stream.update(zeros.subarray(0, Math.min(left, zeros.length)));
      hash.update(piece);
      await handle.writeFile(piece);
    }
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}
