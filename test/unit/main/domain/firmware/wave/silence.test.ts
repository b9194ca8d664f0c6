import { describe, expect, it } from 'vitest';
import { macOf, memberOf, orders, TARGET, WaveBench } from './wave-bench.ts';

function many(count: number): ReturnType<typeof memberOf>[] {
  return Array.from({ length: count }, (_, index) => memberOf(index));
}

describe('silence', () => {
  it('repeats the order twice, then fails with what to do; power brings the phone back', () => {
    const bench = new WaveBench();
    bench.push(many(1));
    const effects = bench.wait(4 * 60_000);
    expect(effects.flatMap((effect) => (effect.kind === 'order' ? [effect.attempt] : []))).toEqual([2, 3]);
    expect(bench.phone(0)).toMatchObject({ state: 'failed', problem: { code: 'wave.silent', params: { times: 3 } } });
    expect(effects.at(-1)).toMatchObject({ kind: 'attention' });
    expect(bench.rule(0)).toBe('');
    const back = bench.step({ kind: 'powered', mac: macOf(0) });
    expect(back.map(({ kind }) => kind)).toEqual(['clear', 'rule', 'order']);
    expect(bench.phone(0)).toMatchObject({ state: 'told', problem: null });
  });

  it('tells trouble of an order at once and lets the phone come by itself', () => {
    const bench = new WaveBench();
    bench.push(many(1));
    const problem = { code: 'resync.no-answer', params: {} };
    expect(bench.step({ kind: 'ordered', mac: macOf(0), problem })).toEqual([{ kind: 'attention', mac: macOf(0), problem }]);
    expect(bench.phone(0)).toMatchObject({ state: 'told', problem });
    bench.ask(0, TARGET.load);
    expect(bench.effects.at(-1)).toEqual({ kind: 'clear', mac: macOf(0) });
    expect(bench.phone(0)).toMatchObject({ state: 'loading', problem: null });
  });

  it('says that the template lacks the rule where the profile asked for nothing', () => {
    const bench = new WaveBench();
    bench.push(many(1));
    for (let order = 0; order < 3; order += 1) {
      bench.step({ kind: 'profile', mac: macOf(0), load: null });
      bench.wait(70_000);
    }
    expect(bench.phone(0).problem?.code).toBe('wave.rule-missing');
  });

  it('does not count while the card has no cable, nor from before the computer slept', () => {
    const bench = new WaveBench();
    bench.push(many(2));
    bench.load(1);
    bench.ask(1, 'more.sbn');
    bench.step({ kind: 'card', capacity: null, up: false });
    expect(bench.wakeAt).toBe(Infinity);
    bench.wait(3_600_000);
    bench.step({ kind: 'card', capacity: null, up: true });
    expect(bench.states()).toBe('told loading');
    bench.now += 7_200_000;
    bench.step({ kind: 'woke' });
    expect(bench.states()).toBe('told loading');
    expect(bench.wait(59_000)).toEqual([]);
  });

  it('tells again, at the end of the queue, a phone whose load broke off and that stays away', () => {
    const bench = new WaveBench();
    bench.push(many(1));
    bench.ask(0, 'a.sbn');
    bench.break(0, 'a.sbn', 300_000);
    const effects = bench.wait(61_000);
    expect(orders(effects)).toEqual([macOf(0)]);
    expect(bench.phone(0).state).toBe('told');
  });

  it('is not broken by the bench for a load that became damaged: a phone that restarts in mid-load waits until it is whole', () => {
    const bench = new WaveBench();
    bench.push(many(1));
    bench.ask(0, 'a.sbn');
    bench.step({ kind: 'load', load: TARGET.load, problem: { code: 'firmware.load-changed', params: { name: TARGET.load } } });
    bench.step({ kind: 'powered', mac: macOf(0) });
    expect(bench.phone(0)).toMatchObject({ state: 'queued', problem: { code: 'firmware.load-changed' } });
    bench.step({ kind: 'load', load: TARGET.load, problem: null });
    expect(bench.phone(0)).toMatchObject({ state: 'told', problem: null });
  });

  it('says that a phone came back and shows no version, a minute after it took its profile again', () => {
    const bench = new WaveBench();
    bench.push(many(1));
    bench.load(0);
    bench.wait(30_000);
    // No restart was seen, and it may be writing still: this profile proves nothing.
    bench.step({ kind: 'profile', mac: macOf(0), load: TARGET.load });
    bench.wait(65_000);
    expect(bench.phone(0)).toMatchObject({ state: 'writing' });
    bench.step({ kind: 'profile', mac: macOf(0), load: TARGET.load });
    bench.wait(59_000);
    expect(bench.phone(0)).toMatchObject({ state: 'writing' });
    bench.restart();
    bench.wait(61_000);
    expect(bench.phone(0)).toMatchObject({ state: 'failed', problem: { code: 'wave.no-version', params: { load: TARGET.load } } });
    // Switched on again it has nothing to ask for: that is not the rule's fault.
    bench.step({ kind: 'powered', mac: macOf(0) });
    bench.step({ kind: 'profile', mac: macOf(0), load: TARGET.load });
    bench.wait(10 * 60_000);
    expect(bench.phone(0)).toMatchObject({ state: 'failed', problem: { code: 'wave.no-version' } });
    bench.shows(0, TARGET.version);
    expect(bench.phone(0)).toMatchObject({ state: 'done', problem: null });
  });

  it('waits for the version from the first profile after a restart that was seen, and is content once it comes', () => {
    const bench = new WaveBench();
    bench.push(many(2));
    for (const index of [0, 1]) {
      bench.load(index);
      bench.step({ kind: 'powered', mac: macOf(index) });
      bench.step({ kind: 'profile', mac: macOf(index), load: null });
    }
    bench.wait(20_000);
    bench.shows(1, TARGET.version);
    bench.wait(45_000);
    expect([bench.phone(0).problem?.code, bench.phone(1).state]).toEqual(['wave.no-version', 'done']);
  });

  it('gives up a phone that never comes back from writing', () => {
    const bench = new WaveBench();
    bench.push(many(1));
    bench.load(0);
    bench.wait(16 * 60_000);
    expect(bench.phone(0)).toMatchObject({ state: 'failed', problem: { code: 'wave.not-back' } });
    bench.shows(0, TARGET.version);
    expect(bench.phone(0)).toMatchObject({ state: 'done', problem: null });
  });
});
