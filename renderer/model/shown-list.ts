import type { Mac } from '../../common/values/mac.ts';
import type { BenchStore } from './bench-store.ts';
import { inOrder, matches, passes, type Filter, type Order } from './phone-filter.ts';
import { Signal } from './signal.ts';

export interface Wish {
  readonly filter: Filter;
  readonly text: string;
  readonly order: Order;
  readonly direction: 'up' | 'down';
  /** Only these phones: the ones of one cause of the worklist. */
  readonly only: { readonly id: string; readonly macs: ReadonlySet<Mac> } | null;
}

export const ALL: Wish = { filter: 'all', text: '', order: 'number', direction: 'up', only: null };

export interface ShownListNeeds {
  readonly later: (work: () => void, ms: number) => () => void;
  /** How long pointer and keyboard have been still, in milliseconds. */
  readonly stillFor: () => number;
}

const STILL_MS = 2000;

/**
 * The phones that the bench shows, in order. The list is a new array only when what is shown or its order changed. Under
 * an order that lives (state, last heard) rows wait until pointer and keyboard have been still for 2 s, then move once.
 */
export class ShownList {
  readonly macs = new Signal<readonly Mac[]>([]);
  readonly wish = new Signal<Wish>(ALL);
  readonly #bench: BenchStore;
  readonly #needs: ShownListNeeds;
  #order: readonly Mac[] = [];
  #waits = false;

  constructor(bench: BenchStore, needs: ShownListNeeds) {
    this.#bench = bench;
    this.#needs = needs;
    bench.macs.subscribe(() => this.#arrange());
    bench.shapes.subscribe(() => {
      this.#filter();
      if (this.wish.get().order !== 'number') this.#arrangeWhenStill();
    });
    this.wish.subscribe(() => this.#arrange());
    this.#arrange();
  }

  change(part: Partial<Wish>): void {
    this.wish.set({ ...this.wish.get(), ...part });
  }

  #arrange(): void {
    const { order, direction } = this.wish.get();
    this.#order = inOrder(this.#bench.all(), order, direction).map((phone) => phone.mac);
    this.#filter();
  }

  #arrangeWhenStill(): void {
    if (this.#waits) return;
    this.#waits = true;
    const wait = Math.max(100, STILL_MS - this.#needs.stillFor());
    this.#needs.later(() => {
      this.#waits = false;
      if (this.#needs.stillFor() < STILL_MS) this.#arrangeWhenStill();
      else this.#arrange();
    }, wait);
  }

  #filter(): void {
    const { filter, text, only } = this.wish.get();
    const shown = this.#order.filter((mac) => {
      const phone = this.#bench.phone(mac);
      return phone !== undefined && (only === null || only.macs.has(mac)) && passes(phone, filter) && matches(phone, text);
    });
    if (!sameOrder(shown, this.macs.get())) this.macs.set(shown);
  }
}

function sameOrder(a: readonly Mac[], b: readonly Mac[]): boolean {
  return a.length === b.length && a.every((mac, index) => mac === b[index]);
}
