import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DatabaseSync } from 'node:sqlite';
import { inDurableTransaction, inTransaction, openDatabase } from '../../../../main/store/database.ts';

describe('a database of the workspace', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'dialbench-database-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function open(migrations: readonly string[]): DatabaseSync {
    const opened = openDatabase(join(folder, 'x.sqlite'), migrations);
    if (!opened.ok) throw new Error(opened.failure.cause);
    return opened.value;
  }
  const level = (database: DatabaseSync) => database.prepare('PRAGMA synchronous').get()?.['synchronous'];
  const [NORMAL, FULL] = [1, 2];

  it('is forced to the disk for enrolments and is lazy for everything else', () => {
    const database = open(['CREATE TABLE t (x)']);
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(inTransaction(database, () => level(database))).toBe(NORMAL);
    expect(inDurableTransaction(database, () => level(database))).toBe(FULL);
    expect(level(database)).toBe(NORMAL);
    expect(() => inDurableTransaction(database, () => { throw new Error('no'); })).toThrow('no');
    expect(level(database)).toBe(NORMAL);
    database.close();
  });

  it('keeps nothing of a transaction that failed', () => {
    const database = open(['CREATE TABLE t (x)']);
    expect(() => inTransaction(database, () => {
      database.exec('INSERT INTO t VALUES (1)');
      throw new Error('no');
    })).toThrow('no');
    expect(database.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 0 });
    inTransaction(database, () => database.exec('INSERT INTO t VALUES (2)'));
    database.close();
  });

  it('goes on with its migrations where a start was cut off', () => {
    open(['CREATE TABLE t (x)']).close();
    const failed = openDatabase(join(folder, 'x.sqlite'), ['CREATE TABLE t (x)', 'CREATE TABLE u (x)', 'nonsense']);
    expect(failed).toMatchObject({ ok: false, failure: { code: 'workspace.unreadable' } });
    const database = open(['CREATE TABLE t (x)', 'CREATE TABLE u (x)', 'CREATE TABLE v (x)']);
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 3 });
    database.close();
  });
});
