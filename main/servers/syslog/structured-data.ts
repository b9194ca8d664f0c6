/**
 * RFC 5424 §6.3:   - | [SD-ID NAME="VALUE" NAME="VALUE"][SD-ID …]     `"`, `\` and `]` are escaped by `\` in a value.
 */

/** §7: these speak of the message's way, not of what was said. */
const ABOUT_THE_WAY = /^\[(?:timeQuality|origin|meta)[ \]]/;
const LONGEST = 8_192;

export interface StructuredData {
  /** Elements that say something, as written; empty when there are none. */
  readonly kept: string;
  /** Where the message begins. */
  readonly end: number;
}

/** Never fails: structured data that does not close is left to the message. */
export function readStructuredData(text: string, from: number): StructuredData {
  if (text[from] === '-' && (from + 1 === text.length || text[from + 1] === ' ')) return { kept: '', end: Math.min(from + 2, text.length) };
  let kept = '';
  let at = from;
  while (text[at] === '[') {
    const end = elementEnd(text, at);
    if (end === null) break;
    const element = text.slice(at, end);
    if (!ABOUT_THE_WAY.test(element)) kept += element;
    at = end;
  }
  return { kept, end: at > from && text[at] === ' ' ? at + 1 : at };
}

function elementEnd(text: string, from: number): number | null {
  const last = Math.min(text.length, from + LONGEST);
  let quoted = false;
  for (let at = from + 1; at < last; at += 1) {
    const character = text[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ']') return at + 1;
  }
  return null;
}
