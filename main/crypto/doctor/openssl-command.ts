import type { KeyVariant } from './key-variants.ts';
import type { Derivation } from './open-salted.ts';

/** What no line of a key file can hold. */
const NOT_IN_A_LINE = /[\r\n]/;

/**
 * The same with the openssl program, the key as it fitted in KEY.txt; null where its own reading of a file's first line
 * cannot give these bytes.
 */
export function opensslCommand(derivation: Derivation, { text, accidents }: KeyVariant, isGzip: boolean, hasHeader: boolean): string | null {
  const unpack = isGzip ? ' | gunzip' : '';
  if (derivation === 'raw-key') return hasHeader ? null : `openssl enc -d -aes-256-cbc -K "$(cat KEY.txt)" -iv 0 -in FILE${unpack}`;
  if (text === null ? !accidents.includes('latin-1') : NOT_IN_A_LINE.test(text)) return null;
  const how = derivation === 'pbkdf2-sha256' ? '-md sha256 -pbkdf2' : `-md ${derivation}`;
  return `openssl enc -d -aes-256-cbc ${how} -kfile KEY.txt -in FILE${unpack}`;
}
