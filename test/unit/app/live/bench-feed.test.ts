import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BenchEvent, BenchView } from '../../../../common/contract/views/bench.ts';
import type { PhoneView } from '../../../../common/contract/views/phone.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import { createBenchFeed } from '../../../../main/app/live/bench-feed.ts';
import { applyDelta, mergeBenchEvents } from '../../../../main/app/live/merge-bench.ts';

const mac = (end: number): Mac => `00562b0000${end.toString(16).padStart(2, '0')}` as Mac;

function phone(end: number, changes: Partial<PhoneView> = {}): PhoneView {
  return {
    mac: mac(end), number: end, enrolled: true, model: null, serial: null, name: null, ip: null, firmware: null,
    stage: 'expected', stageAt: 0, face: 'expected', attention: null, moving: null, upgrade: null, heardAt: null, version: 0, ...changes,
  };
}

describe('the bench feed', () => {
  let phones: Map<Mac, PhoneView>;
  const view = (): BenchView => ({
    info: { name: 'test', folder: '/', demo: false, startedAt: 0, doneStage: 'resynced', now: 0 },
    phones: [...phones.values()],
    counts: { all: phones.size, expected: 0, addressed: 0, profile: 0, firmware: 0, rebooted: 0, resynced: 0, reported: 0, proved: 0, attention: 0, done: 0, strangers: 0 },
    finish: null,
    worklist: [],
    servers: { cards: [], picked: null, servers: [], dhcp: { probe: 'idle', probeEndsAt: null, others: [], policy: 'phones', stopsAt: null, pool: null, answered: 0, ignored: [], told: [] }, announced: false, otherBenches: [], remarks: [] },
  });
  const summary = () => {
    const { info, counts, finish, worklist } = view();
    return { info, counts, finish, worklist };
  };
  const open = () => createBenchFeed({ phone: (one) => phones.get(one) ?? null, view, summary, servers: () => view().servers, macs: () => [...phones.keys()], now: () => 0 });

  beforeEach(() => {
    vi.useFakeTimers();
    phones = new Map([[mac(1), phone(1)], [mac(2), phone(2)]]);
  });
  afterEach(() => vi.useRealTimers());

  it('begins with a snapshot and then sends only the fields that changed', async () => {
    const feed = open();
    const stream = feed.watch(undefined);
    const first = (await stream.next()).value as BenchEvent;
    expect(first.kind).toBe('snapshot');
    feed.touchAll();
    await vi.advanceTimersByTimeAsync(100);
    await stream.next();

    phones.set(mac(1), phone(1, { stage: 'addressed' }));
    feed.touchPhone(mac(1));
    feed.touchPhone(mac(2));
    await vi.advanceTimersByTimeAsync(100);
    const delta = (await stream.next()).value;
    expect(delta).toMatchObject({ kind: 'delta', phones: [{ mac: mac(1), stage: 'addressed', version: 2 }] });
    expect(delta && 'phones' in delta && Object.keys(delta.phones[0] ?? {})).toEqual(['stage', 'mac', 'version']);
    feed.stop();
  });

  it('folds a thousand changes within a tenth of a second into one event', async () => {
    const feed = open();
    const stream = feed.watch(undefined);
    await stream.next();
    let events = 0;
    void (async () => {
      for await (const event of stream) events += event.kind === 'delta' ? 1 : 0;
    })();
    for (let step = 0; step < 1000; step += 1) {
      phones.set(mac(1), phone(1, { heardAt: step }));
      feed.touchPhone(mac(1));
    }
    await vi.advanceTimersByTimeAsync(100);
    expect(events).toBe(1);
    feed.stop();
  });

  it('tells of a removed phone once', async () => {
    const feed = open();
    const stream = feed.watch(undefined);
    await stream.next();
    feed.touchAll();
    await vi.advanceTimersByTimeAsync(100);
    await stream.next();
    phones.delete(mac(2));
    feed.touchPhone(mac(2));
    await vi.advanceTimersByTimeAsync(100);
    expect((await stream.next()).value).toMatchObject({ removed: [mac(2)], phones: [] });
    feed.stop();
  });

  it('leaves a slow UI in the same state as a quick one', () => {
    const start = view();
    const one: BenchEvent = { kind: 'delta', now: 1, phones: [{ mac: mac(1), version: 1, stage: 'addressed' }], removed: [mac(2)] };
    const two: BenchEvent = { kind: 'delta', now: 2, phones: [{ ...phone(2), version: 1 }, { mac: mac(1), version: 2, face: 'working' }], removed: [] };
    const merged = mergeBenchEvents(one, two);
    const slow = merged.kind === 'delta' ? applyDelta(start, merged) : null;
    const quick = one.kind === 'delta' && two.kind === 'delta' ? applyDelta(applyDelta(start, one), two) : null;
    const sorted = (result: BenchView | null) => result?.phones.toSorted((a, b) => a.mac.localeCompare(b.mac));
    expect(sorted(slow)).toEqual(sorted(quick));
  });
});
