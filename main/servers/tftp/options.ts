import type { WireOptions } from './codec.ts';

/** What a transfer runs with, after both sides agreed. */
export interface Agreed {
  /** Bytes in one block, 8–65,464 (RFC 2348), never above the card's limit. */
  readonly blockSize: number;
  /** Blocks sent before an acknowledgement is awaited, 1–64 (RFC 7440 allows 65,535). */
  readonly window: number;
  /** Seconds, 1–255, when the client named its own retransmission time (RFC 2349). */
  readonly timeout: number | null;
  /** Size that a writer announced (RFC 2349); a claim, not a fact. */
  readonly announced: number | null;
  /** What the OACK tells; empty means that no OACK is sent and 512-byte blocks are used. */
  readonly answer: WireOptions;
}

/** The classic block of RFC 1350, and the only one that is sent without asking. */
export const CLASSIC_BLOCK = 512;

/**
 * Larger windows gain nothing measurable and make one lost packet dear: 64 blocks of 1,468 bytes are 94 KB in flight
 * for each phone. RFC 7440 §3 lets the server answer with less than was asked.
 */
export const MAX_WINDOW = 64;
/** Bytes in flight for one phone: more than this overflows the receive buffer of any client seen (208 KB on Linux). */
export const MAX_FLIGHT = 128 * 1024;

/**
 * Answers the options of a request. What cannot be granted is left out of the answer, which means "not used" (RFC 2347);
 * an error 8 would cost the phone its file. `size` is the transfer's length in bytes, or null for a write.
 */
export function negotiate(asked: WireOptions, limits: { readonly maxBlockSize: number }, size: number | null): Agreed {
  const answer = new Map<string, string>();
  let blockSize = CLASSIC_BLOCK;
  let window = 1;
  let timeout: number | null = null;
  let announced: number | null = null;
  for (const [name, value] of asked) {
    const number = decimal(value);
    if (number === null) continue;
    if (name === 'blksize' && number >= 8) {
      // 65,464 is the RFC's own limit; a client that asks for more still learns what it gets.
      blockSize = Math.min(number, 65_464, Math.max(limits.maxBlockSize, 8));
      answer.set(name, String(blockSize));
    } else if (name === 'windowsize' && number >= 1 && number <= 65_535) {
      window = Math.min(number, MAX_WINDOW);
      answer.set(name, '');
    } else if (name === 'timeout' && number >= 1 && number <= 255) {
      timeout = number;
      answer.set(name, String(number)); // must be echoed unchanged, RFC 2349
    } else if (name === 'tsize') {
      announced = number;
      answer.set(name, String(size ?? number));
    }
  }
  if (answer.has('windowsize')) {
    window = Math.max(1, Math.min(window, Math.floor(MAX_FLIGHT / blockSize)));
    answer.set('windowsize', String(window)); // keeps its place among the options
  }
  return { blockSize, window, timeout, announced, answer };
}

/** Digits only, at most 15 of them: no sign, no blank, no exponent, no hexadecimal. */
function decimal(value: string): number | null {
  return /^\d{1,15}$/.test(value) ? Number(value) : null;
}
