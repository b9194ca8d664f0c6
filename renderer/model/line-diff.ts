export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  /** 1-based line in the new text, null for a removed one. */
  readonly line: number | null;
}

/** Larger texts are shown without a comparison: the table of the search would grow with the square. */
const MOST_LINES = 4000;

/** Longest common subsequence by lines, after equal head and tail are set aside. Null when the texts are too large. */
export function diffLines(before: string, after: string): readonly DiffLine[] | null {
  const old = before.split(/\r?\n/);
  const now = after.split(/\r?\n/);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const a = old.slice(head, old.length - tail);
  const b = now.slice(head, now.length - tail);
  if (a.length > MOST_LINES || b.length > MOST_LINES) return null;
  const same = (from: number, to: number): DiffLine[] => now.slice(from, to).map((text, index) => ({ kind: 'same', text, line: from + index + 1 }));
  return [...same(0, head), ...middle(a, b, head), ...same(now.length - tail, now.length)];
}

function middle(a: readonly string[], b: readonly string[], offset: number): readonly DiffLine[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const out: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push({ kind: 'same', text: b[j] ?? '', line: offset + j + 1 });
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      out.push({ kind: 'removed', text: a[i] ?? '', line: null });
      i += 1;
    } else {
      out.push({ kind: 'added', text: b[j] ?? '', line: offset + j + 1 });
      j += 1;
    }
  }
  return out;
}
