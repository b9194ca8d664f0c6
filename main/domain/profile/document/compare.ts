import type { ComparedParameter } from '../../../../common/values/report.ts';
import { isPlacesOnly, isSecretName, MASK, maskText, secretRegisters } from '../secrets.ts';
import { effective, type ProfileDocument, type ProfileElement } from './document.ts';

/** What a profile makes of one parameter. Secrets are the mask. */
export interface ParameterState {
  readonly intent: ProfileElement['intent'];
  readonly value: string;
  readonly ua: ProfileElement['ua'];
}

/** One parameter in two profiles; null: not in that one. */
export interface ParameterChange {
  readonly name: string;
  readonly verdict: 'added' | 'removed' | 'changed' | 'same';
  readonly before: ParameterState | null;
  readonly after: ParameterState | null;
}

/**
 * What a phone would notice of the difference between two profiles: value, intent and access of each parameter, whatever
 * their order, spacing and comments. In the order of the second, then what it no longer has. Two secrets that differ are
 * `changed` and both masked.
 */
export function compareDocuments(before: ProfileDocument, after: ProfileDocument): readonly ParameterChange[] {
  const [old, now] = [effective(before), effective(after)];
  const [oldShown, nowShown] = shownTogether(before, after);
  const kept = Array.from(now.values(), (element): ParameterChange => {
    const other = old.get(element.name);
    const verdict = !other ? 'added' : sameState(other, element) ? 'same' : 'changed';
    return { name: element.name, verdict, before: oldShown.get(element.name) ?? null, after: nowShown.get(element.name) ?? null };
  });
  const gone = Array.from(old.keys()).filter((name) => !now.has(name));
  return [...kept, ...gone.map((name): ParameterChange => ({ name, verdict: 'removed', before: oldShown.get(name) ?? null, after: null }))];
}

/**
 * What was served against what the phone says it holds, in the order of the profile, then what it does not mention.
 * White space counts as one space, `Yes` and `No` in any case are the same, an empty element equals two quotes. The phone
 * does not tell secrets, and what it exports in comments: they are `hidden`. Texts that were masked before they were kept
 * can be compared too: where a mask stands anything may have stood, what is around it must agree.
 * @param factory the factory value of a parameter; where it is unknown, one that the profile resets asks for nothing
 */
export function compareReported(
  served: ProfileDocument,
  reported: ProfileDocument,
  factory: (name: string) => string | null = () => null,
): readonly ComparedParameter[] {
  const [asked, told] = [effective(served), effective(reported)];
  const [askedShown, toldShown] = shownTogether(served, reported);
  const withheld = new Set(reported.commented.map(({ name }) => name));
  const row = (name: string, verdict: ComparedParameter['verdict']): ComparedParameter => ({
    name, verdict, served: askedShown.get(name)?.value ?? null, reported: toldShown.get(name)?.value ?? null,
  });
  const judged = Array.from(asked.values(), (element) => {
    const holds = told.get(element.name);
    if (isSecretName(element.name) || askedShown.get(element.name)?.value === MASK) return row(element.name, 'hidden');
    if (!holds) return row(element.name, withheld.has(element.name) ? 'hidden' : 'missing');
    if (element.value.includes(MASK) || holds.value.includes(MASK)) return row(element.name, agreesAround(element.value, holds.value) ? 'hidden' : 'different');
    if (sameValue(element.value, holds.value)) return row(element.name, 'same');
    const wanted = element.intent === 'reset' ? factory(element.name) : element.value;
    if (wanted === null) return row(element.name, 'unasked');
    return row(element.name, sameValue(wanted, holds.value) ? 'same' : 'different');
  });
  const unasked = Array.from(told.keys()).filter((name) => !asked.has(name)).map((name) => row(name, 'unasked'));
  return [...judged, ...unasked];
}

/** A register that one side's rule takes its key from is a secret on the other side too. */
function shownTogether(one: ProfileDocument, other: ProfileDocument): readonly [ReadonlyMap<string, ParameterState>, ReadonlyMap<string, ParameterState>] {
  const registers = new Set([...secretRegisters(one.text), ...secretRegisters(other.text)]);
  return [shownStates(one, registers), shownStates(other, registers)];
}

/** The states as they may be shown: secrets by name, keys in rules, the registers that rules take keys from. */
function shownStates(document: ProfileDocument, registers: ReadonlySet<string>): ReadonlyMap<string, ParameterState> {
  return new Map(Array.from(effective(document).values(), (element) => [element.name, shownState(element, registers)]));
}

function shownState({ name, intent, value, ua }: ProfileElement, registers: ReadonlySet<string>): ParameterState {
  if (intent !== 'value' || isPlacesOnly(value)) return { intent, value, ua };
  return { intent, value: isSecretName(name) || registers.has(name) ? MASK : maskText(value), ua };
}

function sameState(one: ProfileElement, other: ProfileElement): boolean {
  return one.intent === other.intent && one.value === other.value && one.ua === other.ua;
}

/** Whether two values can be the same, when what the mask replaces is left open. */
function agreesAround(one: string, other: string): boolean {
  const [masked, text] = (one.includes(MASK) ? [one, other] : [other, one]).map(plainSpaces);
  if (masked === undefined || text === undefined) return false;
  const [first = '', ...rest] = masked.split(MASK);
  const last = rest.pop() ?? '';
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function plainSpaces(value: string): string {
  return value.replaceAll(/\s+/g, ' ').trim();
}

function sameValue(one: string, other: string): boolean {
  const [left, right] = [plainSpaces(one), plainSpaces(other)];
  if (left === right) return true;
  return /^(?:yes|no)$/i.test(left) && left.toLowerCase() === right.toLowerCase();
}
