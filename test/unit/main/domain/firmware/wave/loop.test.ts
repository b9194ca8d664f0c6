import { describe, expect, it } from 'vitest';
import { judgeRequest } from '../../../../../../main/domain/firmware/wave/waves.ts';
import { macOf, memberOf, OLD, TARGET, WaveBench } from './wave-bench.ts';

/** Takes everything and comes back with what it ran before. */
function goRound(bench: WaveBench, index: number): void {
  bench.load(index);
  bench.wait(30_000);
  bench.step({ kind: 'powered', mac: macOf(index) });
  bench.shows(index, OLD);
}

describe('the loop breaker', () => {
  it('holds a phone of a wave after three rounds with the same version', () => {
    const bench = new WaveBench();
    bench.push([memberOf(0)]);
    for (let round = 0; round < 3; round += 1) {
      expect(bench.judge(0, TARGET.load)).toBeNull();
      goRound(bench, 0);
    }
    expect(bench.judge(0, TARGET.load)).toBe('wave.loop-same-version');
    const effects = bench.step({ kind: 'refused', mac: macOf(0), file: TARGET.load });
    const problem = { code: 'wave.loop-same-version', params: { version: OLD, load: TARGET.load } };
    expect(effects).toEqual([{ kind: 'rule', mac: macOf(0) }, { kind: 'attention', mac: macOf(0), problem }]);
    expect(bench.phone(0)).toMatchObject({ state: 'held', rounds: 3, problem });
    expect([bench.rule(0), bench.judge(0, 'rootfs288xx.sbn')]).toEqual(['', 'wave.loop-same-version']);
  });

  it('holds it with the next step, whatever that is, once it was refused', () => {
    const bench = new WaveBench();
    bench.push([memberOf(0)]);
    for (let round = 0; round < 3; round += 1) goRound(bench, 0);
    expect(bench.phone(0).state).toBe('told');
    bench.judge(0, TARGET.load);
    expect(bench.step({ kind: 'tick' }).map(({ kind }) => kind)).toEqual(['rule', 'attention']);
    expect(bench.phone(0).state).toBe('held');
  });

  it('counts rounds where the User-Agent tells less of the version than the phone itself', () => {
    const bench = new WaveBench();
    bench.push([memberOf(0)]);
    const short = OLD.replace(/^sip\w+\./, '').replaceAll('-', '.').replace(/[A-Z].*$/, '');
    for (let round = 0; round < 3; round += 1) {
      bench.shows(0, short);
      goRound(bench, 0);
      expect(bench.phone(0).state).not.toBe('failed');
    }
    bench.shows(0, short);
    expect(bench.judge(0, TARGET.load)).toBe('wave.loop-same-version');
  });

  it('does not count against a phone that it was not given a damaged load', () => {
    const bench = new WaveBench();
    bench.push([memberOf(0)]);
    for (let time = 0; time < 4; time += 1) {
      bench.ask(0, TARGET.load, 1000, `list ${time}`);
      bench.give(0, TARGET.load, 1000, `list ${time}`);
      bench.step({ kind: 'load', load: TARGET.load, problem: { code: 'firmware.load-changed', params: { name: TARGET.load } } });
      bench.step({ kind: 'said', mac: macOf(0), outcome: 'failed', error: 'File not found' });
      expect(bench.phone(0)).toMatchObject({ state: 'queued', problem: { code: 'firmware.load-changed' } });
      bench.step({ kind: 'load', load: TARGET.load, problem: null });
      bench.wait(30_000);
    }
    expect(bench.phone(0)).toMatchObject({ state: 'told', rounds: 0 });
  });

  it('holds one that no wave knows, and releases it with its rounds forgotten', () => {
    const bench = new WaveBench();
    bench.shows(7, OLD);
    for (let round = 0; round < 3; round += 1) goRound(bench, 7);
    expect(bench.step({ kind: 'refused', mac: macOf(7), file: TARGET.load })).toMatchObject([{ kind: 'attention' }]);
    expect(bench.step({ kind: 'refused', mac: macOf(7), file: TARGET.load })).toEqual([]);
    expect(bench.step({ kind: 'release', mac: macOf(7) })).toEqual([{ kind: 'clear', mac: macOf(7) }]);
    expect(bench.judge(7, TARGET.load)).toBeNull();
  });

  it('releases a held phone of a wave: it is told again at once, its wave goes on', () => {
    const bench = new WaveBench();
    bench.push([memberOf(0)]);
    for (let round = 0; round < 3; round += 1) goRound(bench, 0);
    bench.step({ kind: 'refused', mac: macOf(0), file: TARGET.load });
    expect(bench.step({ kind: 'release', mac: macOf(0) }).map(({ kind }) => kind)).toEqual(['clear', 'rule', 'order']);
    expect(bench.phone(0)).toMatchObject({ state: 'told', rounds: 0 });
  });

  it('names the file and how far it came where the phone restarts before the end', () => {
    const bench = new WaveBench();
    bench.push([memberOf(0)]);
    for (let round = 0; round < 3; round += 1) {
      bench.ask(0, TARGET.load, 1000, `list ${round}`);
      bench.give(0, TARGET.load, 1000, `list ${round}`);
      bench.ask(0, 'rootfs288xx.sbn', 1_000_000, `image ${round}`);
      bench.move(0, 'rootfs288xx.sbn', 420_000, 1_000_000, `image ${round}`);
      bench.step({ kind: 'powered', mac: macOf(0) });
      bench.shows(0, OLD);
    }
    expect(judgeRequest(bench.waves, macOf(0), TARGET.load)).toEqual({ code: 'wave.loop-incomplete', params: { file: 'rootfs288xx.sbn', percent: 42, times: 3 } });
  });

  it('repeats what the phone says of itself', () => {
    const bench = new WaveBench();
    for (let round = 0; round < 3; round += 1) {
      bench.load(3);
      bench.step({ kind: 'said', mac: macOf(3), outcome: 'failed', error: 'signature verify failed' });
      bench.wait(30_000);
    }
    expect(judgeRequest(bench.waves, macOf(3), TARGET.load)).toEqual({ code: 'wave.loop-refused', params: { error: 'signature verify failed' } });
  });

  it('holds a phone of a wave that says three times that it cannot, and serves it no more', () => {
    const bench = new WaveBench();
    bench.push([memberOf(0)]);
    for (let time = 0; time < 3; time += 1) {
      expect(bench.phone(0).state).toBe('told');
      bench.step({ kind: 'said', mac: macOf(0), outcome: 'failed', error: 'no space' });
    }
    expect(bench.phone(0)).toMatchObject({ state: 'held', problem: { code: 'wave.loop-refused', params: { error: 'no space' } } });
    expect([bench.judge(0, TARGET.load), bench.rule(0)]).toEqual(['wave.loop-refused', '']);
    bench.step({ kind: 'release', mac: macOf(0) });
    expect([bench.phone(0).state, bench.judge(0, TARGET.load)]).toEqual(['told', null]);
  });

  it('holds a phone that reads the list again and again and takes no image', () => {
    const bench = new WaveBench();
    for (let round = 0; round < 4; round += 1) {
      bench.ask(3, TARGET.load, 1000, `list ${round}`);
      bench.give(3, TARGET.load, 1000, `list ${round}`);
      bench.wait(30_000);
    }
    expect(judgeRequest(bench.waves, macOf(3), TARGET.load)).toMatchObject({ code: 'wave.loop-list' });
  });

  it('counts no request that is repeated within seconds, and no range that goes on', () => {
    const bench = new WaveBench();
    for (let time = 0; time < 20; time += 1) {
      bench.ask(3, TARGET.load, 1000, `list ${time}`);
      bench.give(3, TARGET.load, 1000, `list ${time}`);
      bench.now += 2000;
    }
    for (let time = 0; time < 20; time += 1) {
      bench.ask(3, 'rootfs288xx.sbn', 1_000_000, `range ${time}`);
      bench.break(3, 'rootfs288xx.sbn', time * 10_000, 'http.gone', `range ${time}`);
      bench.wait(40_000);
    }
    expect([bench.judge(3, TARGET.load), bench.judge(3, 'rootfs288xx.sbn')]).toEqual([null, null]);
  });

  it('counts no try that the bench itself ended, slept through or lost its card in', () => {
    const bench = new WaveBench();
    const ends = [
      () => bench.step({ kind: 'woke' }),
      () => bench.restart(),
      () => {
        bench.step({ kind: 'card', capacity: null, up: false });
        bench.step({ kind: 'card', capacity: null, up: true });
      },
      () => bench.break(3, 'rootfs288xx.sbn', 10, 'tftp.stopped', 'image 3'),
      () => bench.step({ kind: 'woke' }),
    ];
    for (const [time, end] of ends.entries()) {
      bench.ask(3, TARGET.load, 1000, `list ${time}`);
      bench.give(3, TARGET.load, 1000, `list ${time}`);
      bench.ask(3, 'rootfs288xx.sbn', 1_000_000, `image ${time}`);
      end();
      bench.step({ kind: 'powered', mac: macOf(3) });
      bench.wait(30_000);
    }
    expect(bench.judge(3, TARGET.load)).toBeNull();
  });

  it('begins anew once another version was shown', () => {
    const bench = new WaveBench();
    bench.shows(3, OLD);
    for (let round = 0; round < 2; round += 1) goRound(bench, 3);
    bench.shows(3, '11-2-4MPP-1');
    bench.load(3);
    bench.step({ kind: 'powered', mac: macOf(3) });
    expect(bench.judge(3, TARGET.load)).toBeNull();
  });

  it('keeps a bounded memory of strangers and never forgets a phone of a wave', () => {
    const bench = new WaveBench();
    bench.push([memberOf(0)]);
    for (let round = 0; round < 3; round += 1) goRound(bench, 0);
    for (let stranger = 0; stranger < 6000; stranger += 1) bench.shows(100_000 + stranger, OLD);
    expect(bench.judge(0, TARGET.load)).toBe('wave.loop-same-version');
    expect(bench.waves.rounds.save().length).toBeLessThanOrEqual(4097);
  });
});
