import type { RuleFacts } from '../../../common/values/rule.ts';
import { isSecretRegister, MACRO_NAMES } from './macro-names.ts';

/** What became of one `$…` of a text. Offsets count UTF-16 units. */
export interface MacroUse {
  /** Name as the phone reads it, without `$`; of `$$`, `$`. */
  readonly name: string;
  /**
   * `filled`; `no-value`: the phone knows the name, the facts do not; `secret-left`: a secret register where none is filled;
   * `unknown`: no such macro, it stays as it is; `dollar`: `$$`.
   */
  readonly kind: 'filled' | 'no-value' | 'secret-left' | 'unknown' | 'dollar';
  /** Where it stands in the text that was given. */
  readonly from: number;
  readonly to: number;
  /** Where its value stands in the expanded text. */
  readonly at: number;
  readonly value: string;
}

export interface Expansion {
  readonly text: string;
  readonly uses: readonly MacroUse[];
  /** The expanded text passed LONGEST_EXPANSION and was cut there. */
  readonly cut: boolean;
}

/** Macro values and secrets, the only facts that expansion needs. */
export type MacroFacts = Pick<RuleFacts, 'macros' | 'secrets'>;

/** Units of an expanded text. A register is far below that on a phone; a text of `$A$A$A…` is not ours to blow up. */
export const LONGEST_EXPANSION = 200_000;
const LONGEST_NAME = 40;
const BARE = new RegExp(`[A-Z0-9_]{1,${LONGEST_NAME}}`, 'y');
const BRACED = new RegExp(`\\(([A-Z0-9_]{1,${LONGEST_NAME}})(?::(\\d{1,4})(?::(\\d{1,4}))?)?\\)`, 'y');
/** What looks like a macro to a person, so that a misspelt one can be named. */
const LOOKS = /\(?[A-Za-z][A-Za-z0-9_]{0,39}/y;

/**
 * Expands `$NAME`, `$(NAME)`, `$(NAME:offset)`, `$(NAME:offset:length)` and `$$` as the phone does: case-sensitive, once (what a
 * value holds is not expanded again), and nothing else is touched: `$STRANGE$MAU.cfg` keeps its `$STRANGE`. Without brackets
 * the longest known name wins, so that `$PN$MA.xml` and `$MACfile` need no separator. Names that the facts hold count as known.
 * `$SA` to `$SD` are filled only where `secretsAllowed`, that is in arguments of --key, --uid and --pwd.
 * The time is linear in the length of text and result.
 */
export function expandMacros(text: string, facts: MacroFacts, { secretsAllowed }: { readonly secretsAllowed: boolean }): Expansion {
  const parts: string[] = [];
  const uses: MacroUse[] = [];
  let length = 0;
  const add = (part: string): void => {
    parts.push(part);
    length += part.length;
  };
  for (let from = 0; ; ) {
    const dollar = text.indexOf('$', from);
    add(dollar < 0 ? text.slice(from) : text.slice(from, dollar));
    if (dollar < 0 || length > LONGEST_EXPANSION) break;
    const use = readMacro(text, dollar, facts, secretsAllowed);
    if (use.to > dollar + 1) uses.push({ ...use, at: length });
    add(use.value);
    from = use.to;
  }
  const whole = parts.join('');
  return length > LONGEST_EXPANSION ? { text: whole.slice(0, LONGEST_EXPANSION), uses, cut: true } : { text: whole, uses, cut: false };
}

/** Macros whose value touches the stretch of the expanded text, an empty value at its borders included. `uses` are in order. */
export function usesBetween(uses: readonly MacroUse[], from: number, to: number): readonly MacroUse[] {
  const found: MacroUse[] = [];
  for (let index = lastUseBefore(uses, to); index >= 0; index -= 1) {
    const use = uses[index];
    if (!use || use.at + use.value.length < from) break;
    found.push(use);
  }
  return found.reverse();
}

/** Index of the last macro whose value begins at or before the offset; -1 for none. */
export function lastUseBefore(uses: readonly MacroUse[], offset: number): number {
  let low = 0;
  let high = uses.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((uses[middle]?.at ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Reads what follows the `$` at `from`. */
function readMacro(text: string, from: number, facts: MacroFacts, secretsAllowed: boolean): Omit<MacroUse, 'at'> {
  if (text[from + 1] === '$') return { name: '$', kind: 'dollar', from, to: from + 2, value: '$' };
  const braced = match(BRACED, text, from + 1);
  if (braced?.[1] !== undefined && isKnown(braced[1], facts)) {
    const to = from + 1 + braced[0].length;
    const use = valueOf(braced[1], text, from, to, facts, secretsAllowed);
    if (use.kind !== 'filled') return use;
    const begin = Number(braced[2] ?? 0);
    return { ...use, value: use.value.slice(begin, braced[3] === undefined ? use.value.length : begin + Number(braced[3])) };
  }
  const word = match(BARE, text, from + 1)?.[0] ?? '';
  for (let length = word.length; length > 0; length -= 1) {
    const name = word.slice(0, length);
    if (isKnown(name, facts)) return valueOf(name, text, from, from + 1 + length, facts, secretsAllowed);
  }
  const looks = match(LOOKS, text, from + 1)?.[0] ?? '';
  const to = from + 1 + looks.length;
  return { name: looks.replace('(', ''), kind: 'unknown', from, to, value: text.slice(from, to) };
}

function valueOf(
  name: string, text: string, from: number, to: number, facts: MacroFacts, secretsAllowed: boolean,
): Omit<MacroUse, 'at'> {
  const untouched = text.slice(from, to);
  if (isSecretRegister(name) && !secretsAllowed) return { name, kind: 'secret-left', from, to, value: untouched };
  const values = isSecretRegister(name) ? facts.secrets : facts.macros;
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  return value === undefined ? { name, kind: 'no-value', from, to, value: untouched } : { name, kind: 'filled', from, to, value };
}

function isKnown(name: string, facts: MacroFacts): boolean {
  return MACRO_NAMES.has(name) || Object.hasOwn(facts.macros, name);
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
