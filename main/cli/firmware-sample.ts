import { writeSample } from '../app/firmware/write-sample.ts';
import { wrongUsage, type ExitCode } from './exit.ts';
import type { Flags } from './flags.ts';
import type { CommandIo } from './io.ts';

const DEFAULT_LOAD = 'sip88xx.12-0-7MPP0201-66.loads';

/** `dialbench firmware make-sample FOLDER [--load NAME] [--mb 200] [--seed TEXT]` */
export async function makeSample(flags: Flags, folder: string, io: CommandIo): Promise<ExitCode> {
  const load = flags.text('load') ?? DEFAULT_LOAD;
  const text = flags.text('mb') ?? '200';
  const megabytes = /^\d{1,4}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (megabytes <= 0 || megabytes > 2_000) throw wrongUsage(`--mb takes 0.001 to 2000, not ${JSON.stringify(text)}.`);
  const sample = { load, bytes: Math.round(megabytes * 1_000_000), seed: flags.text('seed') ?? 'dialbench' };
  const made = await writeSample(sample, folder, io.signal, (file, bytes) => void io.stdout.write(`${file}\t${bytes}\n`));
  if (!made) throw wrongUsage(`--load takes a name like ${DEFAULT_LOAD}, not ${JSON.stringify(load)}.`);
  return 0;
}
