import type { NextTry, RuleProblem, RuleTrace } from '../../../../common/values/rule.ts';
import type { TextSpan } from '../../../../common/values/text-span.ts';

export type Verdict = RuleTrace['alternatives'][number]['verdict'];

/** A stretch of the rule's text with everything that is said of it. */
export interface RulePart {
  readonly text: string;
  readonly verdict: Verdict | null;
  readonly macro: boolean;
  readonly problem: RuleProblem['severity'] | null;
  /** The step under the pointer or the focus speaks of it. */
  readonly lit: boolean;
}

const MACRO = /\$(?:\([A-Z][A-Z0-9_]*(?::\d+){0,2}\)|[A-Z][A-Z0-9]*)/g;

/** Cuts the text at every border of an alternative, a macro, a problem or the lit stretch; the parts join to the text. */
export function ruleParts(text: string, trace: Pick<RuleTrace, 'alternatives' | 'problems'> | null, lit: TextSpan | null): readonly RulePart[] {
  const alternatives = trace?.alternatives ?? [];
  const problems = trace?.problems ?? [];
  const macros = [...text.matchAll(MACRO)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
  const spans = [...alternatives.map((each) => each.span), ...problems.map((each) => widened(each.span, text.length)), ...macros, ...(lit ? [lit] : [])];
  const cuts = [...new Set([0, text.length, ...spans.flatMap((span) => [span.from, span.to])])].filter((at) => at >= 0 && at <= text.length).toSorted((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index): RulePart => {
    const to = cuts[index + 1] ?? text.length;
    const within = (span: { readonly from: number; readonly to: number }) => span.from <= from && to <= span.to;
    const faults = problems.filter((each) => within(widened(each.span, text.length)));
    return {
      text: text.slice(from, to),
      verdict: alternatives.find((each) => within(each.span))?.verdict ?? null,
      macro: macros.some(within),
      problem: faults.some((each) => each.severity === 'error') ? 'error' : faults.length > 0 ? 'warning' : null,
      lit: lit !== null && within(lit),
    };
  });
}

/** Seconds as they are read: `60 s`, `10 min`, `24 h`; whole steps only, so nothing is rounded away. */
export function waitUnit(seconds: number): { readonly value: number; readonly unit: 's' | 'min' | 'h' | 'd' } {
  const whole = Math.round(seconds);
  if (whole >= 172_800 && whole % 86_400 === 0) return { value: whole / 86_400, unit: 'd' };
  if (whole >= 3600 && whole % 3600 === 0) return { value: whole / 3600, unit: 'h' };
  if (whole >= 120 && whole % 60 === 0) return { value: whole / 60, unit: 'min' };
  return { value: whole, unit: 's' };
}

/** The order in which a person asks. */
export const OUTCOMES: readonly NextTry['outcome'][] = ['success', 'missing', 'corrupt', 'unreachable'];

/** A problem at the end of the text, or of no length, still gets a letter to stand on. */
function widened(span: TextSpan, length: number): { readonly from: number; readonly to: number } {
  if (span.to > span.from) return span;
  return span.from < length ? { from: span.from, to: span.from + 1 } : { from: Math.max(0, length - 1), to: length };
}
