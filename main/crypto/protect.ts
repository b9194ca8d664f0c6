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
 * A profile as it goes over the wire. The order is the phones': XML, gzip, encryption. Each call takes a new random salt, so
 * the caller keeps the bytes for as long as a transfer or its retries may run.
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
      return done({ bytes: opensslEncrypt(inner, passphrase.value, digest), contentEncoding: null });
    }
    case 'aes128gcm': {
      const text = usableKey(key);
      if (!text.ok) return text;
      const ikm = readIkm(text.value, ikmForm);
      return ikm.ok ? done({ bytes: encodeAes128gcm(xml, ikm.value), contentEncoding: 'aes128gcm' }) : ikm;
    }
  }
}

/** A key that can be typed into a rule and given to `openssl -k`: not empty, and without a line end or any other control character. */
function usableKey(key: string | null): Result<string> {
  if (key === null) return failed('crypto.key-missing');
  if (key === '') return failed('crypto.key-empty');
  return /\p{Cc}/u.test(key) ? failed('crypto.key-control') : done(key);
}
