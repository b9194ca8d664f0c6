import { basename } from 'node:path';
import { compareDocuments, type ParameterChange } from '../../domain/profile/document/compare.ts';
import { readDocument, type ProfileDocument } from '../../domain/profile/document/document.ts';
import { couldNotRun, wrongUsage, type ExitCode } from '../exit.ts';
import { readFlags } from '../flags.ts';
import { harmless } from '../harmless.ts';
import type { CommandIo } from '../io.ts';
import { changeTable } from './change-table.ts';
import { errorsOf, tellProblems } from './problems.ts';
import { readOrEnd } from './source.ts';

/** `dialbench profile diff A B [--json]`, one of them `-` for stdin: per parameter, as a phone sees it. Exit 0 the same, 1 different, as diff does. */
export async function diffCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, { json: { type: 'boolean' } });
  const [one, other, rest] = flags.words;
  if (one === undefined || other === undefined || rest !== undefined) throw wrongUsage('profile diff takes two files.');
  if (one === '-' && other === '-') throw wrongUsage('stdin can be read once: give - once.');
  const before = await readSound(one, io);
  const after = await readSound(other, io);
  const all = compareDocuments(before, after);
  const changes = all.filter(({ verdict }) => verdict !== 'same');
  const same = all.length - changes.length;
  if (flags.is('json')) io.stdout.write(`${JSON.stringify({ same, changes })}\n`);
  else {
    const columns = 'columns' in io.stdout && typeof io.stdout.columns === 'number' ? io.stdout.columns : null;
    if (changes.length > 0) io.stdout.write(changeTable(changes, headings(one, other), columns));
    io.stdout.write(`${summary(changes)}, ${same} the same\n`);
  }
  return changes.length > 0 ? 1 : 0;
}

async function readSound(file: string, io: CommandIo): Promise<ProfileDocument> {
  const document = readDocument(await readOrEnd(file, io.signal));
  const errors = errorsOf(document);
  if (errors.length > 0) {
    tellProblems(file, errors, io);
    throw couldNotRun(`${file} is no sound profile: nothing is compared.`);
  }
  tellTwins(file, document, io);
  return document;
}

/** The phone takes the last of several elements with one name; that is easily overlooked. */
function tellTwins(file: string, document: ProfileDocument, io: CommandIo): void {
  const lines = new Map<string, number[]>();
  for (const { name, nameSpan } of document.elements) {
    const places = lines.get(name);
    if (places) places.push(nameSpan.line);
    else lines.set(name, [nameSpan.line]);
  }
  for (const [name, places] of lines) {
    if (places.length > 1) io.stderr.write(`${harmless(file)}: ${name} is there ${places.length} times; line ${places.at(-1) ?? 0} counts, the last.\n`);
  }
}

function headings(one: string, other: string): readonly [string, string] {
  return basename(one) === basename(other) ? [one, other] : [basename(one), basename(other)];
}

function summary(changes: readonly ParameterChange[]): string {
  if (changes.length === 0) return 'no difference';
  const count = (verdict: ParameterChange['verdict']): number => changes.filter((change) => change.verdict === verdict).length;
  return `${count('changed')} changed, ${count('added')} added, ${count('removed')} removed`;
}
