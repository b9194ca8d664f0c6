import { describe, expect, it } from 'vitest';
import { diffLines } from '../../../../../../renderer/model/line-diff.ts';
import { foldSame, pairLines } from '../../../../../../renderer/screens/profiles/history/pairs.ts';

describe('two texts beside each other', () => {
  it('have a changed line in one row, and a gap where a side has none', () => {
    const rows = pairLines(diffLines('a\nb\nc', 'a\nB\nc\nd') ?? []);
    expect(rows.map(({ left, right }) => [left?.text ?? null, right?.text ?? null])).toEqual([['a', 'a'], ['b', 'B'], ['c', 'c'], [null, 'd']]);
  });

  it('fold what is equal and far from every change, and lose no line', () => {
    const folded = foldSame(Array.from({ length: 20 }, (_, at) => at), (row) => row === 10);
    expect(folded.map((each) => (each.kind === 'fold' ? `${each.count}` : each.row))).toEqual(['8', 8, 9, 10, 11, 12, '7']);
    expect(folded.flatMap((each) => (each.kind === 'fold' ? each.rows : [each.row]))).toHaveLength(20);
  });

  it('do not fold two lines', () => {
    expect(foldSame([0, 1, 2, 3, 4], (row) => row === 4).every(({ kind }) => kind === 'row')).toBe(true);
  });
});
