/**
 * Lines that are only in one of two texts, counted as often as they stand there. The order of lines plays no part: this
 * says how much was touched, the difference itself is drawn by whoever shows it.
 */
export function countLines(before: string, after: string): { readonly added: number; readonly removed: number } {
  const old = new Map<string, number>();
  for (const line of linesOf(before)) old.set(line, (old.get(line) ?? 0) + 1);
  let added = 0;
  for (const line of linesOf(after)) {
    const left = old.get(line) ?? 0;
    if (left === 0) added += 1;
    else old.set(line, left - 1);
  }
  return { added, removed: Array.from(old.values()).reduce((sum, count) => sum + count, 0) };
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/\r?\n/);
}
