/** Refusals that one address may put into the evidence: at once, and then each second. 1,000 phones try six names each. */
const BURST = 6_000;
const RATE = 50;
const MOST_ADDRESSES = 1_024;

interface Bucket {
  left: number;
  at: number;
}

/** Keeps a scanner that asks for thousands of names from filling the record: beyond the bound refusals are only counted. */
export class Flood {
  private readonly buckets = new Map<string, Bucket>();

  allows(address: string, now: number): boolean {
    const bucket = this.buckets.get(address) ?? { left: BURST, at: now };
    bucket.left = Math.min(BURST, bucket.left + (Math.max(0, now - bucket.at) * RATE) / 1_000);
    bucket.at = now;
    this.buckets.delete(address);
    this.buckets.set(address, bucket);
    const oldest = this.buckets.size > MOST_ADDRESSES ? this.buckets.keys().next().value : undefined;
    if (oldest !== undefined) this.buckets.delete(oldest);
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  }
}
