import type { TextSpan } from '../../../common/values/text-span.ts';
import { lastUseBefore, usesBetween } from './macros.ts';
import type { Expansion, MacroUse } from './macros.ts';

/** A text to parse that knows where each piece of it stood in what the person wrote. */
export interface Source {
  readonly text: string;
  /** Macros are filled: what is left of `$…` has no value. Otherwise they are still to come. */
  readonly filled: boolean;
  span(from: number, to: number): TextSpan;
  /** Macros whose value touches the stretch, an empty value at its borders included. */
  uses(from: number, to: number): readonly MacroUse[];
}

/** A rule as it was written, macros not filled. */
export function writtenSource(text: string): Source {
  const lines = lineStarts(text);
  return { text, filled: false, span: (from, to) => spanOf(lines, from, to), uses: () => [] };
}

/** A rule after macro expansion; spans speak of the written text. A stretch that a macro gave is where that macro stands. */
export function expandedSource(written: string, expansion: Expansion): Source {
  const lines = lineStarts(written);
  const { uses } = expansion;
  const place = (offset: number, end: boolean): number => {
    const use = uses[lastUseBefore(uses, end ? offset - 1 : offset)];
    if (!use) return offset;
    const past = offset - use.at - use.value.length;
    return past > 0 || (past === 0 && !end) ? use.to + past : end ? use.to : use.from;
  };
  const length = written.length;
  return {
    text: expansion.text,
    filled: true,
    span: (from, to) => {
      const begin = Math.min(place(from, false), length);
      return spanOf(lines, begin, Math.min(length, Math.max(begin, to === from ? begin : place(to, true))));
    },
    uses: (from, to) => usesBetween(uses, from, to),
  };
}

/** Offsets of the first unit of each line; `\n`, `\r\n` and `\r` end one. */
function lineStarts(text: string): readonly number[] {
  return [0, ...Array.from(text.matchAll(/\r\n|[\r\n]/g), (end) => end.index + end[0].length)];
}

function spanOf(lines: readonly number[], from: number, to: number): TextSpan {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) <= from) low = middle + 1;
    else high = middle;
  }
  return { from, to, line: low, column: from - (lines[low - 1] ?? 0) + 1 };
}
