import type { RuleFacts, RuleKind, RuleProblem, RuleRequest, RuleTrace } from '../../../common/values/rule.ts';
import { judge } from './evaluate.ts';
import type { Judged } from './evaluate.ts';
import { expandMacros } from './macros.ts';
import type { Expansion } from './macros.ts';
import { optionValue } from './option-values.ts';
import type { OptionValue } from './option-values.ts';
import { inOrder, macroProblems, parseSource } from './parse.ts';
import type { Alternative, ParsedRule, Target } from './parsed.ts';
import { LIMITS } from './reading.ts';
import { expandedSource, writtenSource } from './source.ts';
import { urlOnServer, urlsToTry } from './urls.ts';
import type { ProfileUrl } from './urls.ts';

/** What a rule comes to on one phone, secrets in clear: for the one who follows it, never for a screen or a log. */
export interface RuleOutcome {
  /** The rule with its macros filled; spans speak of the written text. */
  readonly parsed: ParsedRule;
  readonly expansion: Expansion;
  readonly problems: readonly RuleProblem[];
  readonly verdicts: readonly Verdict[];
  /** Comparisons of each alternative that was reached. */
  readonly judged: readonly (readonly Judged[])[];
  readonly winner: Alternative | null;
  /** Requests and assignments are made only where nothing is wrong with the rule. */
  readonly targets: readonly ResolvedTarget[];
  readonly ends: RuleTrace['ends'];
}

export type Verdict = RuleTrace['alternatives'][number]['verdict'];

/** One request that the winning alternative asks for. */
export interface ResolvedTarget {
  readonly target: Target;
  readonly method: Exclude<RuleRequest['method'], 'RRQ' | 'WRQ' | 'SRV'>;
  /** Tried in this order until one answers. */
  readonly urls: readonly ProfileUrl[];
  readonly key: OptionValue | null;
  readonly user: OptionValue | null;
  readonly password: OptionValue | null;
  /** Body of `--post`: GPP_x, macros filled. */
  readonly post: { readonly register: string; readonly body: string } | null;
  readonly srv: boolean;
  readonly alias: string | null;
  readonly report: 'all' | 'delta' | 'status';
}

export interface RuleManner {
  /**
   * Profile_Rule of a phone out of its box has further names behind a path without server, and a bare address is asked by each
   * scheme. Profile_Rule_B to _D and rules of the moment mean one file. Default true.
   */
  readonly automaticNames?: boolean;
}

/** Follows a rule: macros, conditions from left to right, the first true alternative, its requests. Total; linear in the text. */
export function resolveRule(kind: RuleKind, text: string, facts: RuleFacts, manner: RuleManner = {}): RuleOutcome {
  if (text.length > LIMITS.length) return tooLong(kind, text, 'rule.limit.length', LIMITS.length);
  const expansion = expandMacros(text, facts, { secretsAllowed: false });
  if (expansion.cut) return tooLong(kind, text, 'rule.limit.expansion', expansion.text.length);
  const parsed = parseSource(kind, expandedSource(text, expansion));
  const problems = inOrder([...parsed.problems, ...macroProblems(text, parsed)]);
  const { verdicts, judged } = walk(parsed.alternatives, facts);
  const winner = parsed.alternatives[verdicts.indexOf('wins')] ?? null;
  const base = { parsed, expansion, problems, verdicts, judged, winner, targets: [] };
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  if (errors > 0) return { ...base, ends: { code: 'rule.end.wrong', params: { errors } } };
  if (kind === 'trigger' && parsed.alternatives.length > 0) {
    return { ...base, ends: end(winner ? 'rule.end.trigger-true' : verdicts.includes('unreadable') ? 'rule.end.unreadable' : 'rule.end.trigger-false') };
  }
  if (winner === null) {
    const code = parsed.alternatives.length === 0 ? 'rule.end.empty' : verdicts.includes('unreadable') ? 'rule.end.unreadable' : 'rule.end.none-true';
    return { ...base, ends: end(code) };
  }
  return { ...base, ...requestsOf(winner, kind, facts, expansion, manner) };
}

/** Left to right until one is true or cannot be told. */
function walk(alternatives: readonly Alternative[], facts: RuleFacts): Pick<RuleOutcome, 'verdicts' | 'judged'> {
  const verdicts: Verdict[] = [];
  const judged: (readonly Judged[])[] = [];
  let over = false;
  for (const alternative of alternatives) {
    if (over) {
      verdicts.push('not-reached');
      continue;
    }
    const sides = (alternative.condition?.comparisons ?? []).map((comparison) => judge(comparison, facts));
    judged.push(sides);
    const isFalse = sides.some(({ verdict }) => verdict === false);
    const verdict = alternative.broken || (!isFalse && sides.some((side) => side.verdict === null)) ? 'unreadable' : isFalse ? 'false' : 'wins';
    verdicts.push(verdict);
    over = verdict !== 'false';
  }
  return { verdicts, judged };
}

function requestsOf(
  winner: Alternative, kind: RuleKind, facts: RuleFacts, expansion: Expansion, manner: RuleManner,
): Pick<RuleOutcome, 'targets' | 'ends'> {
  if (winner.targets.length === 0) return { targets: [], ends: end(winner.assignments.length > 0 ? 'rule.end.assign-only' : 'rule.end.nothing') };
  const activation = winner.targets.find((target) => target.url?.kind === 'activation');
  if (activation) return { targets: [], ends: end(activation.url?.host ? 'rule.end.activation-code' : 'rule.end.activation') };
  const targets: ResolvedTarget[] = [];
  for (const target of winner.targets) {
    const resolved = resolveTarget(target, kind, facts, expansion, manner);
    if (resolved.urls.length === 0) return { targets: [], ends: end(facts.server === null ? 'rule.end.no-server' : 'rule.end.bad-server') };
    targets.push(resolved);
  }
  return { targets, ends: null };
}

function resolveTarget(target: Target, kind: RuleKind, facts: RuleFacts, expansion: Expansion, manner: RuleManner): ResolvedTarget {
  const option = (name: string): OptionValue | null => {
    const found = target.options.find((each) => each.name === name);
    return found?.at ? optionValue(found, expansion, facts) : null;
  };
  const has = (name: string): boolean => target.options.some((each) => each.name === name);
  const letter = target.options.find((each) => each.name === 'post')?.value?.toUpperCase();
  const put = (facts.timing.HTTP_Report_Method ?? '').trim().toUpperCase() === 'PUT';
  return {
    target,
    method: kind === 'report' ? (put ? 'PUT' : 'POST') : letter === undefined ? 'GET' : 'POST',
    urls: urlsOf(target, kind, facts, manner),
    key: option('key'),
    user: option('uid'),
    password: option('pwd'),
    post: letter === undefined ? null : { register: letter, body: expandMacros(registerOf(facts, letter), facts, { secretsAllowed: false }).text },
    srv: has('srv'),
    alias: target.options.find((each) => each.name === 'alias')?.value ?? null,
    report: has('delta') ? 'delta' : has('status') ? 'status' : 'all',
  };
}

function urlsOf({ url }: Target, kind: RuleKind, facts: RuleFacts, manner: RuleManner): readonly ProfileUrl[] {
  if (url?.kind === 'url') return [{ scheme: url.scheme, host: url.host, port: url.port, path: url.path }];
  if (url?.kind !== 'path' || facts.server === null) return [];
  const fill = (text: string): string => expandMacros(text, facts, { secretsAllowed: false }).text;
  // The path is filled already: what is left of `$…` in it stays.
  if (kind === 'profile' && (manner.automaticNames ?? true)) return urlsToTry(facts.server, url.path, fill);
  const one = urlOnServer(fill(facts.server), url.path);
  return one === null ? [] : [one];
}

function registerOf(facts: RuleFacts, letter: string): string {
  return (Object.hasOwn(facts.macros, letter) ? facts.macros[letter] : undefined) ?? '';
}

function end(code: string): NonNullable<RuleTrace['ends']> {
  return { code, params: {} };
}

function tooLong(kind: RuleKind, text: string, code: string, most: number): RuleOutcome {
  const problem: RuleProblem = { code, params: { most }, severity: 'error', span: writtenSource(text).span(0, text.length) };
  return {
    parsed: { kind, alternatives: [], problems: [problem] },
    expansion: { text: '', uses: [], cut: true },
    problems: [problem], verdicts: [], judged: [], winner: null, targets: [],
    ends: { code: 'rule.end.wrong', params: { errors: 1 } },
  };
}
