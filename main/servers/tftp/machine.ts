/**
 * What both directions of a transfer share. `sending.ts` is the read request, `receiving.ts` the write request; both are
 * pure: (state, event, now) → { state, effects, wakeAt }. Blocks are counted 1, 2, 3 … without rolling over; only the
 * codec knows that the wire has 16 bits. Times are milliseconds of a clock that never jumps.
 */
export interface Step<State, Effect> {
  readonly state: State;
  readonly effects: readonly Effect[];
  /** Call again with `tick` at this time unless something happens before; Infinity when nothing is awaited. */
  readonly wakeAt: number;
}

/** How a transfer ended, as far as the wire can tell. */
export type Ending =
  /** Every block was acknowledged. */
  | { readonly kind: 'delivered' }
  /** Everything was sent and the other side had answered before; only its last acknowledgement lacks. */
  | { readonly kind: 'unconfirmed' }
  /** Nothing was heard for too long: `never` when not one packet came after the request. */
  | { readonly kind: 'silent'; readonly never: boolean }
  /** The other side sent an ERROR. */
  | { readonly kind: 'aborted'; readonly error: number; readonly message: string }
  /** A write that grew above its limit. */
  | { readonly kind: 'too-large' }
  /** A write whose last block is stored and acknowledged. */
  | { readonly kind: 'received' };

/** A transfer ends by silence, never by a number of tries: from a 20 ms timer six tries are over in a second. */
export const SILENCE = {
  /** Nothing heard since the request: a spoofed address or a phone that lost power. */
  unanswered: 10_000,
  /** In mid-transfer: longer than five tries of a phone's own 5 s timer. */
  moving: 30_000,
  /** All is sent, only the last acknowledgement lacks. Such a transfer counts against no limit. */
  last: 5_000,
  /** Words came, but not one block more was acknowledged: the same ACK for ever must not hold a place for ever. */
  stuck: 120_000,
} as const;

/** Distance from a block number of the wire to the counted block before it, 0–65,535. */
export function ahead(wire: number, block: number): number {
  return (wire - block) & 0xffff;
}

/**
 * The same request within this time of the phone's last word is an old packet that came late or twice: it says nothing between
 * its own timer's tries when it really begins anew, and then asks more than once.
 */
export const LATE_COPY = 1_000;

/** A client with a slow timer of its own (RFC 2349, seconds) gets four of its tries, two minutes at most. */
export function patienceFor(timeout: number | null): number {
  return Math.min(120_000, (timeout ?? 0) * 4_000);
}
