import { createCipheriv, createHash } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleFiles } from '../domain/firmware/sample.ts';
import { wrongUsage, type ExitCode } from './exit.ts';
import type { Flags } from './flags.ts';
import type { CommandIo } from './io.ts';

const CHUNK = 1 << 20;
const DEFAULT_LOAD = 'sip88xx.12-0-7MPP0201-66.loads';

/** Writes a load of realistic names and sizes with content that no phone takes; the same seed gives the same bytes. */
export async function makeSample(flags: Flags, folder: string, io: CommandIo): Promise<ExitCode> {
  const load = flags.text('load') ?? DEFAULT_LOAD;
  const text = flags.text('mb') ?? '200';
  const megabytes = /^\d{1,4}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (megabytes <= 0 || megabytes > 2_000) throw wrongUsage(`--mb takes 0.001 to 2000, not ${JSON.stringify(text)}.`);
  const bytes = Math.round(megabytes * 1_000_000);
  const images = sampleFiles(load, bytes)?.filter((file) => file.text === null);
  if (!images) throw wrongUsage(`--load takes a name like ${DEFAULT_LOAD}, not ${JSON.stringify(load)}.`);
  await mkdir(folder, { recursive: true });
  const hashes = new Map<string, string>();
  for (const { name, bytes: size } of images) {
    hashes.set(name, await writeRandom(join(folder, name), size, `${flags.text('seed') ?? 'dialbench'} ${name}`, io.signal));
    io.stdout.write(`${join(folder, name)}\t${size}\n`);
  }
  // The list comes last: a folder that was left half made holds none.
  for (const { name, bytes: size, text: list } of sampleFiles(load, bytes, (image) => hashes.get(image) ?? '') ?? []) {
    if (list === null) continue;
    await writeFile(join(folder, name), list, { flag: 'wx' });
    io.stdout.write(`${join(folder, name)}\t${size}\n`);
  }
  return 0;
}

/** AES-CTR over zeros: a gigabyte a second, and the same on every computer. Never over a file that is there. @returns its SHA-256 */
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
