import type { Generated } from 'kysely';
import type { Migrations } from './database.ts';

/** Tables that Kysely sees. Evidence is written and read by prepared statements of its own thread only. */
export interface BenchTables {
  readonly phones: { readonly mac: string; readonly number: number | null; readonly plan: string; readonly body: string };
  readonly templates: {
    readonly name: string;
    readonly text: string;
    readonly scope: string | null;
    readonly changed_at: number;
    readonly path: string | null;
    readonly protection: string | null;
    readonly version: number;
  };
  readonly template_versions: { readonly name: string; readonly version: number; readonly at: number; readonly text: string };
  readonly firmware: { readonly name: string; readonly bytes: number; readonly sha256: string; readonly added_at: number; readonly siblings: string | null; readonly stamp: string | null };
  readonly keys: {
    readonly id: string;
    readonly owner: string;
    readonly use: string;
    readonly sealed: string;
    readonly fingerprint: string;
    readonly created_at: number;
    readonly shown_at: number | null;
  };
  readonly reports: {
    readonly id: Generated<number>;
    readonly mac: string | null;
    readonly at: number;
    readonly kind: string;
    readonly path: string;
    readonly stored: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly encrypted: string | null;
    readonly parameters: number;
    readonly failure: string | null;
    readonly masked: string | null;
  };
  readonly leases: {
    readonly ip: string;
    readonly mac: string | null;
    readonly client_id: string;
    readonly expires_at: number;
    readonly state: string;
  };
  readonly settings: { readonly key: string; readonly value: string };
  readonly served: { readonly mac: string; readonly template: string; readonly sha256: string; readonly at: number; readonly masked: string };
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
  `ALTER TABLE templates ADD COLUMN path TEXT;
   ALTER TABLE templates ADD COLUMN protection TEXT;
   ALTER TABLE templates ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
   CREATE TABLE template_versions (name TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL,
     PRIMARY KEY (name, version)) WITHOUT ROWID;
   INSERT INTO template_versions SELECT name, 1, changed_at, text FROM templates;
   CREATE TABLE keys (id TEXT PRIMARY KEY, owner TEXT NOT NULL, use TEXT NOT NULL, sealed TEXT NOT NULL,
     fingerprint TEXT NOT NULL, created_at INTEGER NOT NULL, shown_at INTEGER, UNIQUE (owner, use)) WITHOUT ROWID;
   CREATE TABLE reports (id INTEGER PRIMARY KEY AUTOINCREMENT, mac TEXT, at INTEGER NOT NULL, kind TEXT NOT NULL, path TEXT NOT NULL,
     stored TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, encrypted TEXT, parameters INTEGER NOT NULL,
     failure TEXT, masked TEXT);
   CREATE INDEX reports_by_mac ON reports (mac, id);
   ALTER TABLE served RENAME TO served_before;
   CREATE TABLE served (mac TEXT NOT NULL, template TEXT NOT NULL, sha256 TEXT NOT NULL, at INTEGER NOT NULL, masked TEXT NOT NULL,
     PRIMARY KEY (mac, template)) WITHOUT ROWID;
   INSERT INTO served SELECT mac, '', sha256, at, masked FROM served_before;
   DROP TABLE served_before;`,
  `CREATE TABLE firmware (name TEXT PRIMARY KEY, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, added_at INTEGER NOT NULL,
     siblings TEXT) WITHOUT ROWID;`,
  `ALTER TABLE firmware ADD COLUMN stamp TEXT;`,
];

/** Lines and their full-text index, which keeps no text of its own (external content). */
export const SYSLOG_MIGRATIONS: Migrations = [
  `CREATE TABLE lines (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, peer TEXT NOT NULL, facility INTEGER NOT NULL,
     severity INTEGER NOT NULL, mac TEXT, text TEXT NOT NULL);
   CREATE INDEX lines_by_mac ON lines (mac, id) WHERE mac IS NOT NULL;
   CREATE VIRTUAL TABLE lines_words USING fts5(text, content='lines', content_rowid='id', tokenize='unicode61');`,
];
