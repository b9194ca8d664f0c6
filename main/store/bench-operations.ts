import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Device } from '../domain/device/device.ts';
import { evidenceOperations, type EvidenceOperations } from './evidence/operations.ts';
import { inDurableTransaction, inTransaction } from './database.ts';
import type { LeaseRow } from './store.ts';

/** A compiled query of the ordinary tables. */
export interface Query {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}
export interface QueryAnswer {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly changes: number;
}

/** Everything that runs on the thread of `bench.sqlite`. */
export type BenchOperations = EvidenceOperations & {
  run(query: Query): QueryAnswer;
  /** All or nothing. `durable`: on disk when it answers. */
  batch(queries: readonly Query[], durable: boolean): readonly QueryAnswer[];
  enrol(devices: readonly Device[]): void;
  putLeases(leases: readonly LeaseRow[]): void;
};

export function benchOperations(database: DatabaseSync): BenchOperations {
  const prepare = cachedStatements(database);
  const run = ({ sql, parameters }: Query): QueryAnswer => {
    const statement = prepare(sql);
    const values = parameters as readonly SQLInputValue[];
    if (statement.columns().length > 0) return { rows: statement.all(...values), changes: 0 };
    return { rows: [], changes: Number(statement.run(...values).changes) };
  };
  const enrolPhone = database.prepare(`${INSERT_PHONE} SET number = excluded.number, plan = excluded.plan, body = excluded.body`);
  const seeStranger = database.prepare(`${INSERT_PHONE} SET body = excluded.body`);
  const seeEnrolled = database.prepare('UPDATE phones SET body = ? WHERE mac = ?');
  const raise = database.prepare(`INSERT INTO counters (name, value) VALUES ('phone', ?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)`);
  const putLease = database.prepare(
    `INSERT INTO leases (ip, mac, client_id, expires_at, state) VALUES (?, ?, ?, ?, ?) ON CONFLICT (ip) DO UPDATE
     SET mac = excluded.mac, client_id = excluded.client_id, expires_at = excluded.expires_at, state = excluded.state`,
  );
  const enrol = (devices: readonly Device[]): void => {
    for (const device of devices) enrolPhone.run(device.mac, device.number, planOf(device), JSON.stringify(device));
    const highest = devices.reduce((most, { number }) => Math.max(most, number ?? 0), 0);
    if (highest > 0) raise.run(highest);
  };
  // An enrolled phone that is not there any more was removed meanwhile: what was seen of it does not bring it back.
  const see = (devices: readonly Device[]): void => {
    for (const device of devices) {
      if (device.enrolled) seeEnrolled.run(JSON.stringify(device), device.mac);
      else seeStranger.run(device.mac, device.number, planOf(device), JSON.stringify(device));
    }
  };
  return {
    ...evidenceOperations(database, see),
    run,
    batch: (queries, durable) => (durable ? inDurableTransaction : inTransaction)(database, () => queries.map(run)),
    enrol: (devices) => inDurableTransaction(database, () => enrol(devices)),
    putLeases: (leases) =>
      inTransaction(database, () => {
        for (const { ip, mac, clientId, expiresAt, state } of leases) putLease.run(ip, mac, clientId, expiresAt, state);
      }),
  };
}

const INSERT_PHONE = 'INSERT INTO phones (mac, number, plan, body) VALUES (?, ?, ?, ?) ON CONFLICT (mac) DO UPDATE';

/**
 * What only an enrolment may change. It has a column of its own: evidence that was gathered before an enrolment and is
 * written after it can never undo it.
 */
function planOf({ enrolled, number, name, variables }: Device): string {
  return JSON.stringify({ enrolled, number, name, variables });
}

/** Ordinary queries are few and repeat: their statements are kept. */
function cachedStatements(database: DatabaseSync): (sql: string) => StatementSync {
  const kept = new Map<string, StatementSync>();
  return (sql) => {
    const found = kept.get(sql);
    if (found) return found;
    if (kept.size > 200) kept.clear();
    const statement = database.prepare(sql);
    kept.set(sql, statement);
    return statement;
  };
}
