import type { Failure } from '../../../common/values/failure.ts';
import { IKM_FORMS, type IkmForm } from '../../../common/values/protection.ts';
import { decodeAes128gcm, readHeader, type Aes128gcmHeader } from '../aes128gcm.ts';
import { readIkm } from '../ikm.ts';
import type { KeyVariant } from './key-variants.ts';

/** A key whose first record's tag holds. */
export interface CodedFit {
  readonly variant: KeyVariant;
  readonly form: IkmForm;
  /** Null when a later record was changed or the end is missing. */
  readonly plain: Uint8Array | null;
  /** `doctor.ece-record` or `doctor.ece-cut`. */
  readonly fault: Failure | null;
}

/** Bytes that may be run through the cipher in search of a key: a tenth of a second or two. */
const SEARCH_BYTES = 2 ** 27;
const LEAST_TRIES = 16;

/** Tries every variant in every form that it can be read in. */
export function openCoded(file: Uint8Array, variants: readonly KeyVariant[]): CodedFit | null {
  const header = readHeader(file);
  if (!header) return null;
  let tries = Math.max(LEAST_TRIES, SEARCH_BYTES / Math.min(header.recordSize, file.length));
  for (const variant of variants) {
    for (const form of variant.text === null ? [] : IKM_FORMS) {
      const ikm = readIkm(variant.text ?? '', form);
      if (!ikm.ok || ikm.value.length === 0) continue;
      if (tries-- <= 0) return null;
      const decoded = decodeAes128gcm(file, ikm.value);
      if (decoded.ok) return { variant, form, plain: decoded.value, fault: null };
      const { code, params } = decoded.failure;
      if (code !== 'crypto.ece-first') return { variant, form, plain: null, fault: { code: code.replace('crypto.', 'doctor.'), params } };
    }
  }
  return null;
}

/** A header as real encoders write it: a record size of at most 16 MB, a printable key id, records that come out even. Chance bytes pass once in 250 files. */
export function readLikelyHeader(file: Uint8Array): Aes128gcmHeader | null {
  const header = readHeader(file);
  if (!header || header.recordSize > 2 ** 24) return null;
  const rest = header.records.length % header.recordSize;
  const isEven = header.records.length > 16 && (rest === 0 || rest > 16);
  return isEven && header.keyId.every((byte) => byte >= 0x20 && byte < 0x7f) ? header : null;
}
