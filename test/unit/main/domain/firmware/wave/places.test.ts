import { describe, expect, it } from 'vitest';
import { Places, type Load } from '../../../../../../main/domain/firmware/wave/places.ts';
import { WAVE_SETTINGS } from '../../../../../../main/domain/firmware/wave/waves.ts';
import { macOf } from './wave-bench.ts';

const SETTINGS = { ...WAVE_SETTINGS, least: 4 };
const FLOOR = SETTINGS.floorRate;

function loadOf(rates: readonly number[], rest: Partial<Load> = {}): Load {
  return { rates, total: rates.reduce((sum, rate) => sum + rate, 0), loading: rates.length, waiting: 50, capacity: null, best: 0, ...rest };
}

function adapt(count: number, load: Load): number {
  const places = new Places(count);
  places.adapt(load, 1000, SETTINGS);
  return places.count;
}

describe('places', () => {
  it('double while every phone is above twice the floor: none can fall below it', () => {
    expect(adapt(4, loadOf([9, 9, 9, 9].map((each) => each * FLOOR)))).toBe(8);
  });

  it('stay between the floor and twice the floor', () => {
    expect(adapt(8, loadOf(Array(8).fill(1.5 * FLOOR)))).toBe(8);
  });

  it('shrink by a quarter when phones are starved, never below the least', () => {
    expect(adapt(16, loadOf(Array(16).fill(0.9 * FLOOR)))).toBe(12);
    expect(adapt(4, loadOf(Array(4).fill(0.1 * FLOOR)))).toBe(4);
  });

  it('grow in small steps once it was too much, and only after rates have settled', () => {
    const places = new Places(16);
    places.adapt(loadOf(Array(16).fill(0.5 * FLOOR)), 0, SETTINGS);
    expect(places.count).toBe(12);
    const fast = loadOf(Array(12).fill(4 * FLOOR));
    places.adapt(fast, 3000, SETTINGS);
    expect(places.count).toBe(12);
    places.adapt(fast, 7000, SETTINGS);
    expect(places.count).toBe(13);
  });

  it('leave what the card has for those that are there', () => {
    const rates = Array<number>(8).fill(4 * FLOOR);
    expect(adapt(8, loadOf(rates, { capacity: 34.5 * FLOOR }))).toBe(10);
    expect(adapt(8, loadOf(rates, { capacity: 32.5 * FLOOR }))).toBe(8);
  });

  it('are never more than the card can feed, even fewer than the least', () => {
    expect(adapt(100, loadOf([], { capacity: 10 * FLOOR }))).toBe(10);
    expect(adapt(4, loadOf([], { capacity: 2 * FLOOR }))).toBe(2);
    expect(adapt(2, loadOf([], { capacity: null }))).toBe(4);
  });

  it('are judged without phones that are slow by themselves: a card that is too small starves all alike', () => {
    expect(adapt(8, loadOf([...Array<number>(6).fill(8 * FLOOR), 0.2 * FLOOR, 0.1 * FLOOR]))).toBe(16);
  });

  it('try one more when the least are held by slow phones for long, and no second one', () => {
    const places = new Places(4);
    const slow = Array<number>(4).fill(0.2 * FLOOR);
    const counts = [[0, 4], [20_000, 4], [30_000, 4], [37_000, 5], [67_000, 5], [90_000, 5]].map(([at = 0, loading = 0]) => {
      places.adapt(loadOf(slow, { loading }), at, SETTINGS);
      return places.count;
    });
    expect(counts).toEqual([4, 4, 5, 4, 4, 4]);
  });

  it('shrink when several phones fall silent together, not for one, nor while the others are fast', () => {
    const silence = (phones: number, rate: number): number => {
      const places = new Places(8);
      for (let index = 0; index < phones; index += 1) places.brokeOff(macOf(index), 0);
      places.adapt(loadOf(Array<number>(8).fill(rate)), 1000, SETTINGS);
      return places.count;
    };
    expect([silence(1, 1.5 * FLOOR), silence(3, 1.5 * FLOOR), silence(3, 2.5 * FLOOR)]).toEqual([8, 6, 16]);
  });

  it('stay where the limit does not bind, or nobody waits', () => {
    expect(adapt(8, loadOf([9 * FLOOR, 9 * FLOOR, 9 * FLOOR]))).toBe(8);
    expect(adapt(4, loadOf(Array(4).fill(9 * FLOOR), { waiting: 0 }))).toBe(4);
  });
});
