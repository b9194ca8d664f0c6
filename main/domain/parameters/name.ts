/**
 * Element names follow the labels of the phone's web page: a blank and each of `[ ] ( ) /` become `_`, everything else
 * stays. So `Dial Plan[1]` is `Dial_Plan_1_`, and a number between two of them is an index.
 */
const INDEX = /(?<=_)\d{1,3}(?=_)/g;
const REST = /[^a-z0-9#]+/g;
const LOOSE_INDEX = /\d{1,3}/g;

/** `Proxy_3_` → `Proxy_{n}_`; also `Sticky_183_1_` → `Sticky_{n}_{n}_`, though 183 is a status there: see `patternKey`. */
export function readPattern(name: string): string {
  return name.replaceAll(INDEX, '{n}');
}

/** The indexes of a name, from the left. */
export function readIndexes(name: string): readonly number[] {
  return Array.from(name.matchAll(INDEX), ([digits]) => Number(digits));
}

/** All numbers of a name in which the underscores may be missing. */
export function readNumbers(name: string): readonly number[] {
  return Array.from(name.matchAll(LOOSE_INDEX), ([digits]) => Number(digits));
}

/** The key under which `readPattern` of a real name finds a pattern: numbers of the pattern's own count as indexes. */
export function patternKey(pattern: string): string {
  return readPattern(pattern.replaceAll('{n}', '1'));
}

/** `Proxy_{n}_` and [3] → `Proxy_3_`. An index that lacks is 1; of too many the last count. */
export function nameWithIndexes(pattern: string, indexes: readonly number[]): string {
  const places = pattern.split('{n}').length - 1;
  let at = Math.max(0, indexes.length - places);
  return pattern.replaceAll('{n}', () => String(indexes[at++] ?? 1));
}

/** What is left of a name when case, underscores, brackets and blanks count for nothing: one key for all its spellings. */
export function squeeze(pattern: string): string {
  return pattern.toLowerCase().replaceAll('{n}', '#').replaceAll(REST, '');
}
