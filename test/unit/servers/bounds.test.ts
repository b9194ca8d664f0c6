import { describe, expect, it } from 'vitest';
import { Allowances } from '../../../main/servers/allowances.ts';
import { Folding } from '../../../main/servers/folding.ts';

describe('the allowance of each sender', () => {
  it('is a burst that comes back with time', () => {
    const allowances = new Allowances({ rate: 2, burst: 3, senders: 10 });
    const take = (at: number): boolean => allowances.take('a', at);
    expect([take(0), take(0), take(0), take(0)]).toEqual([true, true, true, false]);
    expect([take(500), take(500)]).toEqual([true, false]);
    expect(allowances.take('b', 500)).toBe(true);
  });

  it('survives a clock that jumps back', () => {
    const allowances = new Allowances({ rate: 1, burst: 1, senders: 10 });
    expect([allowances.take('a', 10_000), allowances.take('a', 0), allowances.take('a', 1000)]).toEqual([true, false, true]);
  });

  it('is remembered for the last ones that asked, whoever made up a million addresses', () => {
    const allowances = new Allowances({ rate: 0.001, burst: 1, senders: 100 });
    allowances.take('phone', 0);
    for (let index = 0; index < 10_000; index += 1) {
      allowances.take(`made-up ${index}`, 0);
      if (index % 50 === 0) expect(allowances.take('phone', 0)).toBe(false);
    }
  });
});

describe('folding', () => {
  it('tells the first of each window and counts the others', () => {
    const folding = new Folding({ windowMs: 60, keys: 10, rate: 1000, burst: 1000 });
    expect([0, 10, 59, 60, 61, 120].map((at) => folding.take('k', at))).toEqual([0, null, null, 2, null, 1]);
    expect(folding.take('other', 61)).toBe(0);
  });

  it('begins anew when the clock was set back', () => {
    const folding = new Folding({ windowMs: 60, keys: 10, rate: 1000, burst: 1000 });
    expect([folding.take('k', 1000), folding.take('k', 10)]).toEqual([0, 0]);
  });

  it('forgets the oldest, never more than it may hold', () => {
    const folding = new Folding({ windowMs: 60, keys: 2, rate: 1000, burst: 1000 });
    expect(['a', 'b', 'c', 'a'].map((key) => folding.take(key, 1))).toEqual([0, 0, 0, 0]);
  });
});
