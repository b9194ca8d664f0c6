import type { Finding } from '../../../../common/values/finding.ts';
import type { TextEdit } from '../../../../common/values/text-span.ts';
import { LINT_CODES, type LintCodeFacts } from './codes.ts';

/** A mend may uncover the next mistake; what is not at rest after this many rounds is left to a person. */
const ROUNDS = 10;

/** True where the phone then does what the text already meant, so that nobody needs to look at it first. */
export function isSafe({ code, fix }: Finding): boolean {
  const facts: LintCodeFacts | undefined = Object.hasOwn(LINT_CODES, code) ? LINT_CODES[code as keyof typeof LINT_CODES] : undefined;
  return fix !== null && (facts === undefined ? code.startsWith('profile.') && fix.code !== 'lint.fix.macro' : facts.fix?.safe === true);
}

/** Makes every safe fix, again and again until none is left. The caller's text stays as it was. */
export function mendSafely(text: string, lint: (text: string) => readonly Finding[]): { readonly text: string; readonly mended: number } {
  let now = text;
  let mended = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = applyFixes(now, lint(now).filter(isSafe));
    if (next.applied === 0) break;
    now = next.text;
    mended += next.applied;
  }
  return { text: now, mended };
}

/** Makes the fixes of these findings. Of two that touch the same characters the second waits. */
export function applyFixes(text: string, findings: readonly Finding[]): { readonly text: string; readonly applied: number } {
  const all = findings.flatMap(({ fix }, at) => (fix?.edits ?? []).map((edit) => ({ edit, at })));
  all.sort((left, right) => left.edit.from - right.edit.from || left.edit.to - right.edit.to);
  const waiting = new Set<number>();
  let last: TextEdit | null = null;
  for (const { edit, at } of all) {
    if (last !== null && collide(last, edit)) waiting.add(at);
    else last = edit;
  }
  const made = all.filter(({ at }) => !waiting.has(at));
  const parts: string[] = [];
  let from = 0;
  for (const { edit } of made) {
    parts.push(text.slice(from, edit.from), edit.insert);
    from = edit.to;
  }
  return { text: parts.join('') + text.slice(from), applied: new Set(made.map(({ at }) => at)).size };
}

/** `earlier` begins first. Two insertions at one place have no order. */
function collide(earlier: TextEdit, later: TextEdit): boolean {
  return later.from < earlier.to || (later.from === earlier.from && later.to === earlier.to);
}
