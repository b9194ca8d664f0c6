/** Lets each key through once in a while, so that one noisy peer is one row and not ten thousand. Bounded. */
export class Once {
  private readonly seen = new Map<string, number>();
  private readonly everyMs: number;
  private readonly most: number;

  constructor(everyMs = 60_000, most = 1_024) {
    this.everyMs = everyMs;
    this.most = most;
  }

  allows(key: string, now: number): boolean {
    const last = this.seen.get(key);
    if (last !== undefined && now >= last && now - last < this.everyMs) return false;
    this.seen.delete(key);
    this.seen.set(key, now);
    const oldest = this.seen.size > this.most ? this.seen.keys().next().value : undefined;
    if (oldest !== undefined) this.seen.delete(oldest);
    return true;
  }
}
