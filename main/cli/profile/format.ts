import { sentence } from '../../../common/contract/sentences/sentence.ts';
import { readDocument } from '../../domain/profile/document/document.ts';
import { formatProfile } from '../../domain/profile/document/format.ts';
import { wrongUsage, type ExitCode } from '../exit.ts';
import { readFlags } from '../flags.ts';
import { fromHere } from '../folders.ts';
import type { CommandIo } from '../io.ts';
import { readProfileFile, tellProblems } from './file.ts';
import { replaceFile } from './replace-file.ts';

/** `dialbench profile format FILE [--write]`: the profile in one spelling, to stdout or into its own file. */
export async function formatCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, { write: { type: 'boolean' } });
  const [file, rest] = flags.words;
  if (file === undefined || rest !== undefined) throw wrongUsage('profile format takes one file, and --write to change it in place.');
  const text = await readProfileFile(file);
  tellProblems(file, readDocument(text).problems, io);
  const formatted = formatProfile(text);
  if (!formatted.ok) {
    io.stderr.write(`${file} is left as it is: ${sentence(formatted.failure.code, formatted.failure.params)}\n`);
    return 1;
  }
  if (!flags.is('write')) io.stdout.write(formatted.value);
  else if (formatted.value === text) io.stderr.write(`${file} was in this spelling already.\n`);
  else {
    await replaceFile(fromHere(file), formatted.value);
    io.stderr.write(`${file} is written.\n`);
  }
  return 0;
}
