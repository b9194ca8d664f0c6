import { CLASSIC_BLOCK } from './options.ts';

/** How large a block may be for each peer: one frame of the card's, or what its path was seen to carry. */
export interface BlockLimits {
  /** Bytes in one block, 8–65,464. */
  of(peer: string): number;
  /** Blocks above 512 bytes never arrived there: small ones for ten minutes. */
  lost(peer: string): void;
}

/** RFC 2348. */
const MOST = 65_464;
/** An IPv6 header is 20 bytes longer than that of IPv4. */
const IPV6_MORE = 20;
const SMALL_FOR = 10 * 60_000;
const MOST_LEARNT = 256;

/**
 * `onCard`: the card's MTU − 32 (IPv4 header 20, UDP 8, TFTP 4). A larger block would travel in fragments, of which phones
 * and switches lose some; what stays inside this computer travels whole. `own`: the address that the server is bound to.
 */
export function openBlockLimits(own: string, onCard: number, clock: () => number): BlockLimits {
  const small = new Map<string, number>();
  const frame = Math.max(8, Math.min(MOST, own.includes(':') ? onCard - IPV6_MORE : onCard));
  return {
    of(peer) {
      const until = small.get(peer);
      if (until !== undefined && until > clock()) return CLASSIC_BLOCK;
      return peer === own || peer.startsWith('127.') || peer === '::1' ? MOST : frame;
    },
    lost(peer) {
      small.delete(peer);
      if (small.size >= MOST_LEARNT) for (const oldest of small.keys()) { small.delete(oldest); break; }
      small.set(peer, clock() + SMALL_FOR);
    },
  };
}
