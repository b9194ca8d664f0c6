/** How much each sender may ask: a bucket of `burst` that refills with `rate` a second. */
export interface AllowanceLimits {
  readonly rate: number;
  readonly burst: number;
  /** Senders that are remembered; the one silent for longest is forgotten first. */
  readonly senders: number;
}

interface Bucket {
  left: number;
  filledAt: number;
}

/** One allowance for each address. A made-up sender costs its place in a list of fixed length and nothing else. */
export class Allowances {
  private readonly buckets = new Map<string, Bucket>();
  private readonly limits: AllowanceLimits;

  constructor(limits: AllowanceLimits) {
    this.limits = limits;
  }

  /** @param at milliseconds; a clock that jumps back only costs the refill. */
  take(address: string, at: number): boolean {
    const { rate, burst, senders } = this.limits;
    const bucket = this.buckets.get(address) ?? { left: burst, filledAt: at };
    // Behind all others again: the order of the map is that of last use.
    this.buckets.delete(address);
    this.buckets.set(address, bucket);
    if (this.buckets.size > senders) this.forgetOldest();
    bucket.left = Math.min(burst, bucket.left + (Math.max(0, at - bucket.filledAt) * rate) / 1000);
    bucket.filledAt = at;
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  }

  private forgetOldest(): void {
    const [oldest] = this.buckets.keys();
    if (oldest !== undefined) this.buckets.delete(oldest);
  }
}
