import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { done, failed, type Result } from '../../common/values/failure.ts';

export { readIkm } from './ikm.ts';

/**
 * RFC 8188, the content coding `aes128gcm`:
 *
 *     | salt 16 | rs, uint32 big endian | idlen 1 | keyid idlen | records, each rs bytes, the last one 17 to rs |
 *     record = AES-128-GCM(data | 0x01, in the last record 0x02 | zeros) | tag 16
 */
const SALT_BYTES = 16;
const FIXED_HEADER_BYTES = 21;
const TAG_BYTES = 16;
const NONCE_BYTES = 12;
/** One byte of data, the delimiter and the tag (§2). */
const LEAST_RECORD_SIZE = 18;
const LARGEST_RECORD_SIZE = 2 ** 32 - 1;
const NOT_LAST = 1;
const LAST = 2;

export interface Aes128gcmHeader {
  readonly salt: Uint8Array;
  readonly recordSize: number;
  readonly keyId: Uint8Array;
  readonly records: Uint8Array;
}

/** The header of a coded body, or null when it is too short or its record size below 18. Nothing in it can be recognised for sure. */
export function readHeader(file: Uint8Array): Aes128gcmHeader | null {
  if (file.length < FIXED_HEADER_BYTES) return null;
  const recordSize = new DataView(file.buffer, file.byteOffset, file.byteLength).getUint32(SALT_BYTES);
  const end = FIXED_HEADER_BYTES + (file[SALT_BYTES + 4] ?? 0);
  if (recordSize < LEAST_RECORD_SIZE || file.length < end) return null;
  return { salt: file.subarray(0, SALT_BYTES), recordSize, keyId: file.subarray(FIXED_HEADER_BYTES, end), records: file.subarray(end) };
}

/**
 * Encodes a body, without padding.
 * @param options `keyId` up to 255 bytes of UTF-8, empty by default; `recordSize` 18 to 2³²-1 bytes, 4096 by default; `salt` 16 bytes, random by default
 */
export function encodeAes128gcm(
  plain: Uint8Array,
  ikm: Uint8Array,
  options: { readonly keyId?: string; readonly recordSize?: number; readonly salt?: Uint8Array } = {},
): Uint8Array {
  const { recordSize = 4096, salt = randomBytes(SALT_BYTES) } = options;
  const keyId = Buffer.from(options.keyId ?? '', 'utf8');
  if (!Number.isInteger(recordSize) || recordSize < LEAST_RECORD_SIZE || recordSize > LARGEST_RECORD_SIZE) throw new RangeError(`record size ${recordSize}`);
  if (salt.length !== SALT_BYTES || keyId.length > 255) throw new RangeError('a salt has 16 bytes, a key id at most 255');
  const header = Buffer.alloc(FIXED_HEADER_BYTES);
  header.set(salt);
  header.writeUInt32BE(recordSize, SALT_BYTES);
  header[SALT_BYTES + 4] = keyId.length;
  const { key, nonce } = deriveKeys(ikm, salt);
  const room = recordSize - TAG_BYTES - 1;
  const parts: Uint8Array[] = [header, keyId];
  for (let at = 0, counter = 0; counter === 0 || at < plain.length; at += room, counter += 1) {
    const cipher = createCipheriv('aes-128-gcm', key, nonceOf(nonce, counter));
    const delimiter = Buffer.of(at + room < plain.length ? NOT_LAST : LAST);
    parts.push(cipher.update(plain.subarray(at, at + room)), cipher.update(delimiter), cipher.final(), cipher.getAuthTag());
  }
  return Buffer.concat(parts);
}

/**
 * Decodes a body. Every record is authenticated, and a body that lost its last record is refused (§2, truncation).
 * @param ikm the key, or who finds it by its id (null: unknown)
 * @returns `crypto.ece-header`, `crypto.ece-key-unknown` (keyId), `crypto.ece-first` (wrong key, or a damaged first record),
 * `crypto.ece-record` (record, counted from 1), `crypto.ece-cut` (records) when the end is missing
 */
export function decodeAes128gcm(file: Uint8Array, ikm: Uint8Array | ((keyId: string) => Uint8Array | null)): Result<Uint8Array> {
  const header = readHeader(file);
  if (!header) return failed('crypto.ece-header');
  const { salt, recordSize, records } = header;
  const keyId = Buffer.from(header.keyId).toString('utf8');
  const known = typeof ikm === 'function' ? ikm(keyId) : ikm;
  if (known === null) return failed('crypto.ece-key-unknown', { keyId });
  const { key, nonce } = deriveKeys(known, salt);
  const parts: Uint8Array[] = [];
  let isWhole = false;
  for (let at = 0, counter = 0; at < records.length; at += recordSize, counter += 1) {
    const data: OpenedRecord | null = isWhole ? null : openRecord(records.subarray(at, at + recordSize), key, nonceOf(nonce, counter));
    if (data === null) return counter === 0 ? failed('crypto.ece-first') : failed('crypto.ece-record', { record: counter + 1 });
    isWhole = data.isLast;
    parts.push(data.bytes);
  }
  return isWhole ? done(Buffer.concat(parts)) : failed('crypto.ece-cut', { records: parts.length });
}

interface OpenedRecord {
  readonly bytes: Uint8Array;
  readonly isLast: boolean;
}

/** One record without its padding, or null when the tag or the padding does not hold. */
function openRecord(record: Uint8Array, key: Uint8Array, nonce: Uint8Array): OpenedRecord | null {
  if (record.length <= TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-128-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(record.subarray(record.length - TAG_BYTES));
  const padded = decipher.update(record.subarray(0, record.length - TAG_BYTES));
  try {
    decipher.final();
  } catch {
    return null;
  }
  let end = padded.length - 1;
  while (end >= 0 && padded[end] === 0) end -= 1;
  const delimiter = padded[end];
  return delimiter === LAST || delimiter === NOT_LAST ? { bytes: padded.subarray(0, end), isLast: delimiter === LAST } : null;
}

/** §2.2 and §2.3. */
function deriveKeys(ikm: Uint8Array, salt: Uint8Array): { readonly key: Uint8Array; readonly nonce: Uint8Array } {
  const derive = (info: string, length: number): Uint8Array => new Uint8Array(hkdfSync('sha256', ikm, salt, Buffer.from(info, 'latin1'), length));
  return { key: derive('Content-Encoding: aes128gcm\0', 16), nonce: derive('Content-Encoding: nonce\0', NONCE_BYTES) };
}

/** §2.3: the record's number, 96 bits big endian, over the first nonce. Files here end far below 2³² records. */
function nonceOf(first: Uint8Array, counter: number): Uint8Array {
  const nonce = Uint8Array.from(first);
  const view = new DataView(nonce.buffer);
  view.setUint32(NONCE_BYTES - 4, (view.getUint32(NONCE_BYTES - 4) ^ counter) >>> 0);
  return nonce;
}
