import { Signal } from './signal.ts';

/** Rows that a live list keeps in memory; older ones are asked for again. */
export const LIVE_ROWS = 5000;

export interface LiveView<T> {
  /** Newest first. */
  readonly rows: readonly T[];
  readonly held: boolean;
  /** Rows that came while the list was held still. */
  readonly missed: number;
}

/** A live list that can be held still: held, it does no work except counting. */
export class LiveList<T> {
  readonly view = new Signal<LiveView<T>>({ rows: [], held: false, missed: 0 });
  readonly #key: (row: T) => string | number;
  readonly #limit: number;
  #waiting: readonly T[] = [];

  /** `key` names the row that a later one with the same key replaces. */
  constructor(key: (row: T) => string | number, limit: number = LIVE_ROWS) {
    this.#key = key;
    this.#limit = limit;
  }

  /** New rows, newest first. */
  push(rows: readonly T[], skipped = 0): void {
    if (rows.length === 0 && skipped === 0) return;
    const view = this.view.get();
    if (view.held) {
      const known = new Set([...view.rows, ...this.#waiting].map(this.#key));
      const fresh = rows.filter((row) => !known.has(this.#key(row))).length;
      this.#waiting = this.#merge(rows, this.#waiting);
      if (fresh + skipped > 0) this.view.set({ ...view, missed: view.missed + fresh + skipped });
      return;
    }
    this.view.set({ ...view, rows: this.#merge(rows, view.rows) });
  }

  /** Rows that are older than those shown. */
  older(rows: readonly T[]): void {
    const view = this.view.get();
    this.view.set({ ...view, rows: this.#merge(view.rows, rows) });
  }

  replace(rows: readonly T[]): void {
    this.#waiting = [];
    this.view.set({ ...this.view.get(), rows: this.#merge(rows, []), missed: 0 });
  }

  hold(held: boolean): void {
    const view = this.view.get();
    if (view.held === held) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.view.set(held ? { ...view, held } : { rows: this.#merge(waiting, view.rows), held, missed: 0 });
  }

  #merge(newer: readonly T[], older: readonly T[]): readonly T[] {
    const keys = new Set<string | number>();
    const rows: T[] = [];
    for (const row of [...newer, ...older]) {
      const key = this.#key(row);
      if (keys.has(key)) continue;
      keys.add(key);
      rows.push(row);
      if (rows.length === this.#limit) break;
    }
    return rows;
  }
}
