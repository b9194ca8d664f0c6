import { describe, expect, it } from 'vitest';
import { viewPhone, viewWaves } from '../../../../../../main/domain/firmware/wave/waves.ts';
import { HOP, macOf, memberOf, orders, RULE, TARGET, WaveBench } from './wave-bench.ts';

function many(count: number, hops = [TARGET]): ReturnType<typeof memberOf>[] {
  return Array.from({ length: count }, (_, index) => memberOf(index, hops));
}

describe('admission', () => {
  it('tells as many phones as there are places, in the order of joining, the rule before the order', () => {
    const bench = new WaveBench();
    const effects = bench.push(many(6));
    expect(effects.map(({ kind, mac }) => `${kind} ${Number.parseInt(mac.slice(6), 16)}`)).toEqual([
      'rule 0', 'order 0', 'rule 1', 'order 1', 'rule 2', 'order 2', 'rule 3', 'order 3',
    ]);
    expect(bench.states()).toBe('told told told told queued queued');
    expect([bench.rule(0), bench.rule(4), bench.rule(9)]).toEqual([RULE, '', null]);
  });

  it('gives the place of a phone that has every image to the next one', () => {
    const bench = new WaveBench();
    bench.push(many(5));
    bench.load(0);
    bench.wait(20_000);
    expect(bench.phone(0).state).toBe('writing');
    expect(bench.phone(4).state).toBe('told');
  });

  it('counts phones that load by themselves', () => {
    const bench = new WaveBench();
    for (let index = 100; index < 103; index += 1) bench.ask(index, TARGET.load);
    bench.push(many(3));
    expect(bench.states()).toBe('told queued queued');
    expect(viewWaves(bench.waves, bench.now).room).toMatchObject({ loading: 3, places: 4 });
  });

  it('lets a queued phone that loads by itself load, and tells nobody more until there is room', () => {
    const bench = new WaveBench();
    bench.push(many(6));
    bench.ask(5, TARGET.load);
    expect(bench.states()).toBe('told told told told queued loading');
    bench.load(0);
    bench.shows(0, TARGET.version);
    expect(bench.states()).toBe('done told told told queued loading');
  });

  it('goes on with phones that stand between two hops before newcomers, and takes those that failed last', () => {
    const bench = new WaveBench({ least: 1 });
    bench.push(many(3, [HOP, TARGET]));
    bench.load(0, HOP.load);
    const [second] = orders(bench.wait(20_000));
    expect(second).toBe(macOf(1));
    bench.shows(0, HOP.version);
    expect(bench.phone(0)).toMatchObject({ state: 'queued', stage: 2, percent: null });
    bench.step({ kind: 'said', mac: macOf(1), outcome: 'failed', error: 'verify failed' });
    expect(bench.phone(0)).toMatchObject({ state: 'told', stage: 2 });
    expect(bench.phone(1)).toMatchObject({ state: 'queued', problem: { code: 'wave.refused', params: { error: 'verify failed' } } });
    bench.load(0, TARGET.load);
    bench.shows(0, TARGET.version);
    expect(bench.states()).toBe('done queued told');
  });

  it('admits a queued phone that fetches its profile while there is room, without an order', () => {
    const bench = new WaveBench({ least: 1 });
    bench.push(many(1));
    bench.step({ kind: 'pause', mac: macOf(0) });
    bench.step({ kind: 'resume', mac: macOf(0) });
    expect(bench.phone(0).state).toBe('told');
    const full = new WaveBench({ least: 1 });
    full.push(many(2));
    expect(full.step({ kind: 'fetching', mac: macOf(1) })).toEqual([]);
    expect(full.rule(1)).toBe('');
  });

  it('says what a push that joins the running wave adds, and leaves its other phones as they are', () => {
    const bench = new WaveBench();
    bench.push(many(2));
    bench.load(0);
    bench.changed();
    bench.push(many(3), 2);
    expect(viewWaves(bench.waves, bench.now).waves.map(({ id, phones }) => [id, phones.length])).toEqual([[1, 3]]);
    expect(bench.states()).toBe('loading told told');
    expect(bench.changed()).toEqual([`1 ${macOf(2)}`]);
  });

  it('ends the wave of a family when another target is pushed: its phones move over or leave', () => {
    const bench = new WaveBench();
    bench.push(many(3));
    bench.push([memberOf(1, [HOP])], 2, HOP.load);
    const { waves } = viewWaves(bench.waves, bench.now);
    expect(waves.map(({ id, state, phones }) => `${id} ${state} ${phones.map((each) => each.state).join(' ')}`)).toEqual(['1 ended cancelled cancelled', '2 running told']);
    expect(viewPhone(bench.waves, macOf(1))?.wave).toMatchObject({ id: 2, to: HOP.version });
  });
});

describe('a phone on its way', () => {
  it('is done only when it shows the target, in whatever spelling', () => {
    const bench = new WaveBench();
    bench.push(many(1));
    bench.load(0);
    bench.step({ kind: 'said', mac: macOf(0), outcome: 'upgraded', error: null });
    expect(bench.phone(0).state).toBe('writing');
    bench.shows(0, 'sip88xx.12.0.7MPP0201');
    expect(bench.phone(0)).toMatchObject({ state: 'done', percent: 100, problem: null });
    expect(bench.rule(0)).toBe(RULE);
    expect(viewWaves(bench.waves, bench.now).waves).toMatchObject([{ state: 'ended', endedAt: bench.now }]);
  });

  it('is done without having asked, where its peer gave it the load', () => {
    const bench = new WaveBench();
    bench.push(many(1));
    bench.shows(0, TARGET.version);
    expect(bench.phone(0).state).toBe('done');
  });

  it('knows how many files there are, and their bytes, from the phone before it', () => {
    const bench = new WaveBench();
    bench.push(many(2));
    bench.load(0);
    expect(bench.phone(0).percent).toBeNull();
    bench.shows(0, TARGET.version);
    bench.ask(1, TARGET.load);
    bench.give(1, TARGET.load);
    bench.ask(1, 'rootfs288xx.sbn');
    bench.move(1, 'rootfs288xx.sbn', 500_000);
    expect(bench.phone(1)).toMatchObject({ percent: 50, file: { name: 'rootfs288xx.sbn', bytes: 500_000, total: 1_000_000, number: 2, of: 3 } });
    bench.give(1, 'rootfs288xx.sbn');
    bench.ask(1, 'kern288xx.sbn');
    bench.give(1, 'kern288xx.sbn');
    expect(bench.phone(1)).toMatchObject({ state: 'writing', percent: 100 });
  });

  it('tells apart the sets of two platforms once they differ', () => {
    const bench = new WaveBench();
    bench.push(many(3));
    for (const [index, image] of [[0, 'a.sbn'], [1, 'b.sbn']] as const) {
      for (const file of [TARGET.load, image]) {
        bench.ask(index, file);
        bench.give(index, file);
      }
      bench.wait(20_000);
      bench.shows(index, TARGET.version);
    }
    bench.ask(2, TARGET.load);
    expect(bench.phone(2).file?.of).toBeNull();
    bench.give(2, TARGET.load);
    bench.ask(2, 'b.sbn');
    expect(bench.phone(2).file?.of).toBe(2);
  });

  it('keeps its percent when it begins its images anew', () => {
    const bench = new WaveBench();
    bench.push(many(2));
    bench.load(0);
    bench.shows(0, TARGET.version);
    bench.load(1);
    bench.step({ kind: 'powered', mac: macOf(1) });
    bench.wait(15_000);
    bench.ask(1, TARGET.load, 1_000_000, 'again');
    expect(bench.phone(1)).toMatchObject({ state: 'loading', percent: 100, rounds: 1 });
  });

  it('has a file whole only when its parts are all there, as one that resumes takes it', () => {
    const bench = new WaveBench();
    bench.push(many(1));
    bench.ask(0, 'a.sbn', 1_000_000, 'whole');
    bench.break(0, 'a.sbn', 600_000, 'http.gone', 'whole');
    const part = (exchange: string, bytes: number): void => {
      bench.ask(0, 'a.sbn', 1_000_000, exchange);
      bench.step({ kind: 'given', movement: bench.movement(0, 'a.sbn', bytes, bytes, exchange) });
    };
    part('first', 100_000);
    bench.wait(30_000);
    expect(bench.phone(0).state).toBe('loading');
    part('second', 300_000);
    bench.wait(30_000);
    expect(bench.phone(0).state).toBe('writing');
  });

  it('starts where the version it shows first puts it', () => {
    const bench = new WaveBench();
    bench.push([memberOf(0, [HOP, TARGET], null)]);
    expect(bench.phone(0).stage).toBe(1);
    bench.shows(0, '11-3-3MPP0001-1');
    expect(bench.phone(0)).toMatchObject({ stage: 2, state: 'told', from: null });
  });

  it('takes the stage of the load it asks for: the rule lets the phone choose', () => {
    const bench = new WaveBench();
    bench.push([memberOf(0, [HOP, TARGET], null)]);
    bench.ask(0, TARGET.load);
    expect(bench.phone(0)).toMatchObject({ stage: 2, state: 'loading' });
  });

  it('fails where it shows a version that nobody pushed', () => {
    const bench = new WaveBench();
    bench.push(many(1));
    bench.load(0);
    bench.wait(20_000);
    bench.shows(0, '11-9-9MPP-1');
    expect(bench.phone(0)).toMatchObject({ state: 'failed', problem: { code: 'wave.other-version', params: { version: '11-9-9MPP-1', load: TARGET.load } } });
  });

  it('measures its rate over the last seconds, and says nothing when nothing moves', () => {
    const bench = new WaveBench();
    bench.push(many(1));
    bench.ask(0, 'a.sbn', 10_000_000);
    for (let second = 1; second <= 8; second += 1) {
      bench.now += 1000;
      bench.move(0, 'a.sbn', second * 400_000, 10_000_000);
    }
    expect(bench.phone(0).rate).toBeGreaterThan(390_000);
    expect(bench.phone(0).rate).toBeLessThan(490_000);
    bench.now += 7000;
    bench.step({ kind: 'tick' });
    expect(bench.phone(0).rate).toBeNull();
  });
});
