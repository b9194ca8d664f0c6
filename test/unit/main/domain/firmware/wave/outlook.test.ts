import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../../../common/values/model.ts';
import type { FirmwareHop, FirmwarePlan } from '../../../../../../common/values/firmware.ts';
import { predictPlan, viewWaves } from '../../../../../../main/domain/firmware/wave/waves.ts';
import { Hall } from './hall.ts';
import { HOP, macOf, memberOf, OLD, TARGET, WaveBench } from './wave-bench.ts';

function planOf(phones: number, hops: readonly (typeof HOP)[], problem: FirmwareHop['problem'] = null): FirmwarePlan {
  return {
    family: 'sip88xx', target: TARGET.load, rule: 'rule', problems: [],
    paths: [{
      family: 'sip88xx', models: ['CP-8851-3PCC' as Model], phones: Array.from({ length: phones }, (_, index) => macOf(index)), from: OLD, problem: null,
      hops: hops.map((hop, index): FirmwareHop => ({ ...hop, role: index === hops.length - 1 ? 'target' : 'hop', problem: index === hops.length - 1 ? problem : null })),
    }],
  };
}

describe('how long a plan will take', () => {
  it('is not told where nothing was measured and the card has no speed', () => {
    const plan = planOf(3, [HOP, TARGET]);
    expect(predictPlan(new WaveBench().waves, plan)).toEqual(plan);
  });

  it('goes by the link before the first phone: bytes at its speed, then writing', () => {
    const bench = new WaveBench();
    bench.step({ kind: 'card', capacity: 1_000_000, up: true });
    // Four at once share 1 MB/s: 4 and 8 MB in 16 and 32 seconds, and a minute and a half after each.
    const { paths, predictedFrom, predictedSeconds } = predictPlan(bench.waves, planOf(4, [HOP, TARGET]));
    expect(paths[0]?.hops).toMatchObject([{ predictedSeconds: 106, predictedFrom: 'link' }, { predictedSeconds: 122, predictedFrom: 'link' }]);
    expect(paths[0]).toMatchObject({ predictedSeconds: 228 });
    expect({ predictedFrom, predictedSeconds }).toEqual({ predictedFrom: 'link', predictedSeconds: 228 });
  });

  it('goes by what phones took on this card, also after a restart, and not on another card', () => {
    const bench = new WaveBench({ least: 1 });
    bench.step({ kind: 'card', capacity: 118_000_000, up: true });
    bench.push([memberOf(0)]);
    bench.load(0);
    bench.wait(40_000);
    bench.shows(0, TARGET.version);
    bench.restart();
    // A million bytes a second and 40 seconds of writing; it took 3 of the load's 8 MB.
    expect(predictPlan(bench.waves, planOf(1, [TARGET]))).toMatchObject({ predictedSeconds: 43, predictedFrom: 'measured' });
    // The link is out: it is the same card still.
    bench.step({ kind: 'card', capacity: null, up: false });
    expect(predictPlan(bench.waves, planOf(1, [TARGET]))).toMatchObject({ predictedFrom: 'measured' });
    bench.step({ kind: 'card', capacity: 11_800_000, up: true });
    expect(predictPlan(bench.waves, planOf(1, [TARGET]))).toMatchObject({ predictedFrom: 'link' });
  });

  it('says nothing of a way that ends early, but of the hops before its end', () => {
    const bench = new WaveBench();
    bench.step({ kind: 'card', capacity: 118_000_000, up: true });
    const told = predictPlan(bench.waves, planOf(2, [HOP, TARGET], { code: 'firmware.sibling-missing', params: {} }));
    expect(told.predictedSeconds).toBeUndefined();
    expect(told.paths[0]?.predictedSeconds).toBeUndefined();
    expect(told.paths[0]?.hops.map(({ predictedSeconds }) => predictedSeconds !== undefined)).toEqual([true, false]);
  });
});

describe('the first prediction of a wave', () => {
  it.each([[40, 118_000_000], [100, 8_000_000], [40, 11_800_000]])('is within two fifths of how long %i phones take on a card of %i bytes a second', (count, capacity) => {
    const hall = new Hall(count, capacity, () => null, 4);
    const began = hall.now;
    hall.run(capacity, 12 * 3_600_000);
    const { last } = viewWaves(hall.waves, hall.now);
    expect(Math.abs((last?.said ?? 0) - (last?.ended ?? 0))).toBeLessThan(0.4 * ((last?.ended ?? 0) - began));
  });
});
