import type { RuleFacts, RuleKind, RuleStep } from '../../../common/values/rule.ts';
import type { Judged } from './evaluate.ts';
import { MACRO_NAMES } from './macro-names.ts';
import type { MacroUse } from './macros.ts';
import type { ResolvedTarget, RuleOutcome } from './resolve.ts';
import { MASK } from '../profile/secrets.ts';
import { writtenSource } from './source.ts';
import { DEFAULT_PORTS } from './urls.ts';
import type { Veil } from './veil.ts';

/** Macros and alternatives that are told one by one; of more, how many. */
const MOST_STEPS = 100;
const LONGEST_VALUE = 120;
const SIGNS = { eq: '=', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' } as const;

/** Each macro once, in the order of the text. */
export function macroSteps(text: string, { expansion }: RuleOutcome, veil: Veil): readonly RuleStep[] {
  const places = writtenSource(text);
  const seen = new Set<string>();
  const steps: RuleStep[] = [];
  let more = 0;
  for (const use of expansion.uses) {
    const written = use.kind === 'dollar' ? '$$' : `$${use.name}`;
    const same = `${written} ${use.value} ${use.kind}`;
    if (seen.has(same)) continue;
    seen.add(same);
    if (steps.length >= MOST_STEPS) more += 1;
    else steps.push({ ...macroStep(use, written, veil), span: places.span(use.from, use.to) });
  }
  return more === 0 ? steps : [...steps, step('rule.step.more-macros', { count: more })];
}

function macroStep(use: MacroUse, macro: string, veil: Veil): RuleStep {
  switch (use.kind) {
    case 'dollar':
      return step('rule.step.dollar');
    case 'unknown':
      return step('rule.step.macro-unknown', { macro }, 'wrong');
    case 'no-value':
      return step('rule.step.macro-no-value', { macro }, MACRO_NAMES.has(use.name) ? 'wrong' : 'neutral');
    case 'secret-left':
      return step('rule.step.macro-secret', { macro });
    case 'filled':
      if (veil.hides(use)) return step('rule.step.macro-hidden', { macro, bytes: bytesOf(use.value) });
      return use.value === '' ? step('rule.step.macro-empty', { macro }) : step('rule.step.macro', { macro, value: cut(use.value) });
  }
}

/** What was compared, and what became of each alternative. */
export function alternativeSteps(outcome: RuleOutcome): readonly RuleStep[] {
  const { parsed, verdicts, judged } = outcome;
  const steps: RuleStep[] = [];
  const many = parsed.alternatives.length > 1;
  for (const [index, sides] of judged.slice(0, MOST_STEPS).entries()) {
    const alternative = parsed.alternatives[index];
    if (!alternative) continue;
    for (const side of sides) steps.push(compareStep(side, outcome));
    const number = index + 1;
    const { span } = alternative;
    if (verdicts[index] === 'unreadable') steps.push({ ...step('rule.step.unreadable', { number }, 'wrong'), span });
    else if (verdicts[index] === 'false') steps.push({ ...step('rule.step.false', { number }, 'no'), span });
    else if (alternative.condition === null && many) steps.push({ ...step('rule.step.wins-unconditioned', { number }, 'yes'), span });
    else if (alternative.condition !== null || many) steps.push({ ...step('rule.step.wins', { number }, 'yes'), span });
  }
  const left = verdicts.filter((verdict) => verdict === 'not-reached').length;
  if (judged.length > MOST_STEPS) steps.push(step('rule.step.more-alternatives', { count: judged.length - MOST_STEPS }));
  if (left > 0) steps.push(step('rule.step.not-reached', { count: left }));
  return steps;
}

function compareStep(side: Judged, outcome: RuleOutcome): RuleStep {
  const { comparison, verdict, by } = side;
  const quote = (text: string, kind: string | undefined): string => (kind === 'string' ? `"${cut(text)}"` : cut(text));
  const params = {
    left: quote(side.left, comparison.left?.kind),
    sign: SIGNS[comparison.operator],
    right: quote(side.right, comparison.right.kind),
  };
  const { span } = comparison;
  if (outcome.ends?.code === 'rule.end.wrong' && verdict === null) return { ...step('rule.step.compare-unreadable', params, 'wrong'), span };
  if (verdict === null) return { ...step(`rule.step.compare-${side.why ?? 'kinds'}`, params, 'wrong'), span };
  return { ...step(`rule.step.compare-${by}-${verdict ? 'true' : 'false'}`, params, verdict ? 'yes' : 'no'), span };
}

export function assignmentSteps({ winner }: RuleOutcome, veil: Veil): readonly RuleStep[] {
  return (winner?.assignments ?? []).map(({ name, value, span }) => ({
    ...step('rule.step.assign', { name, value: cut(veil.parameter(name, value)) }), span,
  }));
}

/** Options and URL of one request, with what the phone adds by itself. */
export function requestSteps(resolved: ResolvedTarget, kind: RuleKind, facts: RuleFacts): readonly RuleStep[] {
  const { target, urls, key, user, post } = resolved;
  const steps: RuleStep[] = [];
  const spanOf = (name: string): RuleStep['span'] => target.options.find((option) => option.name === name)?.span ?? null;
  if (key) {
    const code = key.text === null ? 'rule.step.key-no-value' : `rule.step.key-${key.source}`;
    steps.push({ ...step(code, { register: `$${key.macros[0] ?? ''}`, bytes: key.text === null ? 0 : bytesOf(key.text) }), span: spanOf('key') });
    if (facts.ikm && kind === 'profile') steps.push(step('rule.step.header-wins'));
  } else if (facts.ikm && (kind === 'profile' || kind === 'report')) steps.push(step(kind === 'report' ? 'rule.step.ikm-report' : 'rule.step.ikm'));
  if (user) steps.push({ ...step('rule.step.login', { user: user.macros.some((name) => /^S[A-D]$/.test(name)) ? MASK : cut(user.text ?? '') }), span: spanOf('uid') });
  if (post) steps.push({ ...step('rule.step.post', { register: `GPP_${post.register}`, bytes: bytesOf(post.body) }, post.body === '' ? 'wrong' : 'neutral'), span: spanOf('post') });
  if (resolved.alias) steps.push({ ...step('rule.step.alias', { register: `GPP_${resolved.alias.toUpperCase()}` }), span: spanOf('alias') });
  if (resolved.srv) steps.push({ ...step('rule.step.srv'), span: spanOf('srv') });
  if (kind === 'report') steps.push(step(`rule.step.report-${resolved.report}`));
  const { url } = target;
  const span = url?.span ?? null;
  const first = urls[0];
  if (url?.kind === 'path') steps.push({ ...step('rule.step.dhcp-host', { server: cut(facts.server ?? '') }), span });
  else if (url && !url.schemeWritten) steps.push({ ...step('rule.step.default-scheme'), span });
  if (first && first.port === null && urls.length === 1 && !resolved.srv) steps.push({ ...step('rule.step.default-port', { port: DEFAULT_PORTS[first.scheme], scheme: first.scheme }), span });
  if (urls.length > 1) steps.push({ ...step('rule.step.order', { count: urls.length }), span });
  return steps;
}

function step(code: string, params: RuleStep['params'] = {}, tone: RuleStep['tone'] = 'neutral'): RuleStep {
  return { code, params, tone, span: null };
}

function cut(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
