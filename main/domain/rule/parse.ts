import type { RuleKind, RuleProblem } from '../../../common/values/rule.ts';
import { readAssignments } from './parse-assignment.ts';
import { readComparisons } from './parse-condition.ts';
import { readTarget, takesSecrets } from './parse-target.ts';
import type { Alternative, Assignment, Condition, ParsedRule, Target } from './parsed.ts';
import { isSpace, LIMITS, Reading, shown } from './reading.ts';
import { writtenSource } from './source.ts';
import type { Source } from './source.ts';
import { checkMacros, checkText, straighten } from './spelling.ts';

/** Rules of Report_Rule that one value may hold. */
const MOST_REPORTS = 2;

/**
 * Reads a rule as it is written, macros not filled:
 *
 *     rule        := alternative { "|" alternative }
 *     alternative := [ "(" comparison { "and" comparison } ")" "?" ] [ "(" { Name "=" quoted ";" } ")" "!" ] [ [ "[" options "]" ] url ]
 *
 * Never throws; reads on after an error where the text allows it, each problem with the stretch that it speaks of. The time is
 * linear in the length, and LIMITS end what no phone holds.
 */
export function parseRule(kind: RuleKind, text: string): ParsedRule {
  const parsed = parseSource(kind, writtenSource(text));
  return { ...parsed, problems: inOrder([...parsed.problems, ...macroProblems(text, parsed)]) };
}

/** Warnings about macros of a rule as it is written; of a rule that is filled they can no longer be seen. */
export function macroProblems(text: string, parsed: ParsedRule): readonly RuleProblem[] {
  const reading = new Reading(parsed.kind, writtenSource(text.slice(0, LIMITS.length)), text);
  const options = parsed.alternatives.flatMap((alternative) => alternative.targets.flatMap((target) => target.options));
  const places = options.flatMap((option) => (takesSecrets(option.name) && option.valueSpan ? [option.valueSpan] : []));
  checkMacros(reading, places);
  return reading.problems;
}

/** By place; of two that say the same of one place, one. */
export function inOrder(problems: readonly RuleProblem[]): readonly RuleProblem[] {
  const seen = new Set<string>();
  return problems
    .filter(({ code, span }) => !seen.has(`${code} ${span.from}`) && seen.add(`${code} ${span.from}`))
    .toSorted((a, b) => a.span.from - b.span.from);
}

/** The same for a rule whose macros are filled: the form in which the phone reads it. */
export function parseSource(kind: RuleKind, source: Source): ParsedRule {
  const reading = new Reading(kind, source, straighten(source.text));
  const { text, problems } = reading;
  if (text.length > LIMITS.length && !source.filled) {
    reading.wrong('rule.limit.length', LIMITS.length, text.length, { most: LIMITS.length });
    return { kind, alternatives: [], problems };
  }
  checkText(reading);
  const alternatives: Alternative[] = [];
  reading.skipSpace();
  if (reading.at < text.length) {
    if (kind === 'trigger') alternatives.push(readTrigger(reading));
    else readAlternatives(reading, alternatives);
  }
  return { kind, alternatives, problems };
}

function readAlternatives(reading: Reading, found: Alternative[]): void {
  const { text } = reading;
  for (;;) {
    if (found.length >= LIMITS.alternatives) {
      reading.wrong('rule.limit.alternatives', reading.at, text.length, { most: LIMITS.alternatives });
      return;
    }
    const alternative = readAlternative(reading);
    found.push(alternative);
    if (reading.at >= text.length) return;
    // What stands here is the `|` before the next one.
    if (alternative.condition === null && !alternative.broken && !alternative.targets.some((target) => mayHoldAnything(reading, target))) {
      reading.wrong('rule.alternative.no-condition', reading.at, reading.at + 1, { number: found.length });
    }
    reading.at += 1;
  }
}

/** Reads up to the `|` that ends it, or to the end of the text. */
function readAlternative(reading: Reading): Alternative {
  reading.skipSpace();
  const from = reading.at;
  const errors = reading.errors;
  const head: Head = { condition: null, assignments: [] };
  while (reading.text[reading.at] === '(' && readGroup(reading, head)) reading.skipSpace();
  const targets = readTargets(reading);
  let to = reading.at;
  while (to > from && isSpace(reading.text[to - 1])) to -= 1;
  if (to === from) reading.wrong('rule.alternative.empty', from, Math.min(reading.text.length, from + 1));
  return { span: reading.span(from, to), at: { from, to }, ...head, targets, broken: reading.errors > errors };
}

interface Head {
  condition: Condition | null;
  assignments: readonly Assignment[];
}

/** Reads `(…)?` or `(…)!`. @returns false when nothing more of the alternative can be read. */
function readGroup(reading: Reading, head: Head): boolean {
  const { text, at: open } = reading;
  const close = closingOf(text, open);
  if (close === null) {
    reading.wrong('rule.group.open', open, open + 1);
    reading.at = text.length;
    return false;
  }
  reading.at = close + 1;
  reading.skipSpace();
  const mark = text[reading.at];
  if (mark === '?' || mark === '!') reading.at += 1;
  else reading.wrong('rule.group.mark', close, close + 1);
  const after = reading.at;
  reading.at = open + 1;
  if (mark === '!') {
    if (head.assignments.length > 0) reading.wrong('rule.assign.twice', open, after);
    head.assignments = readAssignments(reading, close);
  } else {
    if (head.condition || head.assignments.length > 0) reading.wrong('rule.condition.twice', open, after);
    head.condition = { span: reading.span(open, close + 1), comparisons: readComparisons(reading, close) };
  }
  reading.at = after;
  return true;
}

function readTargets(reading: Reading): readonly Target[] {
  const { text, kind } = reading;
  const targets: Target[] = [];
  const most = kind === 'report' ? MOST_REPORTS : 1;
  for (;;) {
    reading.skipSpace();
    if (reading.at >= text.length || text[reading.at] === '|') return targets;
    const from = reading.at;
    if (targets.length >= most) {
      skipToBar(reading);
      const rest = shown(text.slice(from, reading.at).trim());
      if (kind === 'report') reading.wrong('rule.report.many', from, reading.at, { rest });
      else if (looksLikeCondition(text.slice(from, from + 40))) reading.wrong('rule.condition.parentheses', from, reading.at, { rest });
      else if (!targets.some((target) => mayHoldAnything(reading, target))) reading.wrong('rule.url.space', from, reading.at, { rest });
      return targets;
    }
    targets.push(readTarget(reading));
    if (reading.at === from) reading.at += 1;
  }
}

/** The bare comparisons of Resync_Trigger_1 and _2. */
function readTrigger(reading: Reading): Alternative {
  const { text, at: from } = reading;
  const end = text.trimEnd().length;
  const mark = text[from] === '(' ? from : text[end - 1] === '?' ? end - 1 : null;
  if (mark !== null) reading.wrong('rule.trigger.bare', mark, mark + 1);
  const span = reading.span(from, end);
  const comparisons = mark === null ? readComparisons(reading, end) : [];
  return { span, at: { from, to: end }, condition: { span, comparisons }, assignments: [], targets: [], broken: reading.errors > 0 };
}

/** Offset of the `)` that closes the group, quoted text passed over; null where none does. Depth is counted, not nested. */
function closingOf(text: string, open: number): number | null {
  let depth = 0;
  let quoted = false;
  for (let index = open; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '(') depth += 1;
    else if (character === ')') {
      // `$(NAME)` that has no value stays as it is.
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return null;
}

/** Before macros are filled, a register in place of a URL may bring its own condition or options. */
function mayHoldAnything(reading: Reading, { url }: Target): boolean {
  return !reading.source.filled && url?.kind === 'open' && /^\$(?:[A-P]|\([A-P]\))$/.test(url.text);
}

function skipToBar(reading: Reading): void {
  const bar = reading.text.indexOf('|', reading.at);
  reading.at = bar < 0 ? reading.text.length : bar;
}

function looksLikeCondition(rest: string): boolean {
  return /^(?:eq|ne|lt|le|gt|ge|and|AND|[=<>]=?|!=)(?:\s|$)/.test(rest);
}
