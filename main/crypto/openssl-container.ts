import { createCipheriv, createDecipheriv, createHash, pbkdf2Sync, randomBytes } from 'node:crypto';
import { done, failed, type Result } from '../../common/values/failure.ts';
import type { KeyDigest } from '../../common/values/protection.ts';

/**
 * The file of `openssl enc -aes-256-cbc -k PASSPHRASE`, which a phone opens with `--key`:
 *
 *     | "Salted__" 8 | salt 8 | AES-256-CBC ciphertext, PKCS#7 padded, a multiple of 16, never empty |
 *
 * Nothing in it says which digest made the key, and nothing protects it against change.
 */
const MAGIC = Buffer.from('Salted__', 'latin1');
const SALT_BYTES = 8;
const CONTAINER_HEADER_BYTES = MAGIC.length + SALT_BYTES;
export const BLOCK_BYTES = 16;

/** Key (32 bytes) and initialisation vector (16) of AES-256-CBC. */
export interface CbcKey {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

/** True when a file begins as the container does. */
export function isSalted(file: Uint8Array): boolean {
  return MAGIC.equals(file.subarray(0, MAGIC.length));
}

/** The salt and the ciphertext of a container; both may be shorter than they should be. */
export function splitContainer(file: Uint8Array): { readonly salt: Uint8Array; readonly ciphertext: Uint8Array } {
  return { salt: file.subarray(MAGIC.length, CONTAINER_HEADER_BYTES), ciphertext: file.subarray(CONTAINER_HEADER_BYTES) };
}

/**
 * Writes the container.
 * @param passphrase taken as its UTF-8 bytes
 * @param salt 8 bytes; random when left out, so that two files of one text differ
 */
export function opensslEncrypt(plain: Uint8Array, passphrase: string, digest: KeyDigest, salt: Uint8Array = randomBytes(SALT_BYTES)): Uint8Array {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt has ${SALT_BYTES} bytes, not ${salt.length}`);
  const { key, iv } = deriveKey(Buffer.from(passphrase, 'utf8'), salt, digest);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([MAGIC, salt, cipher.update(plain), cipher.final()]);
}

/**
 * Opens the container. The padding is all that can be checked here: of 256 wrong keys one passes, so the caller must look
 * at the content (`openPlaintext`).
 * @returns `crypto.not-salted`, `crypto.cut-block` or `crypto.wrong-key`
 */
export function opensslDecrypt(file: Uint8Array, passphrase: string, digest: KeyDigest): Result<Uint8Array> {
  if (!isSalted(file)) return failed('crypto.not-salted');
  const { salt, ciphertext } = splitContainer(file);
  if (!isWholeBlocks(ciphertext)) return failed('crypto.cut-block', { bytes: file.length });
  const plain = decryptCbc(ciphertext, deriveKey(Buffer.from(passphrase, 'utf8'), salt, digest));
  return plain === null ? failed('crypto.wrong-key') : done(plain);
}

/** True for a ciphertext of one block or more, none of them cut. */
export function isWholeBlocks(ciphertext: Uint8Array): boolean {
  return ciphertext.length >= BLOCK_BYTES && ciphertext.length % BLOCK_BYTES === 0;
}

/** EVP_BytesToKey of OpenSSL with one iteration: D1 = H(passphrase, salt), Dn = H(Dn-1, passphrase, salt), key and vector in a row. */
export function deriveKey(passphrase: Uint8Array, salt: Uint8Array, digest: KeyDigest): CbcKey {
  const parts: Buffer[] = [];
  let have = 0;
  while (have < 48) {
    const hash = createHash(digest);
    const before = parts.at(-1);
    if (before) hash.update(before);
    const part = hash.update(passphrase).update(salt).digest();
    parts.push(part);
    have += part.length;
  }
  const bytes = Buffer.concat(parts);
  return { key: bytes.subarray(0, 32), iv: bytes.subarray(32, 48) };
}

/** The plaintext of whole blocks, or null when the padding is not PKCS#7. */
export function decryptCbc(ciphertext: Uint8Array, { key, iv }: CbcKey): Uint8Array | null {
  const decipher = createDecipheriv('aes-256-cbc', key, iv);
  const body = decipher.update(ciphertext);
  try {
    return Buffer.concat([body, decipher.final()]);
  } catch {
    return null;
  }
}

/** Whole blocks as they come out, their padding left in. */
export function decryptBlocks(ciphertext: Uint8Array, { key, iv }: CbcKey): Uint8Array {
  const whole = ciphertext.subarray(0, ciphertext.length - (ciphertext.length % BLOCK_BYTES));
  return createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false).update(whole);
}

/** Key and vector of `openssl enc -pbkdf2` with its own defaults. Takes about 2 ms. */
export function derivePbkdf2(passphrase: Uint8Array, salt: Uint8Array): CbcKey {
  const bytes = pbkdf2Sync(passphrase, salt, 10_000, 48, 'sha256');
  return { key: bytes.subarray(0, 32), iv: bytes.subarray(32) };
}
