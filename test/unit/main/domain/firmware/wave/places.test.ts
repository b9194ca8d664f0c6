import { describe, expect, it } from 'vitest';
import { Places, type Load } from '../../../../../../main/domain/firmware/wave/places.ts';
import { WAVE_SETTINGS } from '../../../../../../main/domain/firmware/wave/waves.ts';
import { macOf } from './wave-bench.ts';

const FLOOR = WAVE_SETTINGS.floorRate;

function loadOf(rates: readonly number[], rest: Partial<Load> = {}): Load {
  return { rates, total: rates.reduce((sum, rate) => sum + rate, 0), loading: rates.length, waiting: 50, capacity: null, ...rest };
}

function adapt(count: number, load: Load): number {
  const places = new Places(count);
  places.adapt(load, 1000, WAVE_SETTINGS);
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

  it('grow by one at a time once it was too much, and only after rates have settled', () => {
    const places = new Places(16);
    places.adapt(loadOf(Array(16).fill(0.5 * FLOOR)), 0, WAVE_SETTINGS);
    expect(places.count).toBe(12);
    const fast = loadOf(Array(12).fill(4 * FLOOR));
    places.adapt(fast, 3000, WAVE_SETTINGS);
    expect(places.count).toBe(12);
    places.adapt(fast, 7000, WAVE_SETTINGS);
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

  it('do not shrink for one phone that is slow by itself, nor grow meanwhile', () => {
    expect(adapt(8, loadOf([...Array<number>(7).fill(8 * FLOOR), 0.2 * FLOOR]))).toBe(8);
  });

  it('shrink when several phones fall silent together, not for one', () => {
    const rates = Array<number>(8).fill(1.5 * FLOOR);
    const places = new Places(8);
    places.brokeOff(macOf(1), 0);
    places.adapt(loadOf(rates), 1000, WAVE_SETTINGS);
    expect(places.count).toBe(8);
    places.brokeOff(macOf(2), 1000);
    places.adapt(loadOf(rates), 2000, WAVE_SETTINGS);
    expect(places.count).toBe(6);
  });

  it('stay where the limit does not bind, or nobody waits', () => {
    expect(adapt(8, loadOf([9 * FLOOR, 9 * FLOOR, 9 * FLOOR]))).toBe(8);
    expect(adapt(4, loadOf(Array(4).fill(9 * FLOOR), { waiting: 0 }))).toBe(4);
  });
});
