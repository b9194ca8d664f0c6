import type { KeySource } from '../../../common/values/rule.ts';
import { isRegister, isSecretRegister } from './macro-names.ts';
import { expandMacros, usesBetween } from './macros.ts';
import type { Expansion, MacroFacts, MacroUse } from './macros.ts';
import type { RuleOption } from './parsed.ts';

/** The argument of --key, --uid or --pwd as the phone uses it. */
export interface OptionValue {
  /** null: it needs a register or macro that these facts do not hold. */
  readonly text: string | null;
  readonly source: Exclude<KeySource, 'ikm' | null>;
  /** Registers that it was made of: `B`, `SA`. */
  readonly macros: readonly string[];
}

/**
 * Fills the secret registers of an argument, which the expansion of the whole rule leaves alone, and reads `\043` as the
 * character of that octal code where the option takes such escapes (--uid and --pwd).
 */
export function optionValue(option: RuleOption, expansion: Expansion, facts: MacroFacts): OptionValue {
  const at = option.at ?? { from: 0, to: 0 };
  const uses = usesBetween(expansion.uses, at.from, at.to).filter((use) => use.kind !== 'unknown' && use.at < at.to && use.at + use.value.length > at.from);
  const names = uses.map((use) => use.name).filter((name) => name !== '$');
  const source = names.some(isSecretRegister) ? 'secret-register' : names.some(isRegister) ? 'register' : names.length > 0 ? 'macro' : 'literal';
  const plain = option.name === 'key' ? (text: string): string => text : withoutEscapes;
  const parts: (string | null)[] = [];
  let from = at.from;
  for (const use of uses) {
    if (use.kind !== 'secret-left' && use.kind !== 'no-value') continue;
    parts.push(plain(expansion.text.slice(from, use.at)), use.kind === 'no-value' ? null : secretOf(use, facts));
    from = use.at + use.value.length;
  }
  parts.push(plain(expansion.text.slice(from, at.to)));
  return { text: parts.includes(null) ? null : parts.join(''), source, macros: names };
}

function secretOf(use: MacroUse, facts: MacroFacts): string | null {
  const filled = expandMacros(use.value, facts, { secretsAllowed: true });
  return filled.uses[0]?.kind === 'filled' ? filled.text : null;
}

function withoutEscapes(text: string): string {
  return text.replaceAll(/\\([0-3][0-7]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));
}
