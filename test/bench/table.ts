/** One printed and recorded table: what was measured, side by side. */
export interface BenchTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** How it was measured, what the load client costs, which peers were missing, what misses its goal and why. */
  readonly notes: readonly string[];
}

/** One benchmark. A module in `test/bench/cases` exports one or several, under any name. */
export interface BenchCase {
  /** What `--only` matches: `tftp-profiles`, `tftp-loss`, `dhcp-power-on` … */
  readonly name: string;
  run(options: { readonly quick: boolean }): Promise<BenchTable>;
}

export function isBenchCase(value: unknown): value is BenchCase {
  if (typeof value !== 'object' || value === null) return false;
  const candidate = value as { readonly name?: unknown; readonly run?: unknown };
  return typeof candidate.name === 'string' && typeof candidate.run === 'function';
}

/** `ours / theirs` with two digits, or null when there is nothing to compare with. */
export function ratio(ours: number, theirs: number | null): number | null {
  return theirs === null || theirs === 0 ? null : Math.round((ours / theirs) * 100) / 100;
}

/** The value below which the given part (0–1) of the sorted samples lies; null without samples. */
export function percentile(sorted: readonly number[], part: number): number | null {
  if (sorted.length === 0) return null;
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? sorted[0] ?? null;
}

/** The table as text in columns, numbers to the right. It is valid Markdown, so that it can be pasted into a page. */
export function formatTable(table: BenchTable): string {
  const cells = table.rows.map((row) => table.columns.map((_, index) => cellText(row[index])));
  const widths = table.columns.map((name, index) => Math.max(name.length, ...cells.map((row) => (row[index] ?? '').length)));
  const right = table.columns.map((_, index) => table.rows.every((row) => typeof row[index] !== 'string'));
  const pad = (text: string, index: number): string =>
    right[index] === true ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0);
  const line = (row: readonly string[]): string => `| ${row.map(pad).join(' | ')} |`;
  const rule = `| ${widths.map((width, index) => (right[index] === true ? `${'-'.repeat(Math.max(1, width - 1))}:` : '-'.repeat(width))).join(' | ')} |`;
  return [`## ${table.title}`, '', line(table.columns), rule, ...cells.map(line), '', ...table.notes.map((note) => `- ${note}`), ''].join('\n');
}

function cellText(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
}
