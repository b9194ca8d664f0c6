import { describe, expect, it } from 'vitest';
import { viewPhone, viewWaves } from '../../../../../../main/domain/firmware/wave/waves.ts';
import { HOP, IMAGES, macOf, memberOf, OLD, orders, TARGET, WaveBench } from './wave-bench.ts';

function many(count: number, hops = [TARGET]): ReturnType<typeof memberOf>[] {
  return Array.from({ length: count }, (_, index) => memberOf(index, hops));
}

describe('a person', () => {
  it('pauses one phone: told ones go back, loading ones go on', () => {
    const bench = new WaveBench();
    bench.push(many(2));
    bench.ask(1, TARGET.load);
    for (const index of [0, 1]) bench.step({ kind: 'pause', mac: macOf(index) });
    expect([bench.phone(0), bench.phone(1)]).toMatchObject([{ state: 'queued', paused: true }, { state: 'loading', paused: true }]);
    expect(bench.rule(0)).toBe('');
    expect(orders(bench.step({ kind: 'resume', mac: macOf(0) }))).toEqual([macOf(0)]);
  });

  it('pauses all: nobody new is told until all are resumed', () => {
    const bench = new WaveBench({ least: 1 });
    bench.push(many(2));
    bench.step({ kind: 'pause', mac: null });
    bench.load(0);
    expect(bench.wait(30_000)).toEqual([]);
    bench.shows(0, TARGET.version);
    expect(viewWaves(bench.waves, bench.now).waves).toMatchObject([{ state: 'paused' }]);
    expect(bench.phone(1).state).toBe('queued');
    expect(orders(bench.step({ kind: 'resume', mac: null }))).toEqual([macOf(1)]);
  });

  it('cancels: who waits leaves at once, who loads when its file ends, its rule goes now', () => {
    const bench = new WaveBench();
    bench.push(many(3));
    bench.ask(0, 'a.sbn');
    bench.ask(2, 'a.sbn');
    const effects = bench.step({ kind: 'cancel', mac: null });
    expect(effects.filter(({ kind }) => kind === 'rule')).toHaveLength(3);
    expect(bench.states()).toBe('loading cancelled loading');
    expect(bench.judge(0, 'a.sbn')).toBeNull();
    expect(bench.judge(0, TARGET.load)).toBe('wave.cancelled');
    bench.give(0, 'a.sbn');
    expect(bench.states()).toBe('cancelled cancelled loading');
    expect(bench.judge(0, 'b.sbn')).toBe('wave.cancelled');
    bench.break(2, 'a.sbn', 10);
    expect(viewWaves(bench.waves, bench.now).waves).toMatchObject([{ state: 'ended' }]);
    expect(viewWaves(bench.waves, bench.now).last).toBeNull();
  });

  it('takes a phone out of the workspace: its row is told as changed, and is there no more', () => {
    const bench = new WaveBench();
    bench.push(many(2));
    bench.changed();
    bench.step({ kind: 'gone', mac: macOf(0) });
    expect(bench.changed()).toEqual([`1 ${macOf(0)}`]);
    expect(viewPhone(bench.waves, macOf(0))).toBeNull();
    expect(bench.states()).toBe('told');
  });
});

describe('a load that cannot be given whole', () => {
  it('is told to nobody and refused to everybody, until it is whole again', () => {
    const bench = new WaveBench();
    bench.push(many(2));
    const problem = { code: 'firmware.load-changed', params: { name: TARGET.load } };
    bench.step({ kind: 'load', load: TARGET.load, problem });
    expect([bench.phone(0), bench.phone(1)]).toMatchObject([{ state: 'queued', problem }, { state: 'queued', problem }]);
    expect([bench.rule(0), bench.judge(0, TARGET.load), bench.judge(77, TARGET.load)]).toEqual(['', 'firmware.load-changed', 'firmware.load-changed']);
    expect(orders(bench.step({ kind: 'load', load: TARGET.load, problem: null }))).toEqual([macOf(0), macOf(1)]);
    expect(bench.phone(0).problem).toBeNull();
  });
});

describe('what survives a restart', () => {
  it('is every state, set, round and figure; nothing moves at first, and loading phones get their time anew', () => {
    const bench = new WaveBench();
    bench.push(many(6, [HOP, TARGET]));
    bench.load(0, HOP.load);
    bench.shows(0, HOP.version);
    bench.load(1, HOP.load);
    bench.ask(2, HOP.load);
    bench.step({ kind: 'pause', mac: macOf(5) });
    const before = viewWaves(bench.waves, bench.now);
    bench.now += 600_000;
    bench.restart();
    const after = viewWaves(bench.waves, bench.now);
    expect(after.waves[0]?.phones.map(({ mac, state, stage, paused, percent, rounds }) => ({ mac, state, stage, paused, percent, rounds })))
      .toEqual(before.waves[0]?.phones.map(({ mac, state, stage, paused, percent, rounds }) => ({ mac, state, stage, paused, percent, rounds })));
    expect(after.room).toMatchObject({ rate: null, places: before.room.places });
    bench.ask(2, HOP.load, 1_000_000, 'after');
    expect(bench.phone(2)).toMatchObject({ state: 'loading', rounds: 0, file: { of: 3 } });
  });
});

describe('what is predicted', () => {
  it('is nothing before a load was measured, then every phone that waits, with a span', () => {
    const bench = new WaveBench({ least: 1 });
    bench.push(many(3));
    bench.wait(1000);
    expect(viewWaves(bench.waves, bench.now).waves[0]).toMatchObject({ prediction: null, firstPrediction: null });
    expect(bench.phone(2).endsAt).toBeNull();
    bench.load(0);
    bench.wait(60_000);
    bench.shows(0, TARGET.version);
    bench.wait(1000);
    const [wave] = viewWaves(bench.waves, bench.now).waves;
    // Three seconds of loading and a minute of writing for each of the two, one after the other.
    expect(wave?.prediction?.endsAt).toBeGreaterThan(bench.now + 60_000);
    expect(wave?.prediction?.endsAt).toBeLessThan(bench.now + 75_000);
    expect(wave?.prediction?.within).toBeGreaterThan(0);
    expect(bench.phone(2).endsAt).toBe(wave?.prediction?.endsAt);
  });

  it('is compared with the end', () => {
    const bench = new WaveBench({ least: 1 });
    bench.push(many(2));
    for (const index of [0, 1]) {
      bench.load(index);
      bench.wait(30_000);
      bench.shows(index, TARGET.version);
      bench.wait(1000);
    }
    const { last } = viewWaves(bench.waves, bench.now);
    expect(last).toMatchObject({ target: TARGET.load, ended: bench.now - 1000 });
    expect(last?.said).not.toBeNull();
  });
});

describe('rows', () => {
  it('stand by urgency, then by order of joining', () => {
    const bench = new WaveBench({ least: 2 });
    bench.push(many(5));
    bench.ask(1, IMAGES[0] ?? '');
    bench.step({ kind: 'cancel', mac: macOf(3) });
    const [wave] = viewWaves(bench.waves, bench.now).waves;
    expect(wave?.phones.map(({ mac }) => mac)).toEqual([1, 0, 2, 4, 3].map(macOf));
  });

  it('that did not change are not told again', () => {
    const bench = new WaveBench();
    bench.push(many(3));
    expect(bench.changed()).toHaveLength(3);
    expect(bench.changed()).toEqual([]);
    bench.shows(2, OLD);
    bench.ask(1, TARGET.load);
    expect(bench.changed()).toEqual([`1 ${macOf(1)}`]);
  });
});
