import { IKM_FORMS } from '../../common/values/protection.ts';
import { readIkm } from '../crypto/ikm.ts';
import { unprotect } from '../crypto/unprotect.ts';
import type { Unprotected } from '../crypto/unprotect.ts';
import { valueOf } from './configuration.ts';
import type { Configuration } from './configuration.ts';
import { MAX_PROFILE_BYTES } from './profile.ts';

/**
 * Opens a fetched file as the phone does: the answer's `Content-Encoding: aes128gcm` wins, else the first bytes tell what it is.
 * No public source confirms which digest a load wants in the openssl container, nor how it reads the text of
 * IKM_HTTP_Encrypt_Content: whichever opens the file counts. null: the file is corrupt.
 * @param key argument of --key
 */
export function unlock(file: { readonly bytes: Uint8Array; readonly coding?: string }, key: string | null, configuration: Configuration): Unprotected | null {
  const text = valueOf(configuration, 'IKM_HTTP_Encrypt_Content');
  const ikms = IKM_FORMS.map((form) => readIkm(text, form)).flatMap((ikm) => (ikm.ok ? [ikm.value] : []));
  const keys = { passphrases: key === null ? [] : [key], ikms, aes128gcm: file.coding === 'aes128gcm' };
  const opened = unprotect(file.bytes, keys, MAX_PROFILE_BYTES);
  return opened.ok ? opened.value : null;
}
