import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Places } from '../../../main/domain/firmware/wave/places.ts';
import { WAVE_SETTINGS } from '../../../main/domain/firmware/wave/waves.ts';

const FLOOR = WAVE_SETTINGS.floorRate;
const FAST = 12 * FLOOR;

/** The card's share for each phone, none more than it can take itself: what one leaves is the others'. */
function sharesOf(own: readonly number[], carries: number): readonly number[] {
  const order = own.map((rate, index) => ({ rate, index })).toSorted((a, b) => a.rate - b.rate);
  const shares = own.map(() => 0);
  let left = carries;
  order.forEach(({ rate, index }, place) => {
    const share = Math.min(rate, left / (order.length - place));
    shares[index] = share;
    left -= share;
  });
  return shares;
}

/** Slow phones stand first in the queue and stay. @returns the places after each look, and the lowest share of a fast phone */
function play(slow: readonly number[], carries: number, best: number, looks: number): { counts: number[]; lowest: number } {
  const places = new Places(WAVE_SETTINGS.least);
  const phones = [...slow, ...Array<number>(400).fill(FAST)];
  const counts: number[] = [];
  let lowest = Infinity;
  for (let look = 0; look < looks; look += 1) {
    const shares = sharesOf(phones.slice(0, places.count), carries);
    for (const share of shares.slice(slow.length)) lowest = Math.min(lowest, share);
    places.adapt({ rates: shares, total: shares.reduce((sum, rate) => sum + rate, 0), loading: shares.length, waiting: phones.length - shares.length, capacity: null, best }, look * 7000, WAVE_SETTINGS);
    counts.push(places.count);
  }
  return { counts, lowest };
}

describe('slow phones that hold all places', () => {
  it('do not keep fast ones waiting while the card has room, and no fast one falls below the floor by it', () => {
    fc.assert(fc.property(
      fc.array(fc.double({ min: 0.3, max: 1.2, noNaN: true }), { minLength: 16, maxLength: 40 }), fc.integer({ min: 400, max: 2000 }),
      (rates, carries) => {
        const { counts, lowest } = play(rates.map((rate) => rate * FLOOR), carries * FLOOR, carries * FLOOR, 60);
        expect(counts.at(-1)).toBeGreaterThan(rates.length);
        expect(lowest).toBeGreaterThanOrEqual(FLOOR);
      },
    ));
  });

  it('are no reason for more where the card carries less than it once did: a quarter more is tried, and no further', () => {
    fc.assert(fc.property(fc.double({ min: 2, max: 14, noNaN: true }), (carries) => {
      const { counts } = play([], carries * FLOOR, 1000 * FLOOR, 60);
      expect(Math.max(...counts)).toBeLessThanOrEqual(WAVE_SETTINGS.least * 1.25);
    }));
  });
});
