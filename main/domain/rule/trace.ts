import type { RuleFacts, RuleKind, RuleRequest, RuleStep, RuleTrace } from '../../../common/values/rule.ts';
import { resolveRule } from './resolve.ts';
import type { ResolvedTarget, RuleOutcome } from './resolve.ts';
import { nextTries } from './schedule.ts';
import { alternativeSteps, assignmentSteps, macroSteps, requestSteps } from './steps.ts';
import { DEFAULT_PORTS } from './urls.ts';
import type { ProfileUrl } from './urls.ts';
import { veilOf } from './veil.ts';
import type { Veil } from './veil.ts';
import { isSecretName, MASK } from '../profile/secrets.ts';

/** Units of the expanded rule that are shown. */
const SHOWN_TEXT = 4_000;
const SRV_PORT = 53;

/**
 * Follows a rule step by step and tells each: macros, the comparisons of every alternative that is reached, which one wins and why
 * the others do not, assignments, options, the requests in order, and when the phone comes again. Secrets are never in it.
 * Total: any text gives a trace; the time is linear in its length.
 */
export function traceRule(kind: RuleKind, text: string, facts: RuleFacts): RuleTrace {
  const outcome = resolveRule(kind, text, facts);
  const veil = veilOf(outcome, facts);
  const requests = outcome.targets.flatMap((target) => requestsOf(target, kind, facts, veil));
  const steps: RuleStep[] = [
    ...macroSteps(text, outcome, veil),
    ...alternativeSteps(outcome),
    ...(outcome.ends?.code === 'rule.end.wrong' ? [] : assignmentSteps(outcome, veil)),
    ...outcome.targets.flatMap((target) => requestSteps(target, kind, facts)),
  ];
  return {
    kind,
    problems: outcome.problems.map((problem) => ({ ...problem, params: veiled(problem.params, veil) })),
    alternatives: outcome.parsed.alternatives.map(({ span }, index) => ({ span, verdict: outcome.verdicts[index] ?? 'not-reached' })),
    expanded: expandedText(outcome, veil),
    steps: steps.map((step) => ({ ...step, params: veiled(step.params, veil) })),
    assignments: (outcome.winner?.assignments ?? []).map(({ name, value }) => ({ name, value: veil.parameter(name, value) })),
    requests,
    ends: outcome.ends,
    next: requests.length > 0 || outcome.ends?.code === 'rule.end.no-server' ? nextTries(facts, undefined, kind) : [],
  };
}

/** True when the rule comes to a request, or lawfully to none. */
export function isLawful(trace: RuleTrace): boolean {
  const code = trace.ends?.code ?? '';
  return !['rule.end.wrong', 'rule.end.unreadable', 'rule.end.no-server', 'rule.end.bad-server'].includes(code);
}

function requestsOf(target: ResolvedTarget, kind: RuleKind, facts: RuleFacts, veil: Veil): readonly RuleRequest[] {
  return target.urls.flatMap((url) => {
    const tftp = url.scheme === 'tftp';
    const encrypted = target.key ? 'aes' : facts.ikm && !tftp && (kind === 'profile' || kind === 'report') ? 'aes128gcm' : null;
    const port = url.port ?? DEFAULT_PORTS[url.scheme];
    const path = veil.text(url.path === '' ? '/' : url.path);
    const request: RuleRequest = {
      method: tftp ? (kind === 'report' ? 'WRQ' : 'RRQ') : target.method,
      scheme: url.scheme, host: veil.text(url.host), port, path,
      url: `${url.scheme}://${veil.text(url.host)}:${port}${path}`,
      encrypted,
      keySource: target.key ? target.key.source : encrypted ? 'ikm' : null,
      keyBytes: target.key?.text ? new TextEncoder().encode(target.key.text).length : null,
      login: target.user !== null && !tftp,
    };
    return target.srv ? [lookUp(url), request] : [request];
  });
}

/** `_ciscoprov-https._tls.HOST`, `_ciscoprov-http._tcp.HOST`; the record gives host and port of the request that follows. */
function lookUp(url: ProfileUrl): RuleRequest {
  const name = `${url.scheme === 'https' ? '_ciscoprov-https._tls' : '_ciscoprov-http._tcp'}.${url.host}`;
  return {
    method: 'SRV', scheme: url.scheme, host: name, port: SRV_PORT, path: '', url: name,
    encrypted: null, keySource: null, keyBytes: null, login: false,
  };
}

/** The winning alternative with macros filled; whatever stands as --key or --pwd is replaced, a register's name excepted. */
function expandedText({ expansion, winner }: RuleOutcome, veil: Veil): string | null {
  if (winner === null) return null;
  const secrets = winner.targets
    .flatMap((target) => target.options)
    .flatMap((option) => ((option.name === 'key' || option.name === 'pwd') && option.at && !/^\$\(?S[A-D]\b/.test(option.value ?? '') ? [option.at] : []))
    .concat(winner.assignments.filter(({ name }) => isSecretName(name)).map(({ at }) => at))
    .concat(expansion.uses.filter((use) => use.kind === 'filled' && veil.hides(use)).map((use) => ({ from: use.at, to: use.at + use.value.length })))
    .toSorted((a, b) => a.from - b.from);
  const { from: begin, to: close } = winner.at;
  const parts: string[] = [];
  let from = begin;
  for (const secret of secrets) {
    if (secret.from < from || secret.to > close) continue;
    parts.push(expansion.text.slice(from, secret.from), MASK);
    from = secret.to;
  }
  const whole = veil.text(parts.join('') + expansion.text.slice(from, close));
  return whole.length > SHOWN_TEXT ? `${whole.slice(0, SHOWN_TEXT)}…` : whole;
}

function veiled(params: RuleStep['params'], veil: Veil): RuleStep['params'] {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? veil.text(value) : value]));
}
