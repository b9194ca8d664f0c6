import type { RuleFacts } from '../../../common/values/rule.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { failed } from '../../../common/values/failure.ts';
import { traceKeypad } from '../../domain/rule/keypad.ts';
import { traceRule } from '../../domain/rule/trace.ts';
import type { Store } from '../../store/store.ts';
import { asError } from '../failure-error.ts';
import { servedTogether } from '../serve/served-together.ts';
import type { Register } from '../state/register.ts';
import { answers } from './context.ts';
import { factsOf, factoryFacts } from './rule-facts.ts';

export interface RulesAreaNeeds {
  readonly store: Store;
  readonly register: Register;
  /** Whether a template is for this phone now. */
  isFor(mac: Mac): (template: string) => boolean;
  /** Host that a rule without a server goes to. */
  address(): string;
  now(): number;
}

export function rulesArea(needs: RulesAreaNeeds) {
  const { rules } = answers;
  return rules.router({
    facts: rules.facts.handler(({ input }) => facts(input.mac, needs)),
    trace: rules.trace.handler(({ input }) => traceRule(input.kind, input.rule, input.facts)),
    keypad: rules.keypad.handler(({ input }) => traceKeypad(input.text, input.facts)),
  });
}

async function facts(mac: Mac | null, { store, register, isFor, address, now }: RulesAreaNeeds): Promise<RuleFacts> {
  if (mac === null) return factoryFacts(address(), now());
  const device = register.get(mac);
  if (!device) throw asError(failed('phone.unknown').failure);
  const [served, reported] = await Promise.all([servedTogether(store, mac, isFor(mac)), store.reports.last(mac)]);
  return factsOf(device, { server: address(), now: now(), profiles: [served ?? '', reported?.masked ?? ''] });
}
