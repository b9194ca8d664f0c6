import { isSecretRegister } from './macro-names.ts';
import { expandMacros } from './macros.ts';
import type { Reading } from './reading.ts';

const CURLED = /[“”„‟«»]/g;
const QUOTES = /[“”„‟«»‘’]/g;
const DASHES = /[‐‑‒–—−]/g;
 
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
/** `&PN`: the French guide prints it for `$PN`. A query's `&MAC=…` is something else. */
const AMPERSAND = /&(?:PN|PSN|SN|MAU?C?)\b(?!\s*=)/g;
const ESCAPES = /&(?:amp|lt|gt|quot|apos);/g;
/** Problems of one sort that are worth telling. */
const MOST = 20;

/** Curled quotes as straight ones, unit for unit, so that one of them does not spoil the reading of the rest. */
export function straighten(text: string): string {
  return text.replaceAll(CURLED, '"');
}

/** Looks at the text's characters, before its grammar: what a word processor, an XML editor or a printed guide has put there. */
export function checkText(reading: Reading): void {
  const { source } = reading;
  each(source.text, QUOTES, (from, found) => reading.wrong('rule.quote.curled', from, from + 1, { found }));
  each(source.text, DASHES, (from, found) => reading.wrong('rule.dash', from, from + 1, { found }));
  each(source.text, CONTROL, (from) => reading.wrong('rule.control', from, from + 1));
  each(source.text, ESCAPES, (from, found) => reading.warn('rule.escaped', from, from + found.length, { found }));
  each(source.text, AMPERSAND, (from, found) => reading.warn('rule.macro.ampersand', from, from + found.length, { found, write: `$${found.slice(1)}` }));
}

/** Macros that the phone does not know, by their place in the written text. Those inside `--key`, `--uid` and `--pwd` may be secret. */
export function checkMacros(reading: Reading, secretPlaces: readonly { readonly from: number; readonly to: number }[]): void {
  const { uses } = expandMacros(reading.source.text, { macros: {}, secrets: {} }, { secretsAllowed: false });
  let place = 0;
  let told = 0;
  for (const { kind, name, from, to } of uses) {
    if (told >= MOST) return;
    while ((secretPlaces[place]?.to ?? Number.POSITIVE_INFINITY) <= from) place += 1;
    const secretPlace = secretPlaces[place];
    if (kind === 'unknown') {
      const upper = expandMacros(`$${name.toUpperCase()}`, { macros: {}, secrets: {} }, { secretsAllowed: false }).uses[0];
      const lower = name !== name.toUpperCase() && upper?.kind === 'no-value' && upper.to === name.length + 1;
      reading.warn(lower ? 'rule.macro.case' : 'rule.macro.unknown', from, to, { macro: `$${name}`, write: `$${name.toUpperCase()}` });
      told += 1;
    } else if (isSecretRegister(name) && !(secretPlace && secretPlace.from <= from && to <= secretPlace.to)) {
      reading.warn('rule.macro.secret-outside', from, to, { macro: `$${name}` });
      told += 1;
    }
  }
}

function each(text: string, pattern: RegExp, tell: (from: number, found: string) => void): void {
  let told = 0;
  for (const match of text.matchAll(pattern)) {
    if (told >= MOST) return;
    tell(match.index, match[0]);
    told += 1;
  }
}
