import { parseMac } from '../../../common/values/mac.ts';

const MOST_WORDS = 16;

/**
 * Turns what a person typed into an FTS5 expression: every word must occur, each may be the beginning of a longer one, a
 * text in double quotes must occur as it stands. Each word becomes a quoted phrase, so that nothing typed is ever taken
 * for an operator. A MAC is found in any of its spellings.
 * @returns null when there is no letter or digit to look for
 */
export function matchOf(text: string): string | null {
  const words = Array.from(text.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, word]) => ({ quoted: quoted !== undefined, word: quoted ?? word ?? '' }))
    .filter(({ word }) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, MOST_WORDS)
    .map(({ word, quoted }) => expression(word, quoted));
  return words.length === 0 ? null : words.join(' AND ');
}

function expression(word: string, whole: boolean): string {
  const mac = parseMac(word);
  if (!mac) return phrase(word) + (whole ? '' : '*');
  const pairs = mac.match(/../g)?.join(' ') ?? mac;
  return `(${phrase(mac)} OR ${phrase(pairs)})`;
}

function phrase(text: string): string {
  return `"${text.replaceAll('"', '""').replaceAll('\0', ' ')}"`;
}
