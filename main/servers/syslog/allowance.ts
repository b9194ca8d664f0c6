/** A bucket of `burst` that refills with `rate` a second: bounds what a flood may cause, never what phones do. */
export class Allowance {
  private left: number;
  private filledAt = -Infinity;
  private readonly rate: number;
  private readonly burst: number;

  constructor(rate: number, burst: number) {
    this.rate = rate;
    this.burst = burst;
    this.left = burst;
  }

  /** `at` in milliseconds; a clock that jumps back only costs the refill. */
  take(at: number): boolean {
    const passed = Math.max(0, at - this.filledAt);
    this.left = Math.min(this.burst, this.left + (passed * this.rate) / 1_000);
    this.filledAt = at;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
