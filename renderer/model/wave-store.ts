import type { WaveEvent, WaveHead, WavesView } from '../../common/contract/views/wave.ts';
import type { Mac } from '../../common/values/mac.ts';
import { countWave, type WaveCounts, type WavePhone, type WaveRoom } from '../../common/values/wave.ts';
import { bench } from './bench.ts';
import { browserFrames, oncePerFrame, type FrameClock } from './frames.ts';
import { Signal } from './signal.ts';
import { Watchers } from './watchers.ts';

/** Wave and MAC: a phone may stand in an ended wave and in one that runs. */
export type WaveKey = `${number} ${Mac}`;

export interface WaveRow {
  readonly wave: number;
  readonly phone: WavePhone;
}

/** Rows on the screen that are drawn again in one frame: a whole table at once would be a task of over 50 ms. */
const MOST_SEEN = 12;
const NOBODY = countWave([]);

/**
 * What the host said last about waves, outside React. Deltas carry whole rows, so a newer one takes the place of one that
 * waits, and a backlog is never longer than the list of phones.
 */
export class WaveStore {
  readonly room = new Signal<WaveRoom | null>(null);
  readonly last = new Signal<WavesView['last']>(null);
  /** The waves that have not ended, or else the newest that has. */
  readonly waves = new Signal<readonly WaveHead[]>([]);
  /** Rows of these waves in the order of the host. A new array only when a phone comes or goes. */
  readonly keys = new Signal<readonly WaveKey[]>([]);
  readonly counts = new Signal<WaveCounts>(NOBODY);
  /** Grows when any row changed in more than its progress. */
  readonly shapes = new Signal(0);
  /** False before the first answer. */
  readonly known = new Signal(false);

  readonly #schedule: () => void;
  readonly #rows = new Map<WaveKey, WaveRow>();
  readonly #shown = new Map<WaveKey, WaveRow>();
  readonly #watchers = new Watchers<WaveKey>();
  readonly #progress = new Watchers<WaveKey, [WaveRow]>();
  #heads: readonly WaveHead[] = [];
  #waiting = new Map<WaveKey, WaveRow>();

  constructor(clock: FrameClock) {
    this.#schedule = oncePerFrame(clock, () => this.#frame());
  }

  apply(event: WaveEvent): void {
    if (event.kind === 'snapshot') {
      const { view } = event;
      this.#waiting = new Map();
      this.#rows.clear();
      this.#shown.clear();
      for (const { id, phones } of view.waves) for (const phone of phones) this.#put({ wave: id, phone });
      this.room.set(view.room);
      this.last.set(view.last);
      this.#setHeads(view.waves.map(({ phones: _, ...head }) => head));
      this.known.set(true);
      this.#watchers.tellAll();
      return;
    }
    this.room.set(event.room);
    this.last.set(event.last);
    for (const { wave, mac } of event.removed) {
      const key = waveKey(wave, mac);
      this.#waiting.delete(key);
      this.#rows.delete(key);
      this.#shown.delete(key);
      this.#watchers.tell(key);
    }
    for (const row of event.phones) this.#waiting.set(waveKey(row.wave, row.phone.mac), row);
    this.#heads = event.waves;
    this.#schedule();
  }

  /** The newest state of a row, its progress included. */
  row(key: WaveKey): WaveRow | undefined {
    return this.#rows.get(key);
  }

  /** The state as of the last change that was more than progress. */
  shape(key: WaveKey): WaveRow | undefined {
    return this.#shown.get(key);
  }

  head(id: number): WaveHead | undefined {
    return this.waves.get().find((head) => head.id === id);
  }

  watch(key: WaveKey, listener: () => void): () => void {
    return this.#watchers.add(key, listener);
  }

  watchProgress(key: WaveKey, listener: (row: WaveRow) => void): () => void {
    return this.#progress.add(key, listener);
  }

  #put(row: WaveRow): void {
    const key = waveKey(row.wave, row.phone.mac);
    this.#rows.set(key, row);
    this.#shown.set(key, row);
  }

  #frame(): void {
    let shaped = false;
    let seen = 0;
    for (const [key, row] of this.#waiting) {
      this.#waiting.delete(key);
      const before = this.#rows.get(key);
      this.#rows.set(key, row);
      if (before && onlyProgress(before.phone, row.phone)) {
        this.#progress.tell(key, row);
        continue;
      }
      this.#shown.set(key, row);
      shaped = true;
      if (this.#watchers.has(key)) seen += 1;
      this.#watchers.tell(key);
      if (seen >= MOST_SEEN) break;
    }
    this.#setHeads(this.#heads, shaped);
    if (this.#waiting.size > 0) this.#schedule();
  }

  #setHeads(heads: readonly WaveHead[], shaped = true): void {
    this.#heads = heads;
    this.#forget(new Set(heads.map(({ id }) => id)));
    const open = heads.filter(({ state }) => state !== 'ended');
    const shown = open.length > 0 ? open : heads.slice(-1);
    if (!sameHeads(shown, this.waves.get())) this.waves.set(shown);
    const ids = new Set(shown.map(({ id }) => id));
    const keys = [...this.#rows.entries()].flatMap(([key, { wave }]) => (ids.has(wave) ? [key] : []));
    const before = this.keys.get();
    if (keys.length !== before.length || keys.some((key, index) => key !== before[index])) this.keys.set(keys);
    else if (!shaped) return;
    this.counts.set(countWave(keys.flatMap((key) => this.#rows.get(key)?.phone ?? [])));
    this.shapes.set(this.shapes.get() + 1);
  }

  /** The host speaks of the newest ended wave only: the one before it goes without a word about its rows. */
  #forget(told: ReadonlySet<number>): void {
    for (const [key, { wave }] of this.#rows) {
      if (told.has(wave)) continue;
      this.#rows.delete(key);
      this.#shown.delete(key);
      this.#watchers.tell(key);
    }
  }
}

export function waveKey(wave: number, mac: Mac): WaveKey {
  return `${wave} ${mac}`;
}

/** The one store of the application; it lives in the frames of the bench's. */
export const waves = new WaveStore({ nextFrame: browserFrames, now: () => bench.hostNow() });

function onlyProgress(before: WavePhone, after: WavePhone): boolean {
  return (
    before.state === after.state && before.paused === after.paused && before.stage === after.stage && before.from === after.from &&
    before.file?.name === after.file?.name && before.file?.number === after.file?.number && before.file?.of === after.file?.of &&
    before.rounds === after.rounds && (before.percent === null) === (after.percent === null) && before.hops.length === after.hops.length &&
    before.problem?.code === after.problem?.code && JSON.stringify(before.problem?.params) === JSON.stringify(after.problem?.params)
  );
}

/** Predictions count: they are read in the head of the card. */
function sameHeads(a: readonly WaveHead[], b: readonly WaveHead[]): boolean {
  return a.length === b.length && a.every((head, index) => JSON.stringify(head) === JSON.stringify(b[index]));
}
