import type { Mac } from '../../../../common/values/mac.ts';
import type { Movement } from './events.ts';
import { Meter } from './meter.ts';

/** A phone that asks for image after image has gaps; it loads until it was idle so long, milliseconds. */
export const IDLE_MS = 5000;

/** A report of progress may come after the end that it was gathered before: so many ends are remembered. */
const MOST_ENDED = 4096;

interface Transfer {
  readonly mac: Mac;
  readonly file: string;
  bytes: number;
  /** Of the whole file, as it was when the phone asked: a resumed part may be told with its own size later. */
  readonly total: number | null;
  movedAt: number;
}

interface Loader {
  readonly exchanges: Map<string, Transfer>;
  readonly meter: Meter;
  activeAt: number;
}

/** Firmware that moves now, of every phone, in a wave or not. */
export class Transfers {
  readonly #loaders = new Map<Mac, Loader>();
  readonly #ended = new Set<string>();

  /** Begins a transfer, or takes how far it is. A resumed range counts from where it begins. */
  move({ mac, exchange, file, bytes, total }: Movement, now: number): void {
    if (this.#ended.has(exchange)) return;
    const loader = this.#loaderOf(mac, now);
    const known = loader.exchanges.get(exchange);
    loader.activeAt = now;
    if (!known) {
      loader.exchanges.set(exchange, { mac, file, bytes, total, movedAt: now });
      return;
    }
    if (bytes > known.bytes) {
      loader.meter.add(bytes - known.bytes, now);
      known.movedAt = now;
      known.bytes = bytes;
    }
  }

  /** @returns how it stood; null when this exchange is not known: it ended before, or belongs to the time before a restart */
  end(movement: Movement, now: number): Readonly<Transfer> | null {
    const known = this.#loaders.get(movement.mac)?.exchanges.get(movement.exchange) ?? null;
    if (known) this.move(movement, now);
    this.#ended.add(movement.exchange);
    for (const oldest of this.#ended) {
      if (this.#ended.size <= MOST_ENDED) break;
      this.#ended.delete(oldest);
    }
    this.#loaders.get(movement.mac)?.exchanges.delete(movement.exchange);
    return known;
  }

  /** Size of the whole file that this is of, as far as it is known. */
  totalOf({ mac, exchange, total }: Movement): number | null {
    return this.#loaders.get(mac)?.exchanges.get(exchange)?.total ?? total;
  }

  /** False for a report that comes after the end. */
  isOpen(exchange: string): boolean {
    return !this.#ended.has(exchange);
  }

  /** The phone restarted or left: nothing of it moves any more. */
  drop(mac: Mac): void {
    this.#loaders.delete(mac);
  }

  isActive(mac: Mac): boolean {
    return (this.#loaders.get(mac)?.exchanges.size ?? 0) > 0;
  }

  hasFile(mac: Mac, file: string): boolean {
    for (const transfer of this.#loaders.get(mac)?.exchanges.values() ?? []) if (transfer.file === file) return true;
    return false;
  }

  /** The file that moved last, of those under way. */
  current(mac: Mac): Readonly<Transfer> | null {
    let best: Transfer | null = null;
    for (const transfer of this.#loaders.get(mac)?.exchanges.values() ?? []) if (!best || transfer.movedAt >= best.movedAt) best = transfer;
    return best;
  }

  /** Bytes a second of one phone. */
  rate(mac: Mac, now: number): number {
    const loader = this.#loaders.get(mac);
    return loader && loader.exchanges.size > 0 ? loader.meter.rate(now) : 0;
  }

  /** Rates of phones that have loaded long enough to be judged. */
  warmRates(now: number): number[] {
    const rates: number[] = [];
    for (const { exchanges, meter } of this.#loaders.values()) if (exchanges.size > 0 && meter.isWarm(now)) rates.push(meter.rate(now));
    return rates;
  }

  totalRate(now: number): number {
    let total = 0;
    for (const { exchanges, meter } of this.#loaders.values()) if (exchanges.size > 0) total += meter.rate(now);
    return total;
  }

  /** Phones with something under way, and those that are between two images. */
  *loaders(now: number): Iterable<{ readonly mac: Mac; readonly active: boolean; readonly activeAt: number }> {
    for (const [mac, { exchanges, activeAt }] of this.#loaders) {
      if (exchanges.size > 0 || now - activeAt < IDLE_MS) yield { mac, active: exchanges.size > 0, activeAt };
    }
  }

  /** Forgets loaders that are idle, and ends what has not moved since `before`. @returns phones whose transfers all stood still */
  sweep(before: number, now: number): readonly Mac[] {
    const stalled: Mac[] = [];
    for (const [mac, { exchanges, activeAt }] of this.#loaders) {
      if (exchanges.size === 0 && now - activeAt >= IDLE_MS) this.#loaders.delete(mac);
      if (exchanges.size === 0) continue;
      for (const [exchange, { movedAt }] of exchanges) if (movedAt <= before) exchanges.delete(exchange);
      if (exchanges.size === 0) stalled.push(mac);
    }
    return stalled;
  }

  /** When the oldest transfer last moved; Infinity when nothing is under way. */
  oldest(): number {
    let oldest = Infinity;
    for (const { exchanges } of this.#loaders.values()) for (const { movedAt } of exchanges.values()) oldest = Math.min(oldest, movedAt);
    return oldest;
  }

  /** The clock jumped or the cable was out: rates begin anew, and nothing has stood still. */
  restart(now: number): void {
    for (const [mac, loader] of this.#loaders) {
      for (const transfer of loader.exchanges.values()) transfer.movedAt = now;
      this.#loaders.set(mac, { exchanges: loader.exchanges, meter: new Meter(now), activeAt: now });
    }
  }

  #loaderOf(mac: Mac, now: number): Loader {
    const known = this.#loaders.get(mac);
    if (known) return known;
    const made: Loader = { exchanges: new Map(), meter: new Meter(now), activeAt: now };
    this.#loaders.set(mac, made);
    return made;
  }
}
