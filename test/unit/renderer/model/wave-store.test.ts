import { describe, expect, it, vi } from 'vitest';
import type { WaveEvent } from '../../../../common/contract/views/wave.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import type { Wave, WavePhone } from '../../../../common/values/wave.ts';
import { waveKey, WaveStore } from '../../../../renderer/model/wave-store.ts';

const macOf = (index: number): Mac => index.toString(16).padStart(12, '0') as Mac;
const rowOf = (index: number, more: Partial<WavePhone> = {}): WavePhone => ({
  mac: macOf(index), state: 'loading', paused: false, from: '11.3.1', hops: ['sip88xx.12-0-7.loads'], stage: 1,
  file: { name: 'kern.sbn', bytes: 1, total: 100, number: 1, of: 5 }, percent: 1, rate: 5, endsAt: null, rounds: 0, problem: null, since: 0, ...more,
});
const waveOf = (id: number, phones: readonly WavePhone[], more: Partial<Wave> = {}): Wave => ({
  id, family: 'sip88xx', target: 'sip88xx.12-0-7.loads', state: 'running', startedAt: 0, endedAt: null, prediction: null, firstPrediction: null, phones, ...more,
});
const room = { rate: 0, capacity: null, loading: 0, places: 4 };

function filled(...all: readonly Wave[]) {
  const frames: (() => void)[] = [];
  const store = new WaveStore({ nextFrame: (work) => frames.push(work), now: () => 0 });
  store.apply({ kind: 'snapshot', view: { now: 0, room, waves: all, last: null } });
  const delta = (phones: readonly WavePhone[], wave = all[0] ?? waveOf(1, []), more: Partial<Extract<WaveEvent, { kind: 'delta' }>> = {}): WaveEvent => {
    const { phones: _, ...head } = wave;
    return { kind: 'delta', now: 0, room, last: null, waves: [head], phones: phones.map((phone) => ({ wave: wave.id, phone })), removed: [], ...more };
  };
  return { store, delta, frames, frame: () => frames.splice(0).forEach((work) => work()) };
}

describe('the store of waves', () => {
  it('shows the waves that run, and the newest ended one only when none runs', () => {
    const ended = waveOf(1, [rowOf(1)], { state: 'ended', endedAt: 5 });
    expect(filled(ended).store.keys.get()).toEqual([waveKey(1, macOf(1))]);
    expect(filled(ended, waveOf(2, [rowOf(2)])).store.keys.get()).toEqual([waveKey(2, macOf(2))]);
  });

  it('tells bytes as progress and everything else as a change of the row', () => {
    const { store, delta, frame } = filled(waveOf(1, [rowOf(1)]));
    const key = waveKey(1, macOf(1));
    const changed = vi.fn();
    const moved = vi.fn();
    store.watch(key, changed);
    store.watchProgress(key, moved);
    store.apply(delta([rowOf(1, { percent: 62, rate: 9, file: { name: 'kern.sbn', bytes: 62, total: 100, number: 1, of: 5 } })]));
    frame();
    expect(moved).toHaveBeenCalledOnce();
    expect(changed).not.toHaveBeenCalled();
    expect(store.row(key)?.phone.percent).toBe(62);
    expect(store.shape(key)?.phone.percent).toBe(1);
    store.apply(delta([rowOf(1, { state: 'writing', file: null })]));
    frame();
    expect(changed).toHaveBeenCalledOnce();
    expect(store.counts.get()).toMatchObject({ loading: 0, writing: 1 });
  });

  it('folds what waits, so that a backlog is never longer than the list', () => {
    const { store, delta, frame, frames } = filled(waveOf(1, [rowOf(1)]));
    const moved = vi.fn();
    store.watchProgress(waveKey(1, macOf(1)), moved);
    for (let percent = 2; percent < 50; percent += 1) store.apply(delta([rowOf(1, { percent })]));
    expect(frames).toHaveLength(1);
    frame();
    expect(moved).toHaveBeenCalledOnce();
    expect(moved.mock.calls[0]?.[0]).toMatchObject({ phone: { percent: 49 } });
  });

  it('draws a few rows in one frame and the rest in the next ones', () => {
    const rows = Array.from({ length: 40 }, (_, index) => rowOf(index + 1));
    const { store, delta, frame, frames } = filled(waveOf(1, rows));
    const changed = vi.fn();
    for (const { mac } of rows) store.watch(waveKey(1, mac), changed);
    store.apply(delta(rows.map((row) => ({ ...row, paused: true }))));
    frame();
    expect(changed.mock.calls.length).toBeLessThan(40);
    while (frames.length > 0) frame();
    expect(changed).toHaveBeenCalledTimes(40);
  });

  it('lets a removed phone leave the list', () => {
    const { store, delta, frame } = filled(waveOf(1, [rowOf(1), rowOf(2)]));
    store.apply(delta([], undefined, { removed: [{ wave: 1, mac: macOf(1) }] }));
    frame();
    expect(store.keys.get()).toEqual([waveKey(1, macOf(2))]);
  });

  it('forgets the rows of a wave that the host speaks of no more', () => {
    const { store, delta, frame } = filled(waveOf(1, [rowOf(1)], { state: 'ended', endedAt: 5 }));
    const gone = vi.fn();
    store.watch(waveKey(1, macOf(1)), gone);
    store.apply(delta([rowOf(2)], waveOf(2, [rowOf(2)])));
    frame();
    expect(store.row(waveKey(1, macOf(1)))).toBeUndefined();
    expect(gone).toHaveBeenCalledOnce();
    expect(store.keys.get()).toEqual([waveKey(2, macOf(2))]);
  });
});
