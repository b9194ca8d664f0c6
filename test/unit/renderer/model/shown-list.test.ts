import { describe, expect, it } from 'vitest';
import { BenchStore } from '../../../../renderer/model/bench-store.ts';
import { ShownList } from '../../../../renderer/model/shown-list.ts';
import { benchView } from '../../../support/e2e/fleet.ts';
import { macOf, phone } from '../phones.ts';

function bench() {
  const store = new BenchStore({ nextFrame: (work) => work(), now: () => 0 });
  let still = 0;
  const later: (() => void)[] = [];
  const list = new ShownList(store, { later: (work) => (later.push(work), () => undefined), stillFor: () => still });
  store.apply({ kind: 'snapshot', view: benchView([phone(1), phone(2), phone(3)], 0) });
  return { store, list, runLater: () => later.shift()?.(), beStill: (ms: number) => (still = ms) };
}

describe('what the bench shows', () => {
  it('keeps the same list while nothing that it shows changed', () => {
    const { store, list } = bench();
    const before = list.macs.get();
    store.apply({ kind: 'delta', now: 0, removed: [], phones: [{ mac: macOf(2), version: 2, stage: 'profile' }] });
    expect(list.macs.get()).toBe(before);
  });

  it('lets a phone leave that no longer matches the filter, and brings no other out of place', () => {
    const { store, list } = bench();
    list.change({ filter: 'addressed' });
    store.apply({ kind: 'delta', now: 0, removed: [], phones: [{ mac: macOf(2), version: 2, stage: 'profile' }] });
    expect(list.macs.get()).toEqual([macOf(1), macOf(3)]);
  });

  it('moves no row under an order by state until the person has been still for 2 s', () => {
    const { store, list, runLater, beStill } = bench();
    list.change({ order: 'state' });
    store.apply({ kind: 'delta', now: 0, removed: [], phones: [{ mac: macOf(3), version: 2, face: 'attention', attention: { code: 'x', params: {}, since: 0 } }] });
    expect(list.macs.get()).toEqual([macOf(1), macOf(2), macOf(3)]);
    beStill(500);
    runLater();
    expect(list.macs.get()).toEqual([macOf(1), macOf(2), macOf(3)]);
    beStill(2500);
    runLater();
    expect(list.macs.get()).toEqual([macOf(3), macOf(1), macOf(2)]);
  });

  it('shows only the phones of one cause when asked', () => {
    const { list } = bench();
    list.change({ only: { id: 'cause', macs: new Set([macOf(2)]) } });
    expect(list.macs.get()).toEqual([macOf(2)]);
  });
});
