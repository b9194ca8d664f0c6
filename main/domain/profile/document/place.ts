import type { ProfileDocument, ProfileElement } from './document.ts';
import { skipSpaces } from './names.ts';
import { Remarks } from './problems.ts';
import { scan, type Sink } from './scan.ts';

/** Comments and elements that stand inside a value. */
export function insideValue(raw: string): { readonly comments: readonly string[]; readonly elements: boolean } {
  const comments: string[] = [];
  let elements = false;
  const ignore = (): void => undefined;
  const sink: Sink = {
    insideValue: () => true, cut: ignore, instruction: ignore, text: ignore, cdata: ignore, close: ignore,
    open: () => void (elements = true),
    comment: (from, to) => void comments.push(`<!--${raw.slice(from, to)}-->`),
  };
  if (raw.includes('<')) scan(raw, sink, new Remarks());
  return { comments, elements };
}

/** The text with one more element before the end of its profile. */
export function insertion({ text, profile, elements }: ProfileDocument, element: string): string {
  if (!profile) return text;
  const { open, close } = profile;
  const lineEnd = firstLineEnd(text);
  const base = ownIndent(text, open.from);
  if (!close) {
    // `<flat-profile/>`
    const tag = text.slice(open.from, open.to - 2).trimEnd();
    return `${text.slice(0, open.from)}${tag}>${lineEnd}${base ?? ''}  ${element}${lineEnd}${base ?? ''}</flat-profile>${text.slice(open.to)}`;
  }
  const closing = ownIndent(text, close.from);
  if (closing === null) return text.slice(0, close.from) + element + text.slice(close.from);
  const neighbour = elements.findLast(({ span }) => span.to <= close.from && ownIndent(text, span.from) !== null);
  const indent = neighbour ? (ownIndent(text, neighbour.span.from) ?? '') : `${closing}  `;
  const at = close.from - closing.length;
  return `${text.slice(0, at)}${indent}${element}${lineEnd}${text.slice(at)}`;
}

/** What goes with an element that is taken away: its option list, and the line that held nothing else. */
export function removal(text: string, element: ProfileElement): { readonly from: number; readonly to: number } {
  const { from } = element.span;
  const to = element.optionList === null ? element.span.to : optionListEnd(text, element.span.to);
  const indent = ownIndent(text, from);
  if (indent === null) return { from, to };
  let end = to;
  while (text[end] === ' ' || text[end] === '\t') end += 1;
  if (end >= text.length) return { from: from - indent.length, to: end };
  if (text.startsWith('\r\n', end)) return { from: from - indent.length, to: end + 2 };
  return text[end] === '\n' || text[end] === '\r' ? { from: from - indent.length, to: end + 1 } : { from, to };
}

function optionListEnd(text: string, at: number): number {
  const begin = skipSpaces(text, at, text.length);
  const end = text.startsWith('<!--', begin) ? text.indexOf('-->', begin) + 3 : text.indexOf('>', begin) + 1;
  return end > begin ? end : at;
}

/** The blanks between the beginning of the line and an offset; null where something else stands there. */
function ownIndent(text: string, offset: number): string | null {
  let at = offset;
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) at -= 1;
  return at === 0 || text[at - 1] === '\n' || text[at - 1] === '\r' ? text.slice(at, offset) : null;
}

function firstLineEnd(text: string): string {
  return /\r\n?|\n/.exec(text)?.[0] ?? '\n';
}
