import type { RuleProblem } from '../../common/values/rule.ts';
import { resolveRule } from '../domain/rule/resolve.ts';
import type { ResolvedTarget, RuleOutcome } from '../domain/rule/resolve.ts';
import type { ProfileUrl } from '../domain/rule/urls.ts';
import { withProfile } from './configuration.ts';
import type { ResyncReason } from './events.ts';
import type { RequestManner } from './fetch.ts';
import { factsOf } from './handset.ts';
import type { Handset } from './handset.ts';
import { isKnownParameter } from './parameter-names.ts';

/** What a rule asks the phone to do next. */
export type RuleTask =
  /** Empty, no alternative true, or nothing to fetch: the next rule is read. */
  | { readonly kind: 'skip' }
  | { readonly kind: 'fail'; readonly error: string }
  | { readonly kind: 'fetch'; readonly urls: readonly ProfileUrl[]; readonly manner: RequestManner; readonly key: string | null };

/**
 * Follows one Profile_Rule or Upgrade_Rule by the rule engine: its assignments are made at once, its request is given back. What this virtual
 * phone cannot do (SRV look-ups, alias maps, activation, options that no document knows) fails, so that nobody takes silence
 * for success.
 */
export function followRule(
  handset: Handset, reason: ResyncReason, text: string, { kind, automaticNames }: { readonly kind: 'profile' | 'upgrade'; readonly automaticNames: boolean },
): RuleTask {
  const outcome = resolveRule(kind, text, factsOf(handset, reason), { automaticNames });
  const [target] = outcome.targets;
  const refused = target ? cannot(target) : null;
  if (refused !== null) return { kind: 'fail', error: refused };
  const failure = failureOf(outcome);
  if (failure !== null) return { kind: 'fail', error: failure };
  assign(handset, outcome);
  if (!target) return { kind: 'skip' };
  return { kind: 'fetch', urls: target.urls, manner: mannerOf(target), key: target.key?.text ?? null };
}

/** `Resync_Trigger_1` and `_2`: null while no trigger stops the phone, else why it does, or that one cannot be read. */
export function blockedBy(handset: Handset, reason: ResyncReason, triggers: readonly string[]): { readonly error: string | null } | null {
  const facts = factsOf(handset, reason);
  for (const text of triggers) {
    const { ends, problems } = resolveRule('trigger', text, facts);
    if (ends?.code === 'rule.end.trigger-false') return { error: null };
    if (ends?.code === 'rule.end.wrong') return { error: wrongText(problems) };
    if (ends?.code === 'rule.end.unreadable') return { error: 'Resync trigger cannot be read' };
  }
  return null;
}

/** A rule's problem in the words of $ERR; the sentence for people is the catalogue's. */
export function wrongText(problems: readonly RuleProblem[]): string {
  const first = problems.find((problem) => problem.severity === 'error');
  return `Invalid rule${first ? `: ${first.code} at ${first.span.line}:${first.span.column}` : ''}`;
}

function cannot({ target, srv, alias, key }: ResolvedTarget): string | null {
  if (srv) return 'SRV lookups are not supported by this virtual phone';
  if (alias !== null) return 'Alias maps are not supported by this virtual phone';
  const unknown = target.options.find((option) => !option.known || option.name === 'delta' || option.name === 'status');
  if (unknown) return `Option --${unknown.name} is not supported by this virtual phone`;
  return key?.text === '' ? 'The key of the rule is empty' : null;
}

function failureOf({ ends, problems }: RuleOutcome): string | null {
  switch (ends?.code) {
    case 'rule.end.wrong':
      return wrongText(problems);
    case 'rule.end.unreadable':
      return 'Condition of the rule cannot be evaluated';
    case 'rule.end.no-server':
      return 'No provisioning server in the DHCP options';
    case 'rule.end.bad-server':
      return 'Invalid URL in the rule or the DHCP option';
    case 'rule.end.activation':
    case 'rule.end.activation-code':
      return 'Activation codes are not supported by this virtual phone';
    default:
      return null;
  }
}

function assign(handset: Handset, { winner }: RuleOutcome): void {
  const set = new Map((winner?.assignments ?? []).filter(({ name }) => isKnownParameter(name)).map(({ name, value }) => [name, value]));
  if (set.size === 0) return;
  handset.configuration = withProfile(handset.configuration, set);
  handset.note({ kind: 'assigned', parameters: [...set.keys()] });
}

function mannerOf({ post, user, password }: ResolvedTarget): RequestManner {
  const login = user === null && password === null ? null : { user: user?.text ?? '', password: password?.text ?? '' };
  return { post: post?.body ?? null, login };
}
