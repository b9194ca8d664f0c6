import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Device } from '../../domain/device/device.ts';
import { canonical, CHAIN_START, linkText } from '../../domain/evidence/chain.ts';
import type { EvidenceRow, NewEvidence } from '../../domain/evidence/row.ts';
import { inTransaction } from '../database.ts';
import { answerOf, wordsOf } from './words.ts';

export interface EvidenceFilter {
  readonly mac?: string;
  readonly server?: string;
  /** Lower case. */
  readonly answer?: string;
  /** Lower case; each must occur. */
  readonly words: readonly string[];
  /** Rows with a smaller `seq`, and not below `floor`: one call looks at no more than that. */
  readonly before: number;
  readonly floor: number;
  readonly limit: number;
}

export type EvidenceOperations = {
  append(rows: readonly NewEvidence[], changed: readonly Device[]): { readonly first: number; readonly hashes: readonly string[] };
  last(): number;
  scan(filter: EvidenceFilter): readonly EvidenceRow[];
  after(seq: number, limit: number, mac: string | null): readonly EvidenceRow[];
  /** Checks up to `limit` rows after `seq`, whose hash must follow `hash`. */
  verify(seq: number, hash: string, limit: number): { readonly rows: number; readonly seq: number; readonly hash: string; readonly brokenAt: number | null };
};

interface Stored {
  readonly seq: number;
  readonly mac: string | null;
  readonly server: string;
  readonly answer: string;
  readonly words: string;
  readonly body: string;
  readonly hash: string;
}

/** Evidence is written and read by prepared statements; `body` is the canonical text that was hashed. */
export function evidenceOperations(database: DatabaseSync, putDevices: (devices: readonly Device[]) => void): EvidenceOperations {
  const insert = database.prepare('INSERT INTO evidence (seq, mac, server, answer, words, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const lastRow = database.prepare('SELECT seq, hash FROM evidence ORDER BY seq DESC LIMIT 1');
  const newest = (): { seq: number; hash: string } => (lastRow.get() as { seq: number; hash: string } | undefined) ?? { seq: 0, hash: CHAIN_START };
  const afterAll = database.prepare('SELECT seq, body, hash FROM evidence WHERE seq > ? ORDER BY seq LIMIT ?');
  const afterMac = database.prepare('SELECT seq, body, hash FROM evidence WHERE mac = ? AND seq > ? ORDER BY seq LIMIT ?');
  const whole = database.prepare('SELECT * FROM evidence WHERE seq > ? ORDER BY seq LIMIT ?');
  return {
    append: (rows, changed) =>
      inTransaction(database, () => {
        let { seq, hash } = newest();
        const first = seq + 1;
        const hashes = rows.map((row) => {
          seq += 1;
          const body = canonical({ ...row, seq });
          hash = linkText(hash, body);
          const { observation } = row;
          insert.run(seq, row.mac, observation.server, answerOf(observation), wordsOf(observation), body, hash);
          return hash;
        });
        putDevices(changed);
        return { first, hashes };
      }),
    last: () => newest().seq,
    scan: (filter) => {
      const { sql, values } = scanQuery(filter);
      return (database.prepare(sql).all(...values) as unknown as Stored[]).map(readRow);
    },
    after: (seq, limit, mac) => {
      const rows = mac === null ? afterAll.all(seq, limit) : afterMac.all(mac, seq, limit);
      return (rows as unknown as Stored[]).map(readRow);
    },
    verify: (seq, hash, limit) => {
      let last = { seq, hash };
      const rows = whole.all(seq, limit) as unknown as Stored[];
      for (const row of rows) {
        if (!follows(row, last)) return { rows: rows.length, ...last, brokenAt: row.seq };
        last = { seq: row.seq, hash: row.hash };
      }
      return { rows: rows.length, ...last, brokenAt: null };
    },
  };
}

function readRow({ seq, body, hash }: Pick<Stored, 'seq' | 'body' | 'hash'>): EvidenceRow {
  const { observation, mac } = JSON.parse(body) as EvidenceRow;
  return { seq, hash, observation, mac };
}

/** A row stands when nothing is left out before it, its text gives its hash, and the columns that select it agree with it. */
function follows(row: Stored, before: { readonly seq: number; readonly hash: string }): boolean {
  if (row.seq !== before.seq + 1 || linkText(before.hash, row.body) !== row.hash) return false;
  const { seq, mac, observation } = JSON.parse(row.body) as EvidenceRow;
  return seq === row.seq && mac === row.mac && observation.server === row.server;
}

function scanQuery({ mac, server, answer, words, before, floor, limit }: EvidenceFilter): { readonly sql: string; readonly values: SQLInputValue[] } {
  const where = ['seq < ?', 'seq >= ?', ...words.map(() => 'instr(words, ?) > 0')];
  const values: SQLInputValue[] = [before, floor, ...words];
  for (const [column, value] of Object.entries({ mac, server, answer })) {
    if (value === undefined) continue;
    where.push(`${column} = ?`);
    values.push(value);
  }
  return { sql: `SELECT seq, body, hash FROM evidence WHERE ${where.join(' AND ')} ORDER BY seq DESC LIMIT ?`, values: [...values, limit] };
}
