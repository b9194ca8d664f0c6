import type { RuleKind, RuleProblem } from '../../../common/values/rule.ts';
import type { TextSpan } from '../../../common/values/text-span.ts';
import type { Source } from './source.ts';

/** What rules of a phone never come near; past them the rest is not read. */
export const LIMITS = { length: 100_000, alternatives: 200, comparisons: 100, assignments: 100, options: 20, problems: 100 } as const;

/** A cursor over a rule that collects problems. Text beyond `end` does not exist for it. */
export class Reading {
  readonly source: Source;
  readonly kind: RuleKind;
  readonly text: string;
  readonly problems: RuleProblem[] = [];
  at = 0;
  /** Errors so far, those beyond the limit of kept problems included. */
  errors = 0;

  constructor(kind: RuleKind, source: Source, text: string) {
    this.kind = kind;
    this.source = source;
    this.text = text;
  }

  skipSpace(end = this.text.length): void {
    while (this.at < end && isSpace(this.text[this.at])) this.at += 1;
  }

  span(from: number, to: number): TextSpan {
    const end = Math.min(to, this.text.length);
    return this.source.span(Math.min(from, end), end);
  }

  wrong(code: string, from: number, to: number, params: RuleProblem['params'] = {}): void {
    this.errors += 1;
    this.note('error', code, from, to, params);
  }

  warn(code: string, from: number, to: number, params: RuleProblem['params'] = {}): void {
    this.note('warning', code, from, to, params);
  }

  private note(severity: RuleProblem['severity'], code: string, from: number, to: number, params: RuleProblem['params']): void {
    if (this.problems.length < LIMITS.problems) this.problems.push({ code, params, severity, span: this.span(from, to) });
  }
}

export function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}

/** Text of a problem's parameter: short, so that a sentence stays one. */
export function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
