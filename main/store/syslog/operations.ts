import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { inTransaction } from '../database.ts';
import type { NewLine, StoredLine } from '../store.ts';

export interface LineFilter {
  /** An FTS5 expression from `matchOf`, null for every line. */
  readonly match: string | null;
  readonly mac: string | null;
  readonly worstSeverity: number | null;
  readonly before: number | null;
  readonly limit: number;
}

/** Everything that runs on the thread of `syslog.sqlite`. */
export type SyslogOperations = {
  append(lines: readonly NewLine[]): void;
  search(filter: LineFilter): readonly StoredLine[];
  total(): number;
};

export function syslogOperations(database: DatabaseSync): SyslogOperations {
  const insert = database.prepare('INSERT INTO lines (id, at, peer, facility, severity, mac, text) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const index = database.prepare('INSERT INTO lines_words (rowid, text) VALUES (?, ?)');
  // Lines are never deleted, so the newest id is their number.
  let last = Number(database.prepare('SELECT coalesce(max(id), 0) AS last FROM lines').get()?.['last'] ?? 0);
  return {
    append: (lines) => {
      let id = last;
      inTransaction(database, () => {
        for (const { at, peer, facility, severity, mac, text } of lines) {
          id += 1;
          insert.run(id, at, peer, facility, severity, mac, text);
          index.run(id, text);
        }
      });
      last = id;
    },
    search: (filter) => {
      const { sql, values } = searchQuery(filter);
      return database.prepare(sql).all(...values) as unknown as StoredLine[];
    },
    total: () => last,
  };
}

function searchQuery({ match, mac, worstSeverity, before, limit }: LineFilter): { readonly sql: string; readonly values: SQLInputValue[] } {
  const conditions: readonly (readonly [string, SQLInputValue | null])[] = [
    ['lines_words MATCH ?', match],
    [match === null ? 'lines.id < ?' : 'lines_words.rowid < ?', before],
    ['lines.mac = ?', mac],
    ['lines.severity <= ?', worstSeverity],
  ];
  const used = conditions.filter((entry): entry is [string, SQLInputValue] => entry[1] !== null);
  const where = used.length === 0 ? '' : `WHERE ${used.map(([condition]) => condition).join(' AND ')}`;
  const from = match === null ? 'lines' : 'lines_words CROSS JOIN lines ON lines.id = lines_words.rowid';
  const order = match === null ? 'lines.id' : 'lines_words.rowid';
  return {
    sql: `SELECT lines.id, at, peer, facility, severity, mac, lines.text FROM ${from} ${where} ORDER BY ${order} DESC LIMIT ?`,
    values: [...used.map(([, value]) => value), limit],
  };
}
