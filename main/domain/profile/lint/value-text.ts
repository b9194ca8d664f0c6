import type { TextEdit } from '../../../../common/values/text-span.ts';
import type { ProfileElement } from '../document/document.ts';
import { escapeXml, REFERENCE, referenced } from '../escape.ts';

/** A value as the phone takes it, and where each of its characters stands in the file. */
export interface ValueText {
  readonly value: string;
  /** Offset into the file; of the length of the value, the end of the last character. */
  offsetOf(at: number): number;
}

/** No rule is read beyond 100,000 characters, and an escape has six at most. */
const LONGEST = 600_000;
const KNOWN = new RegExp(REFERENCE, 'y');
const CDATA = '<![CDATA[';

/**
 * Decodes a value again, keeping offsets: problems of a rule are found in the decoded text and shown in the file. Null
 * where the reader of the file understood the value otherwise; the whole value is then the nearest place.
 */
export function readValueText(element: ProfileElement): ValueText | null {
  const { valueSpan, raw, value } = element;
  if (valueSpan === null || raw.length > LONGEST) return null;
  const letters: string[] = [];
  const offsets: number[] = [];
  const take = (text: string, at: number): void => {
    for (const unit of text.split('')) {
      letters.push(unit);
      offsets.push(valueSpan.from + at);
    }
  };
  for (let at = 0; at < raw.length; ) {
    const after = readPiece(raw, at, take);
    at = after;
  }
  const joined = letters.join('');
  const lead = joined.length - joined.trimStart().length;
  if (joined.trim() !== value) return null;
  const end = valueSpan.from + raw.trimEnd().length;
  return { value, offsetOf: (at) => offsets[lead + at] ?? end };
}

/** Replaces the value and keeps the white space around it. */
export function replaceValue(element: ProfileElement, value: string): readonly TextEdit[] {
  const { valueSpan, raw } = element;
  if (valueSpan === null) return [];
  const lead = raw.length - raw.trimStart().length;
  return [{ from: valueSpan.from + lead, to: valueSpan.from + Math.max(lead, raw.trimEnd().length), insert: escapeXml(value) }];
}

function readPiece(raw: string, at: number, take: (text: string, at: number) => void): number {
  if (raw.startsWith(CDATA, at)) {
    const close = raw.indexOf(']]>', at);
    const end = close < 0 ? raw.length : close;
    for (let inside = at + CDATA.length; inside < end; inside += 1) take(raw.charAt(inside), inside);
    return close < 0 ? raw.length : close + 3;
  }
  if (raw.startsWith('<!--', at)) {
    const close = raw.indexOf('-->', at);
    return close < 0 ? raw.length : close + 3;
  }
  if (raw.startsWith('\r\n', at)) {
    take(' ', at);
    return at + 2;
  }
  KNOWN.lastIndex = at;
  const reference = KNOWN.exec(raw);
  const sign = reference && referenced(reference);
  if (sign !== null) {
    take(sign, at);
    return KNOWN.lastIndex;
  }
  const letter = raw.charAt(at);
  take(letter === '\n' || letter === '\r' ? ' ' : letter, at);
  return at + 1;
}
