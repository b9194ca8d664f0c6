/** Rows that changed and rows that went, as one delta tells them. */
export interface RowChanges<Row, Gone> {
  readonly rows: readonly Row[];
  readonly removed: readonly Gone[];
}

export interface RowKeys<Row, Gone> {
  readonly row: (row: Row) => string;
  readonly gone: (gone: Gone) => string;
  /** A newer change on top of one that was not taken yet. */
  readonly join: (older: Row, newer: Row) => Row;
}

/** Two deltas as one that leaves its reader in the same state. */
export function mergeRows<Row, Gone>(older: RowChanges<Row, Gone>, newer: RowChanges<Row, Gone>, keys: RowKeys<Row, Gone>): RowChanges<Row, Gone> {
  const rows = new Map(older.rows.map((row) => [keys.row(row), row]));
  const removed = new Map(older.removed.map((gone) => [keys.gone(gone), gone]));
  for (const gone of newer.removed) {
    rows.delete(keys.gone(gone));
    removed.set(keys.gone(gone), gone);
  }
  for (const row of newer.rows) {
    const key = keys.row(row);
    const before = rows.get(key);
    removed.delete(key);
    rows.set(key, before === undefined ? row : keys.join(before, row));
  }
  return { rows: [...rows.values()], removed: [...removed.values()] };
}
