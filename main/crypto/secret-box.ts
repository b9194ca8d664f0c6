import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { done, failed, type Result } from '../../common/values/failure.ts';

/** Seals texts so that only this workspace opens them. */
export interface SecretBox {
  /** @param context where the text belongs (`key:ID`): sealed into it, so that a row cannot be moved to another place */
  seal(text: string, context: string): string;
  /** @returns `crypto.sealed-form` for what is no sealed text, `crypto.sealed-foreign` when key, context or bytes are not those of `seal` */
  open(sealed: string, context: string): Result<string>;
}

/** `v1.` and base64url of: nonce 12 | AES-256-GCM ciphertext | tag 16. Random nonces are good for 2³² texts under one key (SP 800-38D §8.3). */
const VERSION = 'v1.';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const BOX_KEY_BYTES = 32;

/** @param key 32 bytes, kept for as long as the box is */
export function createSecretBox(key: Uint8Array): SecretBox {
  if (key.length !== BOX_KEY_BYTES) throw new RangeError(`a workspace key has ${BOX_KEY_BYTES} bytes, not ${key.length}`);
  const own = Buffer.from(key);
  return {
    seal: (text, context) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', own, nonce).setAAD(Buffer.from(VERSION + context, 'utf8'));
      const body = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final()]);
      return VERSION + Buffer.concat([body, cipher.getAuthTag()]).toString('base64url');
    },
    open: (sealed, context) => {
      const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url');
      if (!sealed.startsWith(VERSION) || bytes.length < NONCE_BYTES + TAG_BYTES) return failed('crypto.sealed-form');
      const tagAt = bytes.length - TAG_BYTES;
      const decipher = createDecipheriv('aes-256-gcm', own, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(VERSION + context, 'utf8')).setAuthTag(bytes.subarray(tagAt));
      try {
        return done(Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, tagAt)), decipher.final()]).toString('utf8'));
      } catch {
        return failed('crypto.sealed-foreign', { context });
      }
    },
  };
}
