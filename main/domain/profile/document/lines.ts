import type { TextSpan } from '../../../../common/values/text-span.ts';

/** Where the lines of a text begin, for any number of questions about places in it. */
export interface LineTable {
  /** 1-based line and column, in UTF-16 units; beyond the end, the end. */
  positionAt(offset: number): { readonly line: number; readonly column: number };
  span(from: number, to: number): TextSpan;
}

const LF = 10;
const CR = 13;

/** A line ends at LF, CR LF or CR, as editors count. Reading costs one walk, a question one binary search at most. */
export function lineTable(text: string): LineTable {
  const starts = lineStarts(text);
  let line = 0;

  /** Index of the line that holds an offset. */
  const find = (offset: number): number => {
    // Most questions come in the order of the text.
    if (offset >= (starts[line] ?? 0) && offset < (starts[line + 1] ?? Infinity)) return line;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return (line = low);
  };
  const columnIn = (index: number, offset: number): number => offset - (starts[index] ?? 0) + 1;
  const within = (offset: number): number => Math.max(0, Math.min(offset, text.length));

  return {
    positionAt(offset) {
      const place = within(offset);
      const index = find(place);
      return { line: index + 1, column: columnIn(index, place) };
    },
    span(from, to) {
      const place = within(from);
      const index = find(place);
      return { from, to, line: index + 1, column: columnIn(index, place) };
    },
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) starts.push(at + 1);
  }
  return starts;
}
