import type { Migrations } from './database.ts';

/** Tables that Kysely sees. Evidence is written and read by prepared statements of its own thread only. */
export interface BenchTables {
  readonly phones: { readonly mac: string; readonly number: number | null; readonly plan: string; readonly body: string };
  readonly templates: { readonly name: string; readonly text: string; readonly scope: string | null; readonly changed_at: number };
  readonly leases: {
    readonly ip: string;
    readonly mac: string | null;
    readonly client_id: string;
    readonly expires_at: number;
    readonly state: string;
  };
  readonly settings: { readonly key: string; readonly value: string };
  readonly served: { readonly mac: string; readonly sha256: string; readonly at: number; readonly masked: string };
  readonly counters: { readonly name: string; readonly value: number };
}

/** Never change a step that has been released: add one. */
export const BENCH_MIGRATIONS: Migrations = [
  `CREATE TABLE phones (mac TEXT PRIMARY KEY, number INTEGER UNIQUE, plan TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE templates (name TEXT PRIMARY KEY, text TEXT NOT NULL, scope TEXT, changed_at INTEGER NOT NULL);
   CREATE TABLE leases (ip TEXT PRIMARY KEY, mac TEXT, client_id TEXT NOT NULL, expires_at INTEGER NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE evidence (seq INTEGER PRIMARY KEY, mac TEXT, server TEXT NOT NULL, answer TEXT NOT NULL,
     words TEXT NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL);
   CREATE INDEX evidence_by_mac ON evidence (mac, seq);`,
  `CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
   INSERT INTO counters SELECT 'phone', coalesce(max(number), 0) FROM phones;
   CREATE TABLE served (mac TEXT PRIMARY KEY, sha256 TEXT NOT NULL, at INTEGER NOT NULL, masked TEXT NOT NULL) WITHOUT ROWID;
   CREATE INDEX evidence_by_server ON evidence (server, seq);
   CREATE INDEX evidence_by_answer ON evidence (answer, seq);`,
];

/** Lines and their full-text index, which keeps no text of its own (external content). */
export const SYSLOG_MIGRATIONS: Migrations = [
  `CREATE TABLE lines (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, peer TEXT NOT NULL, facility INTEGER NOT NULL,
     severity INTEGER NOT NULL, mac TEXT, text TEXT NOT NULL);
   CREATE INDEX lines_by_mac ON lines (mac, id) WHERE mac IS NOT NULL;
   CREATE VIRTUAL TABLE lines_words USING fts5(text, content='lines', content_rowid='id', tokenize='unicode61');`,
];
