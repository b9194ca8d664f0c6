import { createHash, timingSafeEqual } from 'node:crypto';
import type { DigestAlgorithm } from './needs.ts';

/** What goes into the response of RFC 7616 §3.4.1. `qop` null is the form of RFC 2069, which old loads may use. */
export interface DigestInput {
  readonly algorithm: DigestAlgorithm;
  readonly user: string;
  readonly realm: string;
  readonly password: string;
  readonly method: string;
  readonly uri: string;
  readonly nonce: string;
  readonly qop: { readonly nc: string; readonly cnonce: string } | null;
}

/** Lower-case hex. */
export function digestResponse(input: DigestInput): string {
  const hash = (text: string): string => createHash(input.algorithm === 'MD5' ? 'md5' : 'sha256').update(text, 'utf8').digest('hex');
  const a1 = hash(`${input.user}:${input.realm}:${input.password}`);
  const a2 = hash(`${input.method}:${input.uri}`);
  const middle = input.qop === null ? input.nonce : `${input.nonce}:${input.qop.nc}:${input.qop.cnonce}:auth`;
  return hash(`${a1}:${middle}:${a2}`);
}

/** Compares without telling by its duration how much was right. */
export function sameSecret(given: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(given), digest(right));
}
