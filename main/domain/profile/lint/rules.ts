import type { Finding, Fix } from '../../../../common/values/finding.ts';
import type { RuleKind, RuleProblem } from '../../../../common/values/rule.ts';
import type { TextSpan } from '../../../../common/values/text-span.ts';
import { parseRule } from '../../rule/parse.ts';
import type { ParsedRule } from '../../rule/parsed.ts';
import type { ProfileElement } from '../document/document.ts';
import { bareCode, ruleMeaning } from './rule-meaning.ts';
import type { LintElement, LintRule, LintSubject } from './subject.ts';
import { readValueText } from './value-text.ts';

/** A rule as it was read, and where its pieces stand in the file. */
export interface ReadRule {
  readonly element: ProfileElement;
  readonly parsed: ParsedRule;
  /** A stretch of the rule as a stretch of the file. */
  place(span: TextSpan): TextSpan;
}

const KINDS: Readonly<Record<string, RuleKind>> = {
  Profile_Rule: 'profile', Profile_Rule_B: 'profile', Profile_Rule_C: 'profile', Profile_Rule_D: 'profile',
  Upgrade_Rule: 'upgrade', Report_Rule: 'report', Custom_CA_Rule: 'ca', Resync_Trigger_1: 'trigger', Resync_Trigger_2: 'trigger',
};
/** `characters` tells these, with their fix. */
const TOLD_ELSEWHERE = new Set(['rule.quote.curled', 'rule.dash']);
const PLACES = /\{\{[^{}]*\}\}/g;

/** The grammar of rules, as their own parser reads it, at the places of the file; then what a sound rule means. */
export const rules: LintRule = (subject) =>
  subject.elements.flatMap((checked) => {
    const rule = readRule(subject, checked);
    if (rule === null) return [];
    const code = bareCode(rule);
    if (code !== null) return [code];
    const wrong = problemsOf(subject, rule);
    const sound = rule.parsed.problems.every(({ severity }) => severity !== 'error');
    return sound && subject.last.get(rule.element.name) === rule.element ? [...wrong, ...ruleMeaning(subject, rule)] : wrong;
  });

function readRule(subject: LintSubject, { element }: LintElement): ReadRule | null {
  const kind = Object.hasOwn(KINDS, element.name) ? KINDS[element.name] : undefined;
  if (kind === undefined || element.intent !== 'value' || element.valueSpan === null) return null;
  const text = readValueText(element);
  const whole = element.valueSpan;
  return {
    element,
    parsed: parseRule(kind, element.value.replaceAll(PLACES, standIn)),
    place: ({ from, to }) => (text === null ? whole : subject.spanAt(text.offsetOf(from), Math.max(text.offsetOf(from), text.offsetOf(to)))),
  };
}

/** A template place becomes a macro of the same length, which stands for anything and moves nothing. */
function standIn(place: string): string {
  return `$(${'Z'.repeat(place.length - 3)})`;
}

function problemsOf({ document }: LintSubject, { element, parsed, place }: ReadRule): readonly Finding[] {
  const places = Array.from(element.value.matchAll(PLACES), ({ 0: { length }, index }) => ({ from: index, to: index + length }));
  return parsed.problems.flatMap((problem) => {
    const { code, params, severity, span } = problem;
    // Of what a place will hold nothing is known yet.
    const hidden = places.some(({ from, to }) => span.from < to && span.to > from && (span.from >= from || span.to <= to));
    if (hidden || TOLD_ELSEWHERE.has(code)) return [];
    const at = place(span);
    return [{ code, params, severity, span: at, fix: mend(document.text, problem, at), cutsOff: false }];
  });
}

function mend(text: string, { code, params }: RuleProblem, { from, to }: TextSpan): Fix | null {
  const raw = text.slice(from, to);
  const write = params['write'];
  switch (code) {
    case 'rule.macro.ampersand':
      return typeof write === 'string' ? { code: 'lint.fix.value', params: { value: write }, edits: [{ from, to, insert: write }] } : null;
    case 'rule.operand.dots':
      return instead(raw, from, params['found'], write);
    case 'rule.option.backslash':
      return { code: 'lint.fix.backslash', params: {}, edits: [{ from, to, insert: raw.replaceAll('\\057', '\\134') }] };
    default:
      return null;
  }
}

/** The problem speaks of the whole comparison, the fix of one number in it. */
function instead(raw: string, from: number, found: unknown, write: unknown): Fix | null {
  if (typeof found !== 'string' || typeof write !== 'string' || found === '') return null;
  const at = raw.indexOf(found);
  if (at < 0 || raw.includes(found, at + 1)) return null;
  return { code: 'lint.fix.value', params: { value: write }, edits: [{ from: from + at, to: from + at + found.length, insert: write }] };
}
