import type { ParameterChange, ParameterState } from '../../domain/profile/document/compare.ts';
import { harmless } from '../harmless.ts';

const SIGNS: Readonly<Record<ParameterChange['verdict'], string>> = { changed: '~', added: '+', removed: '-', same: ' ' };
const GAP = '  ';
const NARROWEST = 16;
const WIDEST_NAME = 34;
const WIDEST_VALUE = 60;
/** Where no terminal tells its width: a file or a pipe. */
const USUAL_COLUMNS = 120;

/** Three columns: parameter, one file, the other. Long values go on below, in their own column. */
export function changeTable(changes: readonly ParameterChange[], headings: readonly [string, string], columns: number | null): string {
  const rows = changes.map((change): readonly [string, string, string] => [`${SIGNS[change.verdict]} ${change.name}`, cell(change.before, change.after), cell(change.after, change.before)]);
  const all: readonly (readonly [string, string, string])[] = [['  parameter', ...headings], ...rows];
  const longest = (index: 0 | 1 | 2): number => Math.max(...all.map((row) => row[index].length));
  const name = Math.min(longest(0), WIDEST_NAME);
  const room = Math.floor(((columns ?? USUAL_COLUMNS) - name - 2 * GAP.length) / 2);
  const value = Math.min(Math.max(longest(1), longest(2)), Math.max(NARROWEST, Math.min(room, WIDEST_VALUE)));
  return all.flatMap((row) => inColumns(row, [name, value, value])).map((line) => `${line.trimEnd()}\n`).join('');
}

/** Access is told only where it is what differs: most profiles have the same everywhere. */
function cell(state: ParameterState | null, other: ParameterState | null): string {
  if (!state) return '(not there)';
  const value = state.intent === 'reset' ? '(factory value)' : state.intent === 'empty' ? '(empty)' : harmless(state.value);
  return other && other.ua !== state.ua ? `${value} ${state.ua === null ? 'without ua' : `ua=${state.ua}`}` : value;
}

function inColumns(row: readonly string[], widths: readonly number[]): readonly string[] {
  const cells = row.map((text, index) => pieces(text, widths[index] ?? 1));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => cells.map((cellLines, index) => (cellLines[line] ?? '').padEnd(widths[index] ?? 1)).join(GAP));
}

/** Cuts behind a space, a slash, a comma or a bracket where one is near, so that URLs and rules stay readable. */
function pieces(text: string, width: number): readonly string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const cut = /^[\s\S]*[\s/,;|)\]&]/.exec(rest.slice(0, width))?.[0].length ?? 0;
    let at = cut > width / 2 ? cut : width;
    // Never between the halves of one character.
    if (/[\ud800-\udbff]/.test(rest[at - 1] ?? '')) at -= 1;
    found.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at);
  }
  return [...found, rest];
}
