import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWaveKeeper } from '../../../../main/app/firmware/wave-keeper.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

function keeperOf(costMs = 0, fails = false) {
  const at: number[] = [];
  const troubles: unknown[] = [];
  const keeper = createWaveKeeper(() => {
    at.push(performance.now());
    vi.setSystemTime(Date.now() + costMs);
    if (costMs > 0) vi.advanceTimersByTime(costMs);
    return fails ? Promise.reject(new Error('disk')) : Promise.resolve();
  }, (cause) => troubles.push(cause));
  const began = performance.now();
  return { keeper, troubles, times: () => at.map((each) => Math.round(each - began)) };
}

it('progress is kept every five seconds, a change of state within half a second, also while progress waits', async () => {
  const { keeper, times } = keeperOf();
  keeper.touch(false);
  await vi.advanceTimersByTimeAsync(4000);
  keeper.touch(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(times()).toEqual([5000]);
  keeper.touch(false);
  await vi.advanceTimersByTimeAsync(1000);
  keeper.touch(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(times()).toEqual([5000, 6500]);
});

it('a costly save is followed by a rest of many times its cost, five seconds at most', async () => {
  const { keeper, times } = keeperOf(20);
  for (let step = 0; step < 120; step += 1) {
    keeper.touch(true);
    await vi.advanceTimersByTimeAsync(100);
  }
  const gaps = times().slice(1).map((each, index) => each - (times()[index] ?? 0));
  expect(gaps.length).toBeGreaterThan(0);
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(4900);
});

it('a save that is asked for is not put off, and what fails is told and ends nothing', async () => {
  const { keeper, times, troubles } = keeperOf(0, true);
  await keeper.save();
  await keeper.save();
  expect(times()).toHaveLength(2);
  expect(troubles).toHaveLength(2);
});

it('stopping keeps what is left, once', async () => {
  const { keeper, times } = keeperOf();
  keeper.touch(false);
  await keeper.stop();
  keeper.touch(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(times()).toHaveLength(1);
});
