import { describe, expect, it } from 'vitest';
import { createRates } from '../../../../main/app/live/rates.ts';

describe('the rates of the last minute', () => {
  it('count whole seconds and forget what is older than a minute', () => {
    let now = 1_000_000;
    const rates = createRates(() => now);
    rates.add('requests');
    rates.add('bytes', 500);
    now += 1000;
    expect(rates.read().requests.at(-1)).toBe(1);
    expect(rates.read().bytes.at(-1)).toBe(500);
    now += 30_000;
    expect(rates.read().requests.at(-31)).toBe(1);
    now += 31_000;
    expect(rates.read().requests.every((count) => count === 0)).toBe(true);
  });

  it('start over when the clock jumps back', () => {
    let now = 1_000_000;
    const rates = createRates(() => now);
    rates.add('lines', 7);
    now -= 500_000;
    expect(rates.read().lines.every((count) => count === 0)).toBe(true);
  });
});
