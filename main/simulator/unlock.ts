import { IKM_FORMS, type IkmForm } from '../../common/values/protection.ts';
import { readIkm } from '../crypto/ikm.ts';
import { unprotect } from '../crypto/unprotect.ts';
import type { Unprotected } from '../crypto/unprotect.ts';
import { valueOf } from './configuration.ts';
import type { Configuration } from './configuration.ts';
import { MAX_PROFILE_BYTES } from './profile.ts';

/** `ikmForm` is the form of IKM_HTTP_Encrypt_Content that opened it; null when another key or none did. */
export interface Unlocked extends Unprotected {
  readonly ikmForm: IkmForm | null;
}

/**
 * Opens a fetched file as the phone does: the answer's `Content-Encoding: aes128gcm` wins, else the first bytes tell what it is.
 * With the openssl container either digest is taken, for which one a load wants is not confirmed either. null: the file is corrupt.
 * How the text of IKM_HTTP_Encrypt_Content is read no public source confirms: whichever form opens the file counts.
 * @param key argument of --key
 */
export function unlock(file: { readonly bytes: Uint8Array; readonly coding?: string }, key: string | null, configuration: Configuration): Unlocked | null {
  const text = valueOf(configuration, 'IKM_HTTP_Encrypt_Content');
  const read = ikmsOf(text);
  const ikms = read.map(({ bytes }) => bytes);
  const keys = { passphrases: key === null ? [] : [key], ikms, aes128gcm: file.coding === 'aes128gcm' };
  const opened = unprotect(file.bytes, keys, MAX_PROFILE_BYTES);
  if (!opened.ok) return null;
  const { encrypted, key: which } = opened.value;
  return { ...opened.value, ikmForm: encrypted === 'aes128gcm' && which !== null ? (read[which]?.form ?? null) : null };
}

/** The key of IKM_HTTP_Encrypt_Content: in the form that opened a profile before, else in the first that fits the text; null for none. */
export function ikmOf(configuration: Configuration, opened: IkmForm | null): Uint8Array | null {
  const read = ikmsOf(valueOf(configuration, 'IKM_HTTP_Encrypt_Content'));
  return (read.find(({ form }) => form === opened) ?? read[0])?.bytes ?? null;
}

function ikmsOf(text: string): readonly { readonly form: IkmForm; readonly bytes: Uint8Array }[] {
  return IKM_FORMS.flatMap((form) => {
    const ikm = readIkm(text, form);
    return ikm.ok ? [{ form, bytes: ikm.value }] : [];
  });
}
