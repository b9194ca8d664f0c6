import { addSample, median, quantile, type Samples } from './measures.ts';

/** So much of the best total must move for slow phones to mean that the card is full. */
const NEAR_BEST = 0.7;
/** Phones that load at this share of their own speed are held up by the card, not by themselves. */
const HELD_UP = 0.7;
/** Fewer phones than this tell nothing of the card. */
const FEW = 4;
/** Looks, one a second, over which a rate must last. */
const LASTING = 6;
const MOST_LOADS = 64;

export interface SavedCard {
  readonly paces: readonly (readonly [string, Samples])[];
  readonly best: number;
  readonly isFull: boolean;
}

/** What phones took, and what moved in total, while the bench had a card of one speed. Rates in bytes a second. */
export class CardMemory {
  /** The highest total that was seen. */
  best: number;
  /** True once phones were held up at about the best total: then that is what the card carries. */
  isFull: boolean;
  /** The highest rate that most phones had. */
  #peak = 0;
  #recent: readonly { readonly middle: number; readonly total: number }[] = [];
  readonly #paces: Map<string, Samples>;

  constructor(saved: SavedCard = { paces: [], best: 0, isFull: false }) {
    this.best = saved.best;
    this.isFull = saved.isFull;
    this.#paces = new Map(saved.paces);
  }

  /** A phone took its files of this load at this rate, from its first request to the end of its last image. */
  learn(load: string, rate: number): void {
    const known = this.#paces.get(load) ?? [];
    this.#paces.delete(load);
    this.#paces.set(load, addSample(known, rate));
    for (const oldest of this.#paces.keys()) {
      if (this.#paces.size <= MOST_LOADS) break;
      this.#paces.delete(oldest);
    }
  }

  /** Looks at what moves now. @param rates of phones that have loaded long enough to be judged */
  see(rates: readonly number[], total: number): void {
    const middle = median(rates);
    if (middle === null) {
      this.#recent = [];
      return;
    }
    this.#recent = [...this.#recent, { middle, total }].slice(-LASTING);
    // A rate lags behind: of phones that have just been joined by others it is still that of before.
    if (this.#recent.length < LASTING) return;
    const steady = Math.min(...this.#recent.map((each) => each.total));
    if (steady > this.best * 1.1) this.isFull = false;
    this.best = Math.max(this.best, steady);
    this.#peak = Math.max(this.#peak, Math.min(...this.#recent.map((each) => each.middle)));
    const own = Math.max(this.#peak, this.pace(null) ?? 0);
    if (rates.length >= FEW && steady >= NEAR_BEST * this.best && middle < HELD_UP * own) this.isFull = true;
  }

  /** How fast a phone goes when the card does not hold it up; by other loads where this one was never taken. null before the first. */
  pace(load: string | null): number | null {
    const own = load === null ? undefined : this.#paces.get(load);
    return quantile(own ?? [...this.#paces.values()].flat(), 0.75);
  }

  /** Those of a load, or of all where it was never taken. */
  samples(load: string): Samples {
    return this.#paces.get(load) ?? [...this.#paces.values()].flat();
  }

  save(): SavedCard {
    return { paces: [...this.#paces], best: this.best, isFull: this.isFull };
  }
}
