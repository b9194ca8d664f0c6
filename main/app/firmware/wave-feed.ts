import type { WaveEvent, WaveHead, WavesView } from '../../../common/contract/views/wave.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Wave, WavePhone } from '../../../common/values/wave.ts';
import { createBroadcast } from '../live/broadcast.ts';
import { mergeRows, type RowKeys } from '../live/merge-rows.ts';

type Delta = Extract<WaveEvent, { kind: 'delta' }>;

export interface WaveRow {
  readonly wave: number;
  readonly mac: Mac;
}

export interface WaveFeed {
  /** Something of the waves changed. */
  touch(): void;
  watch(signal: AbortSignal | undefined): AsyncGenerator<WaveEvent, void, undefined>;
  stop(): void;
}

/** Rows come whole: a newer one takes the place of an older. */
const KEYS: RowKeys<Delta['phones'][number], WaveRow> = { row: ({ wave, phone }) => keyOf(wave, phone.mac), gone: ({ wave, mac }) => keyOf(wave, mac), join: (_, newer) => newer };
/** Four a second are enough for bars that creep. */
const TICK_MS = 250;

/**
 * Tells every attached UI what changed since the last time, whole rows of the phones that did.
 * @param changed rows that changed since the last call; one that the view no longer has was removed
 */
export function createWaveFeed(view: () => WavesView, changed: () => readonly WaveRow[]): WaveFeed {
  const broadcast = createBroadcast(mergeWaveEvents);
  let timer: NodeJS.Timeout | null = null;
  return {
    touch: () => {
      timer ??= setTimeout(flush, TICK_MS);
    },
    watch: (signal) => broadcast.subscribe({ kind: 'snapshot', view: view() }, signal),
    stop: () => {
      if (timer) clearTimeout(timer);
      broadcast.close();
    },
  };

  function flush(): void {
    timer = null;
    const touched = changed();
    if (broadcast.listeners === 0) return;
    const now = view();
    const keys = new Set(touched.map(({ wave, mac }) => keyOf(wave, mac)));
    const phones = now.waves.flatMap(({ id, phones: rows }) => rows.filter(({ mac }) => keys.has(keyOf(id, mac))).map((phone) => ({ wave: id, phone })));
    const there = new Set(phones.map(({ wave, phone }) => keyOf(wave, phone.mac)));
    broadcast.publish({
      kind: 'delta', now: now.now, room: now.room, last: now.last,
      waves: now.waves.map(headOf),
      phones,
      removed: touched.filter(({ wave, mac }) => !there.has(keyOf(wave, mac))),
    });
  }
}

/** Folds two events that a UI has not taken yet into one that leaves it in the same state. */
export function mergeWaveEvents(older: WaveEvent, newer: WaveEvent): WaveEvent {
  if (newer.kind === 'snapshot') return newer;
  if (older.kind === 'snapshot') return { kind: 'snapshot', view: applyWaveDelta(older.view, newer) };
  const { rows: phones, removed } = mergeRows({ ...older, rows: older.phones }, { ...newer, rows: newer.phones }, KEYS);
  return { ...newer, phones, removed };
}

/** The view after a delta: what a UI shows once it has taken both. */
export function applyWaveDelta(view: WavesView, delta: Delta): WavesView {
  const before = new Map(view.waves.map((wave) => [wave.id, wave]));
  return {
    now: delta.now, room: delta.room, last: delta.last,
    waves: delta.waves.map((head): Wave => {
      const phones = new Map<Mac, WavePhone>((before.get(head.id)?.phones ?? []).map((phone) => [phone.mac, phone]));
      for (const { wave, mac } of delta.removed) if (wave === head.id) phones.delete(mac);
      for (const { wave, phone } of delta.phones) if (wave === head.id) phones.set(phone.mac, phone);
      return { ...head, phones: [...phones.values()] };
    }),
  };
}

function headOf({ phones: _, ...head }: Wave): WaveHead {
  return head;
}

function keyOf(wave: number, mac: Mac): string {
  return `${wave} ${mac}`;
}
