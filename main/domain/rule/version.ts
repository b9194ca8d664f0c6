import { loadVersion } from '../firmware/names.ts';

/** How the first of two loads stands to the second. */
export type VersionOrder = 'lower' | 'equal' | 'higher' | 'not-comparable';

/** Family, then at least three fields parted by dashes: `sip88xx.11-3-2MPP0001-609`, `11-0-0MPP`, with or without `.loads`. */
const VERSION = /^\d+(?:-[0-9A-Za-z]+)+$/;
/** `11-3-2`: major and minor are plain numbers. A number with a zero before it (`0104-MPP-9875dev`) is another kind of name. */
const NUMBER = /^(?:0|[1-9]\d*)$/;
/** Micro and build: digits, letters, digits. */
const MIXED = /^(\d*)([A-Za-z]*)(\d*)$/;
const HARDWARE = /^\d+(?:\.\d+)+$/;
const LONGEST = 100;

/** True for a version literal as rules take it, family and `.loads` optional; `11.0.0` is none. */
export function isVersion(text: string): boolean {
  return text.length <= LONGEST && VERSION.test(loadVersion(text)) && fieldsOf(text).length >= 3;
}

/** `2.0.1`, the shape of $HWVER, which rules do not take for a load. */
export function isHardwareVersion(text: string): boolean {
  return text.length <= LONGEST && HARDWARE.test(text);
}

/**
 * Compares two loads field by field from the left, the family before the dot left aside: major, minor, micro (digits, then
 * letters alphabetically, then digits), build. A field that only one of them has makes that one higher. The order is
 * `not-comparable` only where the field that decides cannot be read.
 */
export function compareVersions(a: string, b: string): VersionOrder {
  const left = fieldsOf(a);
  const right = fieldsOf(b);
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const order = compareFields(left[index], right[index], index);
    if (order !== 'equal') return order;
  }
  return 'equal';
}

/** Compares `2.0.1` with `2.1.0`, number by number. */
export function compareHardware(a: string, b: string): VersionOrder {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const order = orderOf(left[index] ?? -1, right[index] ?? -1);
    if (order !== 'equal') return order;
  }
  return 'equal';
}

function fieldsOf(text: string): readonly string[] {
  return loadVersion(text).split('-');
}

function compareFields(a: string | undefined, b: string | undefined, index: number): VersionOrder {
  if (a === b) return 'equal';
  if (a === undefined) return 'lower';
  if (b === undefined) return 'higher';
  if (index < 2) return NUMBER.test(a) && NUMBER.test(b) ? orderOf(Number(a), Number(b)) : 'not-comparable';
  const left = MIXED.exec(a);
  const right = MIXED.exec(b);
  if (!left || !right || a === '' || b === '') return 'not-comparable';
  // A build of letters alone (`BN`) against a number: nothing public says which is newer.
  if ((left[1] === '') !== (right[1] === '')) return 'not-comparable';
  const digits = orderOf(Number(left[1]), Number(right[1]));
  if (digits !== 'equal') return digits;
  const letters = orderOf(left[2] ?? '', right[2] ?? '');
  return letters === 'equal' ? orderOf(Number(left[3]), Number(right[3])) : letters;
}

function orderOf<T extends number | string>(a: T, b: T): VersionOrder {
  if (a === b) return 'equal';
  return a < b ? 'lower' : 'higher';
}
