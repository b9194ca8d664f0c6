import { sentence } from '../../../common/contract/sentences/sentence.ts';
import type { DocumentProblem, ProfileDocument } from '../../domain/profile/document/document.ts';
import { harmless } from '../harmless.ts';
import type { CommandIo } from '../io.ts';

/** `FILE:LINE:COLUMN: sentence`, which editors and CI open with a click. */
export function tellProblems(file: string, problems: readonly DocumentProblem[], io: CommandIo): void {
  for (const { severity, code, params, span } of problems) {
    const kind = severity === 'warning' ? 'warning: ' : '';
    io.stderr.write(`${harmless(`${file}:${span.line}:${span.column}: ${kind}${sentence(code, params)}`)}\n`);
  }
}

export function errorsOf(document: ProfileDocument): readonly DocumentProblem[] {
  return document.problems.filter(({ severity }) => severity === 'error');
}
