import { describe, expect, it } from 'vitest';
import { shared } from '../../../../renderer/model/shared.ts';

const view = (name: string, phones: number) => ({ name, phones, variables: ['extension', 'name'], protection: { container: 'none', key: null } });

describe('an answer that is asked for again', () => {
  it('is the one before when nothing changed', () => {
    const before = [view('all', 8), view('lab', 0)];
    expect(shared(before, [view('all', 8), view('lab', 0)])).toBe(before);
  });

  it('keeps every part that did not change', () => {
    const before = [view('all', 8), view('lab', 0)];
    const next = shared(before, [view('all', 9), view('lab', 0)]);
    expect(next).toEqual([view('all', 9), view('lab', 0)]);
    expect(next[0]?.variables).toBe(before[0]?.variables);
    expect(next[1]).toBe(before[1]);
  });

  it('is the new one where rows or keys come, go or are undefined', () => {
    const before = [view('all', 8)];
    expect(shared(before, [])).toEqual([]);
    expect(shared<object>({ a: 1, b: undefined }, { a: 1 })).toEqual({ a: 1 });
    expect(Object.keys(shared<object>({ a: 1 }, { a: 1, b: undefined }))).toEqual(['a', 'b']);
    expect(shared<unknown>([], {})).toEqual({});
    expect(shared<unknown>(null, { a: [1] })).toEqual({ a: [1] });
    expect(shared(undefined, before)).toBe(before);
  });
});
