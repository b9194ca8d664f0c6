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
  /** The highest total that was seen on this card. */
  readonly best: number;
}

/** After a change, rates need a whole span until they tell what it did. */
const SETTLE_MS = 6000;
/** So many phones that fall silent together point at the network; fewer point at themselves. */
const SILENT_TOGETHER = 3;
/** So far below the fastest one a phone is slow by itself. */
const OWN_TROUBLE = 1 / 8;
/** At less than this share of what the card has carried it is not the card that slows. */
const MUCH_ROOM = 1 / 4;
/** A quarter more phones bring so much more in total at least, where the card has room. */
const MORE = 1.05;
/** So long the least places may be held by slow phones before one more is tried. */
const PROBE_MS = 30_000;

/**
 * How many phones may load at once: grows while all are fast, shrinks when they are starved, never cuts one off. Between
 * the floor and twice the floor it stays, so that it does not swing.
 */
export class Places {
  count: number;
  #changedAt = -Infinity;
  #hasShrunk = false;
  /** Since when the least places are held by slow phones. */
  #stuckSince: number | null = null;
  #silent = new Map<Mac, number>();
  /** The total before the last places that were given for the room of the card; it must grow by them. */
  #before: number | null = null;
  /** It did not: the card carries less than it did. Asked again after a while. */
  #poorSince: number | null = null;

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

  /** Phones near the floor or under it while the card carries a small part of what it has carried: they are slow by themselves. */
  #hasRoom({ total, best, capacity }: Load, now: number, { floorRate }: WaveSettings): boolean {
    const carries = Math.min(best, capacity ?? Infinity);
    const isFarBelow = total < MUCH_ROOM * carries && carries - total > 2 * floorRate * Math.max(1, this.count >> 2);
    if (this.#before !== null && total < MORE * this.#before) this.#poorSince = now;
    this.#before = null;
    if (!isFarBelow || (this.#poorSince !== null && now - this.#poorSince >= PROBE_MS)) this.#poorSince = null;
    return isFarBelow && this.#poorSince === null;
  }

  #next(load: Load, now: number, settings: WaveSettings): number {
    for (const [mac, at] of this.#silent) if (now - at > 2 * SETTLE_MS) this.#silent.delete(mac);
    const slowest = slowestOf(load.rates);
    // At twice the floor the phones there are could double in number, and each would still be above it.
    const isFast = slowest !== null && slowest > 2 * settings.floorRate;
    // Silence of several at once is loss on the way, unless all others are fast meanwhile.
    const isLossy = !isFast && this.#silent.size >= Math.max(SILENT_TOGETHER, load.loading / 8);
    const hasRoom = !isLossy && this.#hasRoom(load, now, settings);
    if (hasRoom && slowest !== null && !isFast) {
      this.#stuckSince = null;
      if (load.waiting === 0 || load.loading < this.count) return this.count;
      this.#before = load.total;
      return this.count + Math.max(1, this.count >> 2);
    }
    // A starved phone times out. A quarter less frees a third more for each that stays; a half would idle the card.
    if (isLossy || (slowest !== null && slowest < settings.floorRate)) {
      const fewer = Math.min(this.count, Math.max(settings.least, Math.floor(Math.min(this.count, Math.max(load.loading, 1)) * 0.75)));
      // Few phones, all slow: is it the card, or they? One more tells, and only while there is none more than the least.
      const isStuck = fewer === this.count && load.waiting > 0 && load.loading === this.count;
      this.#stuckSince = isStuck ? (this.#stuckSince ?? now) : null;
      if (this.#stuckSince === null || now - this.#stuckSince < PROBE_MS) return fewer;
      this.#stuckSince = null;
      return this.count + 1;
    }
    this.#stuckSince = null;
    // Where the limit does not bind, a larger one would be a guess.
    if (!isFast || load.waiting === 0 || load.loading < this.count / 2) return this.count;
    const spare = load.capacity === null ? Infinity : Math.floor((load.capacity - load.total) / settings.floorRate);
    if (spare < 1) return this.count;
    // Doubling finds the size of a card in a few spans. Once it was too much, the size is near: small steps from then on.
    return this.count + Math.min(this.#hasShrunk ? Math.max(1, this.count >> 3) : this.count, spare);
  }
}

/**
 * The slowest rate, phones left out that are far below the fastest: those have a trouble of their own (a bad cable, a slow
 * flash), which fewer phones on the card would not mend. A card that is too small starves all alike.
 */
function slowestOf(rates: readonly number[]): number | null {
  const fastest = Math.max(...rates, 0);
  let slowest: number | null = null;
  for (const rate of rates) if (rate >= fastest * OWN_TROUBLE && (slowest === null || rate < slowest)) slowest = rate;
  return slowest;
}

function ceilingOf(capacity: number | null, { floorRate, most }: WaveSettings): number {
  return capacity === null ? most : Math.min(most, Math.max(1, Math.floor(capacity / floorRate)));
}
