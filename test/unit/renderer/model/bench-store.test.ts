import { describe, expect, it, vi } from 'vitest';
import type { BenchEvent, BenchView } from '../../../../common/contract/views/bench.ts';
import { BenchStore } from '../../../../renderer/model/bench-store.ts';
import { benchView } from '../../../support/e2e/fleet.ts';
import { macOf, phone } from '../phones.ts';

function store(step = 0) {
  const frames: (() => void)[] = [];
  let time = 0;
  const bench = new BenchStore({ nextFrame: (work) => frames.push(work), now: () => (time += step) });
  const runFrame = () => frames.shift()?.();
  return { bench, frames, runFrame };
}

const view = (...numbers: number[]): BenchView => benchView(numbers.map((number) => phone(number)), 50_000);
const delta = (phones: Extract<BenchEvent, { kind: 'delta' }>['phones'], rest: object = {}): BenchEvent => ({ kind: 'delta', now: 60_000, phones, removed: [], ...rest });

describe('the bench store', () => {
  it('shows a snapshot in order of the numbers, strangers last', () => {
    const { bench } = store();
    const stranger = phone(9, { number: null, enrolled: false });
    bench.apply({ kind: 'snapshot', view: benchView([phone(3), stranger, phone(1)], 50_000) });
    expect(bench.macs.get()).toEqual([macOf(1), macOf(3), macOf(9)]);
  });

  it('folds patches that wait for the frame, so that each phone is told once with the newest state', () => {
    const { bench, frames, runFrame } = store();
    bench.apply({ kind: 'snapshot', view: view(1, 2) });
    const told = vi.fn();
    bench.watch(macOf(1), told);
    bench.apply(delta([{ mac: macOf(1), version: 2, stage: 'profile' }]));
    bench.apply(delta([{ mac: macOf(1), version: 3, ip: '10.20.0.9' as never }]));
    expect(frames).toHaveLength(1);
    runFrame();
    expect(told).toHaveBeenCalledTimes(1);
    expect(bench.phone(macOf(1))).toMatchObject({ stage: 'profile', ip: '10.20.0.9', version: 3 });
  });

  it('never lets an older version overwrite a newer one', () => {
    const { bench, runFrame } = store();
    bench.apply({ kind: 'snapshot', view: view(1) });
    bench.apply(delta([{ mac: macOf(1), version: 5, stage: 'resynced' }]));
    bench.apply(delta([{ mac: macOf(1), version: 4, stage: 'profile' }]));
    runFrame();
    expect(bench.phone(macOf(1))?.stage).toBe('resynced');
  });

  it('tells progress apart from change: bytes render nothing', () => {
    const { bench, runFrame } = store();
    const moving = { what: 'firmware', file: 'a.loads', bytes: 1, percent: 1 } as const;
    bench.apply({ kind: 'snapshot', view: benchView([phone(1, { moving })], 50_000) });
    const rendered = vi.fn();
    const progressed = vi.fn();
    bench.watch(macOf(1), rendered);
    bench.watchProgress(macOf(1), progressed);
    const before = bench.shape(macOf(1));
    bench.apply(delta([{ mac: macOf(1), version: 2, moving: { ...moving, percent: 62 }, heardAt: 9 }]));
    runFrame();
    expect(rendered).not.toHaveBeenCalled();
    expect(bench.shape(macOf(1))).toBe(before);
    expect(progressed.mock.calls[0]?.[0]).toMatchObject({ moving: { percent: 62 } });
    expect(bench.phone(macOf(1))?.moving?.percent).toBe(62);
  });

  it('stops after 8 ms and goes on in the next frame', () => {
    const { bench, frames, runFrame } = store(3);
    bench.apply({ kind: 'snapshot', view: view(1, 2, 3, 4, 5, 6) });
    bench.apply(delta([1, 2, 3, 4, 5, 6].map((number) => ({ mac: macOf(number), version: 2, stage: 'profile' as const }))));
    runFrame();
    const done = () => [1, 2, 3, 4, 5, 6].filter((number) => bench.phone(macOf(number))?.stage === 'profile').length;
    expect(done()).toBeGreaterThan(0);
    expect(done()).toBeLessThan(6);
    while (frames.length > 0) runFrame();
    expect(done()).toBe(6);
  });

  it('takes a phone that appears, and drops one that was removed together with what waited for it', () => {
    const { bench, runFrame } = store();
    bench.apply({ kind: 'snapshot', view: view(1) });
    bench.apply(delta([phone(2)]));
    runFrame();
    expect(bench.macs.get()).toEqual([macOf(1), macOf(2)]);
    bench.apply(delta([{ mac: macOf(2), version: 9, stage: 'profile' }]));
    bench.apply(delta([], { removed: [macOf(2)] }));
    runFrame();
    expect(bench.macs.get()).toEqual([macOf(1)]);
    expect(bench.phone(macOf(2))).toBeUndefined();
  });

  it('ignores a patch for an unknown phone that does not tell everything', () => {
    const { bench, runFrame } = store();
    bench.apply({ kind: 'snapshot', view: view(1) });
    bench.apply(delta([{ mac: macOf(7), version: 2, heardAt: 4 }]));
    runFrame();
    expect(bench.macs.get()).toEqual([macOf(1)]);
  });

  it('counts ages from the host clock', () => {
    const { bench } = store();
    bench.apply({ kind: 'snapshot', view: view(1) });
    expect(bench.hostNow()).toBe(50_000);
    bench.apply(delta([]));
    expect(bench.hostNow()).toBe(60_000);
  });

  it('keeps the same order array while no phone comes or goes', () => {
    const { bench, runFrame } = store();
    bench.apply({ kind: 'snapshot', view: view(1, 2) });
    const before = bench.macs.get();
    bench.apply(delta([{ mac: macOf(1), version: 2, stage: 'profile' }]));
    runFrame();
    expect(bench.macs.get()).toBe(before);
  });
});
