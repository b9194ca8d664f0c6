import { readFile } from 'node:fs/promises';
import { sentence } from '../../../common/contract/sentences/sentence.ts';
import type { Failure } from '../../../common/values/failure.ts';
import { decodeProfile, type DocumentProblem, type ProfileDocument } from '../../domain/profile/document/document.ts';
import { couldNotRun } from '../exit.ts';
import { fromHere } from '../folders.ts';
import { harmless } from '../harmless.ts';
import type { CommandIo } from '../io.ts';

/** The text of a profile on disk; a file that cannot be read, or holds no text, ends the command with exit 3. */
export async function readProfileFile(file: string): Promise<string> {
  const bytes = await readFile(fromHere(file)).catch((error: unknown) => {
    throw couldNotRun(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const text = decodeProfile(bytes);
  if (!text.ok) throw couldNotRun(`${file}: ${words(text.failure)}`);
  return text.value;
}

/** `FILE:LINE:COLUMN: sentence`, which editors and CI open with a click. */
export function tellProblems(file: string, problems: readonly DocumentProblem[], io: CommandIo): void {
  for (const { severity, code, params, span } of problems) {
    const kind = severity === 'warning' ? 'warning: ' : '';
    io.stderr.write(`${harmless(file)}:${span.line}:${span.column}: ${kind}${words({ code, params })}\n`);
  }
}

export function errorsOf(document: ProfileDocument): readonly DocumentProblem[] {
  return document.problems.filter(({ severity }) => severity === 'error');
}

function words({ code, params }: Failure): string {
  return harmless(sentence(code, params));
}
