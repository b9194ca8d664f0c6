import Papa from 'papaparse';
import { parseMac } from '../../../common/values/mac.ts';

export type Separator = ',' | ';' | '\t';

/** One row of a list, as text. */
export interface ListRecord {
  /** 1-based line at which it begins. */
  readonly line: number;
  readonly cells: readonly string[];
  /** A quote was opened and not closed where it had to be. */
  readonly broken: boolean;
}

export interface ListRecords {
  readonly header: readonly string[];
  readonly separator: Separator;
  readonly records: readonly ListRecord[];
}

const SEPARATORS: readonly Separator[] = [';', '\t', ','];
const LINE_END = /\r\n|\n|\r/g;

/**
 * Splits a list into rows of cells without reading anything into them. A quoted cell may span lines; but a quote that is
 * never closed, or closed only by another row's quote, costs its own line alone: reading goes on with the next one.
 * @param macColumn finds the column that holds the MAC, to tell a row that was swallowed from a cell with several lines
 */
export function readRecords(text: string, macColumn: (header: readonly string[]) => number): ListRecords {
  const lines = splitLines(text.replace(/^\uFEFF/, ''));
  let at = lines.findIndex((line) => line.trim() !== '');
  // Spreadsheets may begin with `sep=;` to tell themselves the separator.
  const told = /^"?sep=([,;\t])"?$/i.exec(lines[at] ?? '')?.[1];
  if (told !== undefined) at += 1;
  const headerLine = lines[at] ?? '';
  const separator = (told as Separator | undefined) ?? guessSeparator(headerLine);
  const header = cellsOf(headerLine, separator).cells.map((cell) => cell.trim());
  while (header.length > 1 && header.at(-1) === '') header.pop();
  const mac = macColumn(header);
  const records: ListRecord[] = [];
  const cellsOfLine = remembered((index) => cellsOf(lines[index] ?? '', separator));
  let line = at + 1;
  while (line < lines.length) {
    const taken = takeRecord(lines, line, separator, (index) => parseMac(cellsOfLine(index).cells[mac] ?? '') !== null, cellsOfLine(line));
    if (taken.cells.some((cell) => cell.trim() !== '')) records.push({ line: line + 1, cells: taken.cells, broken: taken.broken });
    line += taken.lines;
  }
  return { header, separator, records };
}

/** Longest cell in lines: a postal address has five. */
const MOST_LINES = 8;

function takeRecord(
  lines: readonly string[],
  from: number,
  separator: Separator,
  isRow: (line: number) => boolean,
  alone: Cells,
): Omit<ListRecord, 'line'> & { readonly lines: number } {
  if (!alone.broken) return { ...alone, lines: 1 };
  const first = lines[from] ?? '';
  let joined = first;
  for (let count = 2; count <= MOST_LINES && from + count <= lines.length; count += 1) {
    if (isRow(from + count - 1)) break;
    joined += `\n${lines[from + count - 1] ?? ''}`;
    if (!hasEvenQuotes(joined)) continue;
    const together = cellsOf(joined, separator);
    if (!together.broken) return { ...together, lines: count };
  }
  return { cells: first.split(separator), broken: true, lines: 1 };
}

/** A closed quoted cell has a partner for each of its quotes. */
function hasEvenQuotes(text: string): boolean {
  return text.split('"').length % 2 === 1;
}

type Cells = Pick<ListRecord, 'cells' | 'broken'>;

function remembered(read: (line: number) => Cells): (line: number) => Cells {
  const kept = new Map<number, Cells>();
  return (line) => {
    const cells = kept.get(line) ?? read(line);
    kept.set(line, cells);
    return cells;
  };
}

function cellsOf(text: string, separator: Separator): Cells {
  if (!text.includes('"')) return { cells: text.split(separator), broken: false };
  const parsed = Papa.parse<string[]>(text, { delimiter: separator, newline: '\n', header: false, dynamicTyping: false });
  return { cells: parsed.data[0] ?? [], broken: parsed.data.length > 1 || parsed.errors.some(({ type }) => type === 'Quotes') };
}

/** The separator that the header has most of, quoted parts left out. */
function guessSeparator(header: string): Separator {
  const bare = header.replaceAll(/"[^"]*"/g, '');
  const counted = SEPARATORS.map((separator) => ({ separator, count: bare.split(separator).length - 1 }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best), { separator: ',' as Separator, count: 0 }).separator;
}

function splitLines(text: string): readonly string[] {
  return text.split(LINE_END);
}
