import { createHmac } from 'node:crypto';
import { done, failed, type Result } from '../../common/values/failure.ts';
import type { Protection } from '../../common/values/protection.ts';
import { encodeAes128gcm, readIkm } from './aes128gcm.ts';
import { gzip } from './gzip.ts';
import { opensslEncrypt } from './openssl-container.ts';

export interface Protected {
  readonly bytes: Uint8Array;
  /** The value of the HTTP header Content-Encoding, null: no such header. `aes128gcm` cannot be served by TFTP. */
  readonly contentEncoding: 'aes128gcm' | null;
}

/**
 * A profile as it goes over the wire. The order is the phones': XML, gzip, encryption. One profile with one key always gives
 * the same bytes: a range asked for after a restart of the bench, or a repeated request, is of the same file, and its hash
 * proves what was served.
 * @param key text of the key; null without one
 * @returns `crypto.key-missing`, `crypto.key-empty`, `crypto.key-control` or `crypto.ikm-form`
 */
export function protect(xml: Uint8Array, protection: Protection, key: string | null): Result<Protected> {
  const { container, digest, ikmForm } = protection;
  switch (container) {
    case 'none':
      return done({ bytes: xml, contentEncoding: null });
    case 'gzip':
      return done({ bytes: gzip(xml), contentEncoding: null });
    case 'aes':
    case 'gzip-aes': {
      const passphrase = usableKey(key);
      if (!passphrase.ok) return passphrase;
      const inner = container === 'aes' ? xml : gzip(xml);
      const salt = saltOf(inner, passphrase.value, digest).subarray(0, 8);
      return done({ bytes: opensslEncrypt(inner, passphrase.value, digest, salt), contentEncoding: null });
    }
    case 'aes128gcm': {
      const text = usableKey(key);
      if (!text.ok) return text;
      const ikm = readIkm(text.value, ikmForm);
      if (!ikm.ok) return ikm;
      const salt = saltOf(xml, text.value, 'aes128gcm').subarray(0, 16);
      return done({ bytes: encodeAes128gcm(xml, ikm.value, { salt }), contentEncoding: 'aes128gcm' });
    }
  }
}

/** A key that can be typed into a rule and given to `openssl -k`: not empty, and without a line end or any other control character. */
function usableKey(key: string | null): Result<string> {
  if (key === null) return failed('crypto.key-missing');
  if (key === '') return failed('crypto.key-empty');
  return /\p{Cc}/u.test(key) ? failed('crypto.key-control') : done(key);
}

/**
 * A salt that nobody without the key can foresee, another one for every text, as the synthetic vector of RFC 5297 is made:
 * no key and nonce ever serve two texts. An onlooker learns only that a phone's profile did not change.
 */
function saltOf(plain: Uint8Array, key: string, use: string): Uint8Array {
  return createHmac('sha256', key).update(`dialbench salt ${use}\0`).update(plain).digest();
}
