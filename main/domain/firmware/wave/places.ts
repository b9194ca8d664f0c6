import type { Mac } from '../../../../common/values/mac.ts';
import type { WaveSettings } from './settings.ts';

/** What is measured of all phones that load. */
export interface Load {
  /** Rates of phones that have loaded for a whole span, any order. */
  readonly rates: readonly number[];
  readonly total: number;
  readonly loading: number;
  /** Phones that could be told if there were a place. */
  readonly waiting: number;
  /** Bytes a second of the card, null where the system does not tell. */
  readonly capacity: number | null;
}

/** After a change, rates need a whole span until they tell what it did. */
const SETTLE_MS = 6000;
/** Two phones that fall silent together point at the network; one points at itself. */
const SILENT_TOGETHER = 2;

/**
 * How many phones may load at once: grows while all are fast, shrinks when they are starved, never cuts one off. Between
 * the floor and twice the floor it stays, so that it does not swing.
 */
export class Places {
  count: number;
  #changedAt = -Infinity;
  #hasShrunk = false;
  #silent = new Map<Mac, number>();

  constructor(count: number) {
    this.count = count;
  }

  /** A transfer ended by silence. */
  brokeOff(mac: Mac, now: number): void {
    this.#silent.set(mac, now);
  }

  /** No more than the card can feed, whatever was measured before. */
  limit(capacity: number | null, settings: WaveSettings): void {
    const ceiling = ceilingOf(capacity, settings);
    this.count = Math.max(Math.min(this.count, ceiling), Math.min(settings.least, ceiling));
  }

  /** False while the last change cannot be judged yet. */
  isDue(now: number): boolean {
    return now - this.#changedAt >= SETTLE_MS || now < this.#changedAt;
  }

  adapt(load: Load, now: number, settings: WaveSettings): void {
    this.limit(load.capacity, settings);
    if (!this.isDue(now)) return;
    const next = this.#next(load, now, settings);
    if (next === this.count) return;
    if (next < this.count) this.#hasShrunk = true;
    this.count = next;
    this.limit(load.capacity, settings);
    this.#changedAt = now;
    this.#silent.clear();
  }

  #next(load: Load, now: number, settings: WaveSettings): number {
    for (const [mac, at] of this.#silent) if (now - at > 2 * SETTLE_MS) this.#silent.delete(mac);
    const { slowest, hasSlowOne } = slowestOf(load.rates);
    // Silence of several at once is loss on the way: fewer phones, whatever the rates of the others are.
    const lossy = this.#silent.size >= Math.max(SILENT_TOGETHER, load.loading / 8);
    // A starved phone times out. A quarter less frees a third more for each that stays; a half would idle the card.
    if (lossy || (slowest !== null && slowest < settings.floorRate)) {
      return Math.min(this.count, Math.max(settings.least, Math.floor(Math.min(this.count, Math.max(load.loading, 1)) * 0.75)));
    }
    // Nothing measured, or the limit does not bind: a larger one would be a guess.
    if (slowest === null || hasSlowOne || load.waiting === 0 || load.loading < this.count / 2) return this.count;
    // At twice the floor the phones there are could double in number, and each would still be above it.
    if (slowest <= 2 * settings.floorRate) return this.count;
    const spare = load.capacity === null ? Infinity : Math.floor((load.capacity - load.total) / settings.floorRate);
    if (spare < 1) return this.count;
    // Doubling finds the size of a card in a few spans. Once it was too much, the size is near: one at a time from then on.
    return this.count + Math.min(this.#hasShrunk ? 1 : this.count, spare);
  }
}

/**
 * The slowest rate, without phones that are far below all others: those have a trouble of their own (a bad cable, a slow
 * flash), which fewer phones on the card would not mend. While there is one, nobody new is added all the same.
 */
function slowestOf(rates: readonly number[]): { readonly slowest: number | null; readonly hasSlowOne: boolean } {
  if (rates.length === 0) return { slowest: null, hasSlowOne: false };
  const sorted = rates.toSorted((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 0;
  const ordinary = sorted.length < 4 ? sorted : sorted.filter((rate) => rate >= median / 4);
  return { slowest: ordinary[0] ?? null, hasSlowOne: ordinary.length < sorted.length };
}

function ceilingOf(capacity: number | null, { floorRate, most }: WaveSettings): number {
  return capacity === null ? most : Math.min(most, Math.max(1, Math.floor(capacity / floorRate)));
}
