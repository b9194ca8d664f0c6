import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WaveEvent, WavesView } from '../../../../common/contract/views/wave.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import type { Wave, WavePhone } from '../../../../common/values/wave.ts';
import { applyWaveDelta, createWaveFeed, mergeWaveEvents, type WaveRow } from '../../../../main/app/firmware/wave-feed.ts';

const macOf = (end: number): Mac => `00562b00000${end}` as Mac;

function phone(end: number, change: Partial<WavePhone> = {}): WavePhone {
  return {
    mac: macOf(end), state: 'queued', paused: false, from: null, hops: ['sip88xx.12-0-7MPP0201-66.loads'], stage: 1, file: null, percent: null,
    rate: 0, endsAt: null, rounds: 0, problem: null, since: 0, ...change,
  };
}

function view(phones: readonly WavePhone[], now = 0): WavesView {
  const wave: Wave = {
    id: 1, family: 'sip88xx', target: 'sip88xx.12-0-7MPP0201-66.loads', state: 'running', startedAt: 0, endedAt: null, prediction: null, firstPrediction: null, phones,
  };
  return { now, room: { rate: 0, capacity: null, loading: 0, places: 4 }, waves: [wave], last: null };
}

describe('the feed of waves', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function open(): { now: WavesView; changed: WaveRow[]; events: WaveEvent[]; feed: ReturnType<typeof createWaveFeed> } {
    const state = { now: view([phone(1), phone(2)]), changed: [] as WaveRow[], events: [] as WaveEvent[] };
    const feed = createWaveFeed(() => state.now, () => state.changed.splice(0));
    return Object.assign(state, { feed });
  }

  it('begins with everything, then tells the rows that changed and those that went', async () => {
    const bench = open();
    const stop = new AbortController();
    const watch = bench.feed.watch(stop.signal);
    const first = (await watch.next()).value as WaveEvent;
    expect(first).toEqual({ kind: 'snapshot', view: view([phone(1), phone(2)]) });
    const next = watch.next();
    bench.now = view([phone(1, { state: 'loading', percent: 12 })], 400);
    bench.changed.push({ wave: 1, mac: macOf(1) }, { wave: 1, mac: macOf(2) });
    bench.feed.touch();
    await vi.advanceTimersByTimeAsync(250);
    const delta = (await next).value as WaveEvent;
    expect(delta).toMatchObject({ kind: 'delta', phones: [{ wave: 1, phone: { mac: macOf(1), percent: 12 } }], removed: [{ wave: 1, mac: macOf(2) }] });
    if (first.kind !== 'snapshot' || delta.kind !== 'delta') throw new Error('wrong order');
    expect(applyWaveDelta(first.view, delta)).toEqual(bench.now);
    bench.feed.stop();
  });

  it('leaves a slow listener in the same state as a quick one', () => {
    const start: WaveEvent = { kind: 'snapshot', view: view([phone(1), phone(2)]) };
    const delta = (phones: readonly WavePhone[], removed: readonly number[]): Extract<WaveEvent, { kind: 'delta' }> => {
      const { waves: [wave], ...rest } = view([]);
      if (!wave) throw new Error('no wave');
      const { phones: _, ...head } = wave;
      return { kind: 'delta', ...rest, waves: [head], phones: phones.map((each) => ({ wave: 1, phone: each })), removed: removed.map((end) => ({ wave: 1, mac: macOf(end) })) };
    };
    const one = delta([phone(1, { percent: 5 }), phone(3)], [2]);
    const two = delta([phone(1, { percent: 9 }), phone(2)], [3]);
    if (start.kind !== 'snapshot') throw new Error('no snapshot');
    const quick = applyWaveDelta(applyWaveDelta(start.view, one), two);
    const slow = mergeWaveEvents(one, two);
    const inOrder = (shown: WavesView) => ({ ...shown, waves: shown.waves.map((wave) => ({ ...wave, phones: wave.phones.toSorted((a, b) => (a.mac < b.mac ? -1 : 1)) })) });
    expect(inOrder(slow.kind === 'delta' ? applyWaveDelta(start.view, slow) : slow.view)).toEqual(inOrder(quick));
    expect(mergeWaveEvents(start, one)).toEqual({ kind: 'snapshot', view: applyWaveDelta(start.view, one) });
  });
});
