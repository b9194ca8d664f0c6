import type { ComparedParameter } from '../../../common/values/report.ts';

export type Verdict = ComparedParameter['verdict'];

/** Rows that a person must look at. What the phone does not tell is no difference, and no proof either. */
export function isDifference(row: Pick<ComparedParameter, 'verdict'>): boolean {
  return row.verdict === 'different' || row.verdict === 'missing';
}

/** How many rows of each verdict, in the order in which they are told. */
export function verdictCounts(rows: readonly Pick<ComparedParameter, 'verdict'>[]): readonly { readonly verdict: Verdict; readonly count: number }[] {
  const order: readonly Verdict[] = ['different', 'missing', 'hidden', 'same', 'unasked'];
  return order.map((verdict) => ({ verdict, count: rows.filter((row) => row.verdict === verdict).length })).filter(({ count }) => count > 0);
}
