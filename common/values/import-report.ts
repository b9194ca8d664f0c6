/** One row of a list and what would happen to it. */
export interface ImportRow {
  /** 1-based line of the file. */
  readonly line: number;
  readonly verdict: 'new' | 'changed' | 'same' | 'rejected';
  readonly mac: string;
  readonly model: string | null;
  readonly serial: string | null;
  readonly name: string | null;
  readonly variables: Readonly<Record<string, string>>;
  /** Why it was rejected, or a remark (`import.serial-unusual`). */
  readonly reason: { readonly code: string; readonly params: Readonly<Record<string, string | number>> } | null;
}

export interface ImportReport {
  readonly columns: readonly string[];
  readonly separator: ',' | ';' | '\t';
  readonly rows: readonly ImportRow[];
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly rejected: number;
}
