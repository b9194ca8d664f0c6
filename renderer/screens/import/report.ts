import type { ImportReport, ImportRow } from '../../../common/contract/views/workspace.ts';

export type RowFilter = 'all' | ImportRow['verdict'];

/** The filters that have rows, with their counts; what needs a hand stands last, as everywhere. */
export function filtersOf(report: ImportReport): readonly { readonly filter: RowFilter; readonly count: number }[] {
  const all: readonly { readonly filter: RowFilter; readonly count: number }[] = [
    { filter: 'all', count: report.rows.length },
    { filter: 'new', count: report.added },
    { filter: 'changed', count: report.changed },
    { filter: 'same', count: report.same },
    { filter: 'rejected', count: report.rejected },
  ];
  return all.filter(({ filter, count }) => filter === 'all' || count > 0);
}

/** How many phones would change if the list were taken. */
export function takenBy(report: ImportReport): number {
  return report.added + report.changed;
}

/** Columns that fill places of the template, in the order of the file. */
export function variableColumns(report: ImportReport): readonly string[] {
  const known = new Set(['mac', 'model', 'serial', 'name']);
  return report.columns.filter((column) => !known.has(column.toLowerCase()));
}

/** The header and the rejected lines as they stand in the text, to be mended and imported again. */
export function rejectedLines(text: string, report: ImportReport): string {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const wanted = report.rows.filter((row) => row.verdict === 'rejected').flatMap((row) => lines[row.line - 1] ?? []);
  return [lines[0] ?? '', ...wanted].join('\n');
}

export function separatorWord(separator: ImportReport['separator']): 'comma' | 'semicolon' | 'tab' {
  return separator === ',' ? 'comma' : separator === ';' ? 'semicolon' : 'tab';
}
