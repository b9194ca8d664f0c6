import { LIVE_ROWS, LiveList } from '../../model/live-list.ts';
import { Signal } from '../../model/signal.ts';

/** How far a list is. `more`: the host has older rows. */
export interface ListState {
  readonly loading: boolean;
  readonly more: boolean;
  readonly failure: unknown;
}

export interface PagedListNeeds<Row> {
  /** Position in the record; older rows have smaller ones. */
  readonly position: (row: Row) => number;
  /** Rows with one key are one: the newest stays. */
  readonly key: (row: Row) => string | number;
  /** One page, newest first, of rows older than `before`. */
  readonly load: (before: number | undefined) => Promise<{ readonly rows: readonly Row[]; readonly more: boolean }>;
  readonly passes: (row: Row) => boolean;
}

/** A filter of ours may leave nothing of a page; this many are read at once before a person scrolls on. */
const ROUNDS = 5;

/** A live list with its older rows: newest first, read by page, judged by one filter. */
export class PagedList<Row> {
  readonly live: LiveList<Row>;
  readonly state = new Signal<ListState>({ loading: true, more: false, failure: null });
  readonly #needs: PagedListNeeds<Row>;
  #cursor: number | undefined;
  #generation = 0;

  constructor(needs: PagedListNeeds<Row>) {
    this.#needs = needs;
    this.live = new LiveList(needs.key);
  }

  /** New rows in any order. */
  push(rows: readonly Row[], skipped = 0): void {
    const { passes, position } = this.#needs;
    this.live.push(rows.filter(passes).toSorted((a, b) => position(b) - position(a)), skipped);
  }

  /** Reads the newest page again; rows of an earlier question that come late are dropped. */
  async reload(): Promise<void> {
    this.#generation += 1;
    this.#cursor = undefined;
    await this.#read(true);
  }

  /** Reads on behind the last row. */
  async older(): Promise<void> {
    const { loading, more } = this.state.get();
    if (loading || !more || this.full) return;
    await this.#read(false);
  }

  get full(): boolean {
    return this.live.view.get().rows.length >= LIVE_ROWS;
  }

  async #read(fresh: boolean): Promise<void> {
    const generation = this.#generation;
    const { load, passes, position } = this.#needs;
    this.state.set({ ...this.state.get(), loading: true, failure: null });
    const found: Row[] = [];
    let more = true;
    try {
      for (let round = 0; round < ROUNDS && more && found.length === 0; round += 1) {
        const page = await load(this.#cursor);
        if (generation !== this.#generation) return;
        const last = page.rows.at(-1);
        if (last !== undefined) this.#cursor = position(last);
        more = page.more && last !== undefined;
        found.push(...page.rows.filter(passes));
      }
      if (fresh) this.live.replace(found);
      else this.live.older(found);
      this.state.set({ loading: false, more, failure: null });
    } catch (failure) {
      if (generation === this.#generation) this.state.set({ loading: false, more: false, failure });
    }
  }
}
