import { sentence } from '../../../common/contract/sentences/sentence.ts';
import { readDocument } from '../../domain/profile/document/document.ts';
import { formatProfile } from '../../domain/profile/document/format.ts';
import { wrongUsage, type ExitCode } from '../exit.ts';
import { readFlags } from '../flags.ts';
import { harmless } from '../harmless.ts';
import type { CommandIo } from '../io.ts';
import { errorsOf, tellProblems } from './problems.ts';
import { replaceFile } from './write-file.ts';
import { readOrEnd } from './source.ts';

/**
 * `dialbench profile format FILE|- [--write]`: the profile in one spelling, to stdout or into its own file. Exit 1, and
 * nothing written, where it is not well-formed.
 */
export async function formatCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, { write: { type: 'boolean' } });
  const [file, rest] = flags.words;
  if (file === undefined || rest !== undefined) throw wrongUsage('profile format takes one file, and --write to change it in place.');
  if (file === '-' && flags.is('write')) throw wrongUsage('stdin has no place to write to: leave --write out.');
  const text = await readOrEnd(file, io.signal);
  const document = readDocument(text);
  tellProblems(file, document.problems, io);
  const formatted = formatProfile(text);
  if (!formatted.ok) {
    const told = errorsOf(document).length > 0;
    const cause = told ? 'it is not well-formed.' : sentence(formatted.failure.code, formatted.failure.params);
    io.stderr.write(`${harmless(`${file} is left as it is: ${cause}`)}\n`);
    return 1;
  }
  if (!flags.is('write')) io.stdout.write(formatted.value);
  else if (formatted.value === text) io.stderr.write(`${harmless(file)} was in this spelling already.\n`);
  else {
    await replaceFile(file, formatted.value);
    io.stderr.write(`${harmless(file)} is written.\n`);
  }
  return 0;
}
