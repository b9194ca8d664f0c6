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
  const files = sampleFiles(load, Math.round(megabytes * 1_000_000));
  if (!files) throw wrongUsage(`--load takes a name like ${DEFAULT_LOAD}, not ${JSON.stringify(load)}.`);
  await mkdir(folder, { recursive: true });
  for (const file of files) {
    const target = join(folder, file.name);
    if (file.text === null) await writeRandom(target, file.bytes, `${flags.text('seed') ?? 'dialbench'} ${file.name}`, io.signal);
    else await writeFile(target, file.text, { flag: 'wx' });
    io.stdout.write(`${target}\t${file.bytes}\n`);
  }
  return 0;
}

/** AES-CTR over zeros: a gigabyte a second, and the same on every computer. Never over a file that is there. */
async function writeRandom(target: string, bytes: number, seed: string, signal: AbortSignal): Promise<void> {
  const key = createHash('sha256').update(seed).digest();
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const zeros = Buffer.alloc(Math.min(CHUNK, bytes));
  const handle = await open(target, 'wx');
  try {
    for (let left = bytes; left > 0; left -= zeros.length) {
      signal.throwIfAborted();
      await handle.writeFile(stream.update(zeros.subarray(0, Math.min(left, zeros.length))));
    }
  } finally {
    await handle.close();
  }
}
