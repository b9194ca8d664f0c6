import { createHmac, timingSafeEqual } from 'node:crypto';

export interface NonceKeys {
  /** Secret of this run, 32 bytes. */
  readonly key: Uint8Array;
  random(bytes: number): Uint8Array;
}

export type NonceVerdict = 'good' | 'stale' | 'forged';

const LIFETIME_MS = 300_000;
/** Used nonces that are remembered with their highest count; the oldest is forgotten first and is stale from then on. */
const REMEMBERED = 4_096;
const TIME = 8;
const SALT = 8;
const MAC = 16;

/**
 * Nonces of RFC 7616 §3.3: they carry their own time and a MAC over realm and time, so that an unanswered challenge
 * costs no memory. A count that does not grow (§3.3, nc) is a replay and is treated as stale.
 */
export class Nonces {
  private readonly counts = new Map<string, number>();
  private forgottenBefore = -Infinity;
  private readonly keys: NonceKeys;

  constructor(keys: NonceKeys) {
    this.keys = keys;
  }

  issue(realm: string, now: number): string {
    const bytes = Buffer.alloc(TIME + SALT);
    bytes.writeDoubleBE(now, 0);
    bytes.set(this.keys.random(SALT), TIME);
    return Buffer.concat([bytes, this.mac(bytes, realm)]).toString('base64url');
  }

  /** `count` null: a client that does not count (RFC 2069). */
  judge(nonce: string, realm: string, count: number | null, now: number): NonceVerdict {
    const bytes = Buffer.from(nonce, 'base64url');
    if (bytes.length !== TIME + SALT + MAC) return 'forged';
    const head = bytes.subarray(0, TIME + SALT);
    if (!timingSafeEqual(bytes.subarray(TIME + SALT), this.mac(head, realm))) return 'forged';
    const issuedAt = head.readDoubleBE(0);
    if (issuedAt > now || now - issuedAt > LIFETIME_MS || issuedAt < this.forgottenBefore) return 'stale';
    if (count === null) return 'good';
    const highest = this.counts.get(nonce) ?? 0;
    if (count <= highest) return 'stale';
    this.remember(nonce, count, issuedAt);
    return 'good';
  }

  private remember(nonce: string, count: number, issuedAt: number): void {
    this.counts.delete(nonce);
    this.counts.set(nonce, count);
    if (this.counts.size <= REMEMBERED) return;
    const oldest = this.counts.keys().next().value;
    if (oldest === undefined) return;
    this.counts.delete(oldest);
    // Forgetting a count must not open it to replay: everything as old as that nonce is stale now.
    const at = Buffer.from(oldest, 'base64url').readDoubleBE(0);
    if (at < issuedAt) this.forgottenBefore = Math.max(this.forgottenBefore, at + 1);
  }

  private mac(head: Uint8Array, realm: string): Buffer {
    return createHmac('sha256', this.keys.key).update(head).update(realm, 'utf8').digest().subarray(0, MAC);
  }
}
