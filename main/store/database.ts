import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { done, failed, type Result } from '../../common/values/failure.ts';

/** One step of a schema: SQL that leads from the version before to its place in the list, counted from 1. */
export type Migrations = readonly string[];

/** A file above this size is not walked through at every start: 64 MB take about 0.2 s. */
const CHECKED_BYTES = 64_000_000;

/**
 * Opens a database in WAL mode and brings its schema up to date; each migration is one transaction, so a start that is
 * cut off in the middle goes on where it was.
 * @returns `workspace.newer` when a later version wrote it, `workspace.unreadable` when it is damaged or no database
 */
export function openDatabase(file: string, migrations: Migrations): Result<DatabaseSync> {
  const folder = dirname(file);
  let database: DatabaseSync | null = null;
  try {
    createPrivate(file);
    const checked = statSync(file).size < CHECKED_BYTES;
    database = new DatabaseSync(file, { timeout: 5_000 });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
    if (checked) {
      const found = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0];
      if (found !== 'ok') throw new Error(String(found));
    }
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
    if (version > migrations.length) {
      database.close();
      return failed('workspace.newer', { folder }, `schema ${version}, known ${migrations.length}`);
    }
    for (let next = version; next < migrations.length; next += 1) migrate(database, migrations[next] ?? '', next + 1);
    return done(database);
  } catch (error) {
    if (database?.isOpen === true) database.close();
    const cause = (error as Error).message;
    return failed('workspace.unreadable', { folder, cause }, cause);
  }
}

/**
 * Makes a new file readable for its owner alone; SQLite gives its write-ahead log the same rights. A file that is there is
 * never opened here: closing it would drop the locks that this process holds on it (POSIX fcntl).
 */
export function createPrivate(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
}

/** Runs `work` in one transaction; nothing of it stays when it throws. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    database.exec('COMMIT');
    return value;
  } catch (error) {
    // SQLite has rolled back by itself after some errors, a full disk among them.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * The same, forced through to the disk before it returns: what must survive a power cut. The level cannot change inside
 * a transaction, so it is raised around it. In WAL mode the sync at COMMIT covers earlier, lazier commits too.
 */
export function inDurableTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('PRAGMA synchronous = FULL');
  try {
    return inTransaction(database, work);
  } finally {
    database.exec('PRAGMA synchronous = NORMAL');
  }
}

function migrate(database: DatabaseSync, sql: string, version: number): void {
  inTransaction(database, () => {
    database.exec(sql);
    database.exec(`PRAGMA user_version = ${version}`);
  });
}
