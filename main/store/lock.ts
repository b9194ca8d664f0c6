import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { done, failed, type Result } from '../../common/values/failure.ts';
import { createPrivate } from './database.ts';

/** The right to write in a workspace. */
export interface Lock {
  release(): void;
}

const BUSY = 5;

/**
 * Takes the workspace for this process. The lock is SQLite's own exclusive lock on a small file, held by an open
 * transaction: the system drops it with the process, however that ends, so a killed bench leaves nothing to tidy up.
 * `owner.json` beside it only tells who holds it.
 * @returns `workspace.in-use` with the owner's pid
 */
export function lockWorkspace(folder: string, startedAt: number): Result<Lock> {
  const file = join(folder, 'lock.sqlite');
  const owner = join(folder, 'owner.json');
  let database: DatabaseSync | null = null;
  try {
    createPrivate(file);
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    writeFileSync(owner, JSON.stringify({ pid: process.pid, startedAt }), { mode: 0o600 });
  } catch (error) {
    if (database?.isOpen === true) database.close();
    const { message, errcode } = error as Error & { errcode?: number };
    if (((errcode ?? 0) & 0xff) === BUSY) return failed('workspace.in-use', { folder, pid: ownerPid(owner) });
    return failed('workspace.unreadable', { folder, cause: message }, message);
  }
  const held = database;
  return done({
    release: () => {
      if (!held.isOpen) return;
      rmSync(owner, { force: true });
      held.close();
    },
  });
}

/** Between taking the lock and writing the file the owner is not told yet. */
function ownerPid(owner: string): number | string {
  try {
    const { pid } = JSON.parse(readFileSync(owner, 'utf8')) as { pid?: unknown };
    return typeof pid === 'number' ? pid : '?';
  } catch {
    return '?';
  }
}
