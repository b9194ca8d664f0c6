import { createHash, randomBytes } from 'node:crypto';
import type { KeyUse } from '../../common/values/key.ts';
import type { IkmForm } from '../../common/values/protection.ts';

/**
 * The text of a new key: 32 random bytes for a passphrase, 16 for RFC 8188 (an AES-128 key's worth).
 * @param form how an `ikm` key is to be read; base64url without padding is also printable, shell-safe and XML-safe
 */
export function newKeyText(use: KeyUse, form: IkmForm = 'base64url'): string {
  if (use === 'passphrase') return randomBytes(32).toString('base64url');
  return randomBytes(16).toString(form === 'text' ? 'base64url' : form);
}

/** What two people compare to know that they hold the same key: see `KeyView.fingerprint`. */
export function fingerprintOf(text: string): string {
  const digits = createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 16);
  return digits.replaceAll(/(.{4})(?!$)/g, '$1 ');
}
