/** A key as it was perhaps meant. */
export interface KeyVariant {
  /** Null where only bytes can say it. */
  readonly text: string | null;
  readonly bytes: Uint8Array;
  /** What was changed in the key as typed, in this order; empty for the key itself. Sentences: `doctor.accident.…`. */
  readonly accidents: readonly string[];
}

interface Step {
  readonly accident: string;
  change(text: string): string;
}

/** Three accidents at once are rare, and every key that is tried costs time and a little certainty. */
const MOST_ACCIDENTS = 3;
export const MOST_VARIANTS = 128;

/** Line ends too, but not the byte order mark, which JavaScript counts as a blank. */
const BLANKS = String.raw`(?:(?!\ufeff)[\s\u200b-\u200d\u2060])`;
const AROUND = new RegExp(`^${BLANKS}+|${BLANKS}+$`, 'g');
/** Opening and closing, as keys are quoted in guides, shells and word processors. */
const PAIRS = ['""', "''", '``', '“”', '‘’', '„“', '«»'];
const CURLED: Readonly<Record<string, string>> = Object.fromEntries([...Array.from('‘’‚‛′', (sign) => [sign, "'"]), ...Array.from('“”„‟″«»', (sign) => [sign, '"'])]);

/** In the order in which they are undone: what surrounds the key, its signs, its case, then what the other side may have added. */
const STEPS: readonly Step[] = [
  { accident: 'bom-removed', change: (text) => text.replace(/^\uFEFF/, '') },
  { accident: 'newline-removed', change: (text) => text.replace(/[\r\n]+$/, '') },
  { accident: 'blanks-removed', change: (text) => text.replaceAll(AROUND, '') },
  { accident: 'quotes-removed', change: withoutQuotes },
  { accident: 'quotes-straightened', change: (text) => text.replaceAll(/[‘’‚‛′“”„‟″«»]/g, (sign) => CURLED[sign] ?? sign) },
  { accident: 'dashes-straightened', change: (text) => text.replaceAll(/[\u2010-\u2015\u2212]/g, '-') },
  { accident: 'dashes-doubled', change: (text) => text.replaceAll(/[\u2013\u2014]/g, '--') },
  { accident: 'blanks-straightened', change: (text) => text.replaceAll(/[\u00a0\u2000-\u200a\u202f]/g, ' ') },
  { accident: 'blanks-dropped', change: (text) => text.replaceAll(/(?<=\S)[\s\u200b-\u200d\u2060\u00ad]+(?=\S)/g, '') },
  { accident: 'lower-case', change: (text) => text.toLowerCase() },
  { accident: 'upper-case', change: (text) => text.toUpperCase() },
  { accident: 'case-swapped', change: (text) => Array.from(text, swapCase).join('') },
  { accident: 'first-letter', change: (text) => text.replace(/^\p{L}/u, swapCase) },
  { accident: 'accents-composed', change: (text) => text.normalize('NFC') },
  { accident: 'accents-decomposed', change: (text) => text.normalize('NFD') },
  { accident: 'quotes-curled', change: (text) => text.replaceAll(/(^|[\s([])"/g, '$1“').replaceAll('"', '”').replaceAll("'", '’') },
  { accident: 'dashes-curled', change: (text) => text.replaceAll(/--?/g, '–') },
  { accident: 'quotes-added', change: (text) => `"${text}"` },
  { accident: 'apostrophes-added', change: (text) => `'${text}'` },
  { accident: 'newline-added', change: (text) => `${text}\n` },
  { accident: 'return-added', change: (text) => `${text}\r` },
  { accident: 'return-newline-added', change: (text) => `${text}\r\n` },
  { accident: 'hex-encoded', change: (text) => Buffer.from(text, 'utf8').toString('hex') },
];

/**
 * The key as typed, then what it may have been before or after the usual accidents, the fewest accidents first, each
 * once, at most `MOST_VARIANTS`.
 */
export function keyVariants(typed: string): readonly KeyVariant[] {
  const found = new Map<string, KeyVariant>();
  const put = (text: string | null, bytes: Uint8Array, accidents: readonly string[]): boolean => {
    const name = Buffer.from(bytes).toString('hex');
    if (bytes.length === 0 || found.has(name) || found.size >= MOST_VARIANTS) return false;
    found.set(name, { text, bytes, accidents });
    return true;
  };
  put(typed, Buffer.from(typed, 'utf8'), []);
  let level: readonly { readonly text: string; readonly accidents: readonly string[]; readonly next: number }[] = [{ text: typed, accidents: [], next: 0 }];
  for (let depth = 0; depth < MOST_ACCIDENTS; depth += 1) {
    const deeper: { text: string; accidents: readonly string[]; next: number }[] = [];
    for (const { text, accidents, next } of level) {
      for (const [index, step] of STEPS.entries()) {
        if (index < next) continue;
        const changed = step.change(text);
        const all = [...accidents, step.accident];
        if (changed !== text && put(changed, Buffer.from(changed, 'utf8'), all)) deeper.push({ text: changed, accidents: all, next: index + 1 });
      }
      for (const { accident, bytes } of otherBytes(text)) put(null, bytes, [...accidents, accident]);
    }
    level = deeper;
  }
  return [...found.values()];
}

function withoutQuotes(text: string): string {
  const isQuoted = text.length > 2 && PAIRS.some((pair) => text.startsWith(pair.charAt(0)) && text.endsWith(pair.charAt(1)));
  return isQuoted ? text.slice(1, -1).trim() : text;
}

function swapCase(sign: string): string {
  return sign === sign.toLowerCase() ? sign.toUpperCase() : sign.toLowerCase();
}

/** Readings of a text that are no UTF-8. */
function otherBytes(text: string): readonly { readonly accident: string; readonly bytes: Uint8Array }[] {
  const readings: { accident: string; bytes: Uint8Array }[] = [];
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) readings.push({ accident: 'hex-decoded', bytes: Buffer.from(text, 'hex') });
  if (/^[\u0000-\u00ff]*[\u0080-\u00ff][\u0000-\u00ff]*$/.test(text)) readings.push({ accident: 'latin-1', bytes: Buffer.from(text, 'latin1') });
  return readings;
}
