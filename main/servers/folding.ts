/** Repeated questions told once a window, so that the record is not filled by one that asks every second. */
export interface FoldingLimits {
  readonly windowMs: number;
  /** Different questions that are remembered; beyond it the oldest is forgotten, and its count with it. */
  readonly keys: number;
  /** Tellings a second on average, and at once, whatever is asked: made-up questions are all different. */
  readonly rate: number;
  readonly burst: number;
}

export const FOLDING: FoldingLimits = { windowMs: 60_000, keys: 4096, rate: 50, burst: 500 };

/** Says which of many like events is told, and how many were passed over since the last that was. */
export class Folding {
  private readonly told = new Map<string, { at: number; again: number }>();
  private left: number;
  private filledAt = -Infinity;
  private readonly limits: FoldingLimits;
  /** Events that were never told by any row: beyond the rate. */
  unread = 0;

  constructor(limits: FoldingLimits = FOLDING) {
    this.limits = limits;
    this.left = limits.burst;
  }

  /** @returns how often the same was passed over since it was told last, or null when this one is passed over too. */
  take(key: string, at: number): number | null {
    const before = this.told.get(key);
    // A clock that jumps back begins a new window.
    if (before && at >= before.at && at - before.at < this.limits.windowMs) {
      before.again += 1;
      return null;
    }
    if (!this.mayTell(at)) {
      this.unread += 1;
      return null;
    }
    this.told.delete(key);
    this.told.set(key, { at, again: 0 });
    if (this.told.size > this.limits.keys) {
      const [oldest] = this.told.keys();
      if (oldest !== undefined) this.told.delete(oldest);
    }
    return before?.again ?? 0;
  }

  private mayTell(at: number): boolean {
    const { rate, burst } = this.limits;
    this.left = Math.min(burst, this.left + (Math.max(0, at - this.filledAt) * rate) / 1000);
    this.filledAt = at;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
