import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readList } from '../../../main/domain/imports/list.ts';

const NOBODY = new Map();
const cell = fc.string({ unit: fc.constantFrom('a', '0', '+', '=', '"', ',', ';', '\t', ' ', 'é', "'", '\n'), maxLength: 8 });

describe('a list', () => {
  it('gives back every cell as it was typed, whatever is in it', () => {
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t'), (cells, delimiter) => {
        const rows = cells.map(([one, two], index) => [`00562b${index.toString(16).padStart(6, '0')}`, one, two]);
        const read = readList(Papa.unparse([['mac', 'one', 'two'], ...rows], { delimiter, newline: '\n' }), NOBODY);
        if (!read.ok) throw new Error(read.failure.code);
        expect(read.value.rows.map(({ variables }) => [variables['one'], variables['two']])).toEqual(cells);
      }),
      { numRuns: 500 },
    );
  });

  it('never loses a good row, whatever stands between', () => {
    const garbage = fc.string({ unit: fc.constantFrom('"', ',', 'x', '0', '5', ' ', ':', 'é'), maxLength: 30 });
    fc.assert(
      fc.property(fc.array(garbage, { maxLength: 30 }), (lines) => {
        const mixed = lines.flatMap((line, index) => [line, `00562b${index.toString(16).padStart(6, '0')},"n, ${index}"`]);
        const read = readList(['mac,name', ...mixed].join('\n'), NOBODY);
        if (!read.ok) throw new Error(read.failure.code);
        const good = read.value.rows.filter(({ verdict, mac }) => verdict === 'new' && mac.startsWith('00562b'));
        expect(good).toHaveLength(lines.length);
        for (const [index, row] of good.entries()) expect(row).toMatchObject({ line: index * 2 + 3, name: `n, ${index}` });
      }),
      { numRuns: 1_000 },
    );
  });

  it('any text is a list or a failure, and every row has a verdict', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = readList(`mac,x\n${text}`, NOBODY);
        if (read.ok) for (const row of read.value.rows) expect(row.verdict === 'rejected').toBe(row.reason !== null && row.reason.code !== 'import.serial-unusual');
      }),
      { numRuns: 1_000 },
    );
  });
});
