import { describe, expect, it } from 'vitest';
import { allDoneNow } from '../../../../renderer/model/chord.ts';

describe('the chord', () => {
  it('sounds when the last phone becomes done, and only then', () => {
    expect(allDoneNow({ all: 2, done: 1 }, { all: 2, done: 2 })).toBe(true);
    expect(allDoneNow({ all: 2, done: 2 }, { all: 2, done: 2 })).toBe(false);
    expect(allDoneNow({ all: 2, done: 0 }, { all: 2, done: 1 })).toBe(false);
  });

  it('stays silent at the first look and on an empty bench', () => {
    expect(allDoneNow(null, { all: 2, done: 2 })).toBe(false);
    expect(allDoneNow({ all: 1, done: 1 }, { all: 0, done: 0 })).toBe(false);
  });
});
