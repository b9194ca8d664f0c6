const SPAN_S = 5;
const SLOTS = SPAN_S + 1;
/** How a transfer begins (the first window, a flash that is erased) says little of how it goes on. */
const WARM_S = 3;
/** A rate over less than half a second is the size of a burst and nothing else. */
const SHORTEST_S = 0.5;

/** Bytes a second over the last five seconds, in slots of one second: constant memory, however often bytes are reported. */
export class Meter {
  readonly startedAt: number;
  readonly #slots = new Float64Array(SLOTS);
  #second: number;

  constructor(now: number) {
    this.startedAt = now;
    this.#second = Math.floor(now / 1000);
  }

  add(bytes: number, now: number): void {
    this.#turn(now);
    const slot = this.#second % SLOTS;
    this.#slots[slot] = (this.#slots[slot] ?? 0) + bytes;
  }

  rate(now: number): number {
    const second = Math.floor(now / 1000);
    const passed = (now - this.startedAt) / 1000;
    let bytes = 0;
    for (let back = 0; back < SLOTS; back += 1) {
      const at = this.#second - back;
      if (at > second - SLOTS && at >= 0) bytes += this.#slots[at % SLOTS] ?? 0;
    }
    const span = Math.min(passed, SPAN_S + (now / 1000 - second));
    return Math.round(bytes / Math.max(span, SHORTEST_S));
  }

  /** True when its rate tells more than how the transfer began. */
  isWarm(now: number): boolean {
    return now - this.startedAt >= WARM_S * 1000;
  }

  #turn(now: number): void {
    const second = Math.floor(now / 1000);
    if (second <= this.#second) return;
    for (let at = Math.max(this.#second + 1, second - SLOTS + 1); at <= second; at += 1) this.#slots[at % SLOTS] = 0;
    this.#second = second;
  }
}
