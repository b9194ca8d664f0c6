import { describe, expect, it } from 'vitest';
import { filtersOf, rejectedLines, separatorWord, takenBy, variableColumns } from '../../../../../renderer/screens/import/report.ts';
import type { ImportReport, ImportRow } from '../../../../../common/contract/views/workspace.ts';

const row = (line: number, verdict: ImportRow['verdict']): ImportRow => ({ line, verdict, mac: '', model: null, serial: null, name: null, variables: {}, reason: null });
const report = (rows: readonly ImportRow[]): ImportReport => {
  const count = (verdict: ImportRow['verdict']) => rows.filter((each) => each.verdict === verdict).length;
  return { columns: ['mac', 'Name', 'extension', 'room'], separator: ';', rows, added: count('new'), changed: count('changed'), same: count('same'), rejected: count('rejected') };
};

describe('the report of an import', () => {
  it('offers the verdicts that occur, rejected last', () => {
    expect(filtersOf(report([row(2, 'rejected'), row(3, 'new'), row(4, 'new')]))).toEqual([
      { filter: 'all', count: 3 }, { filter: 'new', count: 2 }, { filter: 'rejected', count: 1 },
    ]);
  });

  it('counts as taken what is new or changed', () => {
    expect(takenBy(report([row(2, 'new'), row(3, 'changed'), row(4, 'same'), row(5, 'rejected')]))).toBe(2);
  });

  it('takes every column that is not known for a place of the template', () => {
    expect(variableColumns(report([]))).toEqual(['extension', 'room']);
  });

  it('gives the rejected lines back with their header, whatever ends the lines', () => {
    const text = '\uFEFFmac;name\r\n00562b043615;Accueil\r\nnonsense;Bloc\r\n';
    expect(rejectedLines(text, report([row(2, 'new'), row(3, 'rejected')]))).toBe('mac;name\nnonsense;Bloc');
  });

  it('names each separator', () => {
    expect((['\t', ',', ';'] as const).map(separatorWord)).toEqual(['tab', 'comma', 'semicolon']);
  });
});
