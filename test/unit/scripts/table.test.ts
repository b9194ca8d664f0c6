import { describe, expect, it } from 'vitest';
import { formatTable, isBenchCase, percentile, ratio } from '../../bench/table.ts';

describe('a benchmark table', () => {
  it('is valid Markdown with numbers to the right and empty cells for what was not measured', () => {
    const text = formatTable({ title: 'T', columns: ['server', 'per s'], rows: [['dialbench', 2900.4], ['atftpd', null]], notes: ['n=3'] });
    expect(text).toBe('## T\n\n| server    | per s |\n| --------- | ----: |\n| dialbench |  2900 |\n| atftpd    |       |\n\n- n=3\n');
  });

  it('has no ratio where there is nothing to compare with', () => {
    expect(ratio(3, null)).toBeNull();
    expect(ratio(3, 2)).toBe(1.5);
  });

  it('reads percentiles from the sorted samples, and none from no samples', () => {
    expect(percentile([], 0.5)).toBeNull();
    expect(percentile([1, 2, 3, 4], 0.5)).toBe(2);
    expect(percentile([1, 2, 3, 4], 0.99)).toBe(4);
  });

  it('takes only named things that run for benchmarks', () => {
    expect(isBenchCase({ name: 'tftp', run: () => undefined })).toBe(true);
    expect(isBenchCase({ name: 'tftp' })).toBe(false);
    expect(isBenchCase('tftp')).toBe(false);
  });
});
