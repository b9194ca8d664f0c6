import { isSecretName, MASK, maskText } from '../profile/secrets.ts';
import type { RuleFacts } from '../../../common/values/rule.ts';
import { holdsSecret } from './macro-names.ts';
import type { MacroUse } from './macros.ts';
import { optionValue } from './option-values.ts';
import type { RuleOutcome } from './resolve.ts';

/** What of a rule may be shown. */
export interface Veil {
  /** The text with every secret value in it replaced. */
  text(shown: string): string;
  /** Value of a parameter that the rule sets. */
  parameter(name: string, value: string): string;
  /** True when this macro's value is a secret: a secret register, or one that a key or password is made of. */
  hides(use: MacroUse): boolean;
}

/** Shorter values are hidden where they stand, but not searched for: they would blot out half of any text. */
const LEAST_SEARCHED = 3;

/** Everything secret in one rule: secret registers, arguments of --key and --pwd, registers that such an argument names. */
export function veilOf(outcome: RuleOutcome, facts: RuleFacts): Veil {
  const { expansion, parsed } = outcome;
  const registers = new Set<string>();
  const values = new Set(Object.values(facts.secrets));
  for (const option of parsed.alternatives.flatMap((alternative) => alternative.targets.flatMap((target) => target.options))) {
    if (option.name !== 'key' && option.name !== 'pwd') continue;
    const value = optionValue(option, expansion, facts);
    for (const name of value.macros) if (!['MA', 'MAU', 'MAC', 'PN', 'PSN', 'SN'].includes(name)) registers.add(name);
    values.add(value.text ?? '');
    if (value.source === 'literal') values.add(option.value ?? '');
  }
  const hides = (use: MacroUse): boolean => holdsSecret(use.name) || registers.has(use.name);
  for (const use of expansion.uses) if (use.kind === 'filled' && hides(use)) values.add(use.value);
  const searched = [...values].filter((value) => value.length >= LEAST_SEARCHED).toSorted((a, b) => b.length - a.length);
  const hide = (shown: string): string => maskText(searched.reduce((text, value) => text.replaceAll(value, MASK), shown));
  return {
    hides,
    text: hide,
    parameter: (name, value) => (isSecretName(name) ? MASK : hide(value)),
  };
}
