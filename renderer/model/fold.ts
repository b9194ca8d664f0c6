import type { TimelineRow } from '../../common/contract/views/phone.ts';

export type Folded =
  | { readonly kind: 'row'; readonly row: TimelineRow }
  /** The rows just above came again, `times` times more. */
  | { readonly kind: 'again'; readonly key: string; readonly length: number; readonly times: number; readonly lastAt: number };

const LONGEST = 8;

/** Oldest first in, oldest first out: equal rounds (DISCOVER, REQUEST, RRQ … again) become one line. */
export function foldRounds(rows: readonly TimelineRow[]): readonly Folded[] {
  const out: Folded[] = [];
  let at = 0;
  let plain = 0;
  while (at < rows.length) {
    const length = roundBefore(rows, at, plain);
    if (length === 0) {
      const row = rows[at];
      if (row) out.push({ kind: 'row', row });
      plain = row?.kind === 'wire' ? plain + 1 : 0;
      at += 1;
      continue;
    }
    let times = 0;
    while (at + length <= rows.length && sameRound(rows, at - length, at, length)) {
      times += 1;
      at += length;
      // What follows is compared with the last round, which equals the first.
    }
    out.push({ kind: 'again', key: `again ${rows[at - length]?.seq ?? at}`, length, times, lastAt: rows[at - 1]?.at ?? 0 });
    plain = 0;
  }
  return out;
}

/** Length of the shortest round that ends before `at` and begins again there; 0 when there is none. */
function roundBefore(rows: readonly TimelineRow[], at: number, plain: number): number {
  for (let length = 1; length <= Math.min(LONGEST, plain, rows.length - at); length += 1) {
    if (sameRound(rows, at - length, at, length)) return length;
  }
  return 0;
}

function sameRound(rows: readonly TimelineRow[], a: number, b: number, length: number): boolean {
  for (let index = 0; index < length; index += 1) {
    const left = rows[a + index];
    const right = rows[b + index];
    if (!left || !right || left.kind !== 'wire' || right.kind !== 'wire') return false;
    if (left.server !== right.server || left.asked !== right.asked || left.what !== right.what || left.answer !== right.answer) return false;
  }
  return true;
}
