import type { Failure } from '../../../common/values/failure.ts';
import { beginsAsXml, countCleanBlocks, holdsText } from '../content.ts';
import { isGzip } from '../gzip.ts';
import { BLOCK_BYTES, decryptBlocks, decryptCbc, deriveKey, derivePbkdf2, isWholeBlocks, type CbcKey } from '../openssl-container.ts';
import { beginsAsGzip, lookInside, type Inside } from './inside.ts';
import type { KeyVariant } from './key-variants.ts';

export type Derivation = 'md5' | 'sha256' | 'pbkdf2-sha256' | 'raw-key';

/** A key that fits: proven by what came out, whole or damaged. */
export interface Fit {
  readonly variant: KeyVariant;
  readonly derivation: Derivation;
  /** Null when the file is damaged. */
  readonly inside: Inside | null;
  /** What is wrong with a damaged file: `doctor.fits-…`. */
  readonly fault: Failure | null;
}

interface Ciphertext {
  /** 8 bytes; empty for a file without header. */
  readonly salt: Uint8Array;
  readonly bytes: Uint8Array;
  readonly cap: number;
}

interface Candidate {
  readonly variant: KeyVariant;
  readonly derivation: Derivation;
  readonly key: CbcKey;
}

/** 10,000 iterations take about 2 ms: only the likeliest accidents are tried. */
const MOST_PBKDF2 = 24;
const NO_VECTOR = new Uint8Array(BLOCK_BYTES);
/** As much as tells XML, gzip or text from chance. */
const PEEK_BYTES = 4 * BLOCK_BYTES;

/** Tries every derivation of every variant, cheap ones first. A fit that opens wins over one that is damaged. */
export function openSalted(file: Ciphertext, variants: readonly KeyVariant[]): Fit | null {
  let damaged: Fit | null = null;
  for (const { variant, derivation, key } of candidates(file.salt, variants)) {
    const fit = tryKey(file, key);
    if (!fit) continue;
    if (fit.inside) return { variant, derivation, ...fit };
    damaged ??= { variant, derivation, ...fit };
  }
  return damaged;
}

function* candidates(salt: Uint8Array, variants: readonly KeyVariant[]): Generator<Candidate> {
  for (const variant of variants) {
    if (salt.length > 0) {
      for (const derivation of ['md5', 'sha256'] as const) yield { variant, derivation, key: deriveKey(variant.bytes, salt, derivation) };
    }
    // `openssl enc -K HEX -iv 0`.
    if (variant.text !== null && /^[0-9a-f]{64}$/i.test(variant.text)) {
      yield { variant, derivation: 'raw-key', key: { key: Buffer.from(variant.text, 'hex'), iv: NO_VECTOR } };
    }
  }
  if (salt.length === 0) return;
  for (const variant of variants.slice(0, MOST_PBKDF2)) yield { variant, derivation: 'pbkdf2-sha256', key: derivePbkdf2(variant.bytes, salt) };
}

/** One key on one file, or null. Most wrong keys end after four blocks. */
export function tryKey({ bytes, cap }: Ciphertext, key: CbcKey): Pick<Fit, 'inside' | 'fault'> | null {
  if (!isPlausible(decryptBlocks(bytes.subarray(0, PEEK_BYTES), key))) return null;
  const isWhole = isWholeBlocks(bytes);
  const plain = isWhole ? decryptCbc(bytes, key) : null;
  const inside = plain && lookInside(plain, cap);
  if (inside?.isProof === true) return { inside, fault: null };
  const blocks = decryptBlocks(bytes, key);
  if (!holdsText(blocks) && !beginsAsGzip(blocks)) return null;
  return { inside: null, fault: faultOf(isWhole, inside, blocks) };
}

function faultOf(isWhole: boolean, inside: Inside | null, blocks: Uint8Array): Failure {
  if (!isWhole) return { code: 'doctor.fits-cut', params: {} };
  if (!inside) return { code: 'doctor.fits-end', params: {} };
  if (!isGzip(blocks) && !beginsAsXml(blocks)) return { code: 'doctor.fits-start', params: {} };
  return { code: inside.fault?.code === 'doctor.malformed' ? 'doctor.fits-malformed' : 'doctor.fits-gzip', params: inside.fault?.params ?? {} };
}

/** True for a beginning that XML, gzip or text could have. Blocks may be lost (changed bytes, an unknown vector), not all four. */
function isPlausible(start: Uint8Array): boolean {
  return isGzip(start) || beginsAsXml(start) || countCleanBlocks(start) > 0;
}
