import type { Finding } from '../../../../common/values/finding.ts';
import type { TextEdit } from '../../../../common/values/text-span.ts';
import { finding } from './finding.ts';
import { type LintElement, type LintRule, type LintSubject, MOST_SIGNS } from './subject.ts';

/** What word processors and web pages make of plain signs. */
const PLAIN: Readonly<Record<string, string>> = {
  '“': '"', '”': '"', '„': '"', '‟': '"', '«': '"', '»': '"', '″': '"', '‘': "'", '’': "'", '‚': "'", '‛': "'", '′': "'",
  '‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '--', '―': '--', '−': '-', '…': '...',
  '\u00a0': ' ', '\u202f': ' ', '\u2007': ' ', '\u200b': '', '\u2060': '', '\ufeff': '',
};
const TYPOGRAPHIC = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');
const BEYOND = new RegExp(`[^\\u0000-\\u007f${Object.keys(PLAIN).join('')}]`, 'u');
const PLACE = /\{\{[^{}]*\}\}/g;

/** Cisco's guides promise ASCII alone. What stands in template places is not the file's business. */
export const characters: LintRule = (subject) => subject.elements.flatMap((checked) => checkCharacters(subject, checked));

function checkCharacters(subject: LintSubject, { element, found: known, filled }: LintElement): readonly Finding[] {
  const { raw, valueSpan, name } = element;
  if (valueSpan === null || /^[\u0000-\u007f]*$/.test(raw)) return [];
  const text = filled ? raw.replaceAll(PLACE, (place) => ' '.repeat(place.length)) : raw;
  const found: Finding[] = [];
  const edits: TextEdit[] = [];
  for (const { 0: sign, index } of text.matchAll(TYPOGRAPHIC)) {
    if (edits.length === MOST_SIGNS) break;
    edits.push({ from: valueSpan.from + index, to: valueSpan.from + index + sign.length, insert: PLAIN[sign] ?? '' });
  }
  const [first] = edits;
  if (first) {
    const sign = showOf(known, subject.document.text.slice(first.from, first.to));
    const code = known?.entry.type === 'rule' ? 'lint.typographic-rule' : 'lint.typographic';
    found.push(finding(code, subject.spanAt(first.from, first.to), { name, sign, count: edits.length }, { edits }));
  }
  const beyond = BEYOND.exec(text);
  if (beyond) {
    const from = valueSpan.from + beyond.index;
    found.push(finding('lint.non-ascii', subject.spanAt(from, from + beyond[0].length), { name, sign: showOf(known, beyond[0]) }));
  }
  return found;
}

/** A sign nobody can see is shown by its number, one of a secret not at all. */
function showOf(known: LintElement['found'], sign: string): string {
  if (known?.entry.secret === true) return '•';
  const point = sign.codePointAt(0) ?? 0;
  return /\p{L}|\p{N}|\p{P}|\p{S}/u.test(sign) ? sign : `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}
