import type { DiffLine } from '../../../model/line-diff.ts';

/** One row of two texts beside each other; null where a side has no line for it. */
export interface Pair {
  readonly left: DiffLine | null;
  readonly right: DiffLine | null;
}

export type Folded<R> = { readonly kind: 'row'; readonly row: R } | { readonly kind: 'fold'; readonly count: number; readonly rows: readonly R[] };

/** Lines around a change that stay in sight. */
const AROUND = 2;
/** A shorter stretch is not worth a fold. */
const SHORTEST = 3;

/** Removed lines stand left of those that were added in their place. */
export function pairLines(lines: readonly DiffLine[]): readonly Pair[] {
  const pairs: Pair[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = () => {
    for (let at = 0; at < Math.max(removed.length, added.length); at += 1) pairs.push({ left: removed[at] ?? null, right: added[at] ?? null });
    removed = [];
    added = [];
  };
  for (const line of lines) {
    if (line.kind === 'removed') removed.push(line);
    else if (line.kind === 'added') added.push(line);
    else {
      flush();
      pairs.push({ left: line, right: line });
    }
  }
  flush();
  return pairs;
}

/** Long stretches in which nothing `stands out` become one fold that counts them. */
export function foldSame<R>(rows: readonly R[], standsOut: (row: R) => boolean): readonly Folded<R>[] {
  const near = new Uint8Array(rows.length);
  for (const [at, row] of rows.entries()) if (standsOut(row)) near.fill(1, Math.max(0, at - AROUND), at + AROUND + 1);
  const out: Folded<R>[] = [];
  let hidden: R[] = [];
  const flush = () => {
    if (hidden.length < SHORTEST) out.push(...hidden.map((row): Folded<R> => ({ kind: 'row', row })));
    else out.push({ kind: 'fold', count: hidden.length, rows: hidden });
    hidden = [];
  };
  for (const [at, row] of rows.entries()) {
    if (near[at] === 1) {
      flush();
      out.push({ kind: 'row', row });
    } else hidden.push(row);
  }
  flush();
  return out;
}
