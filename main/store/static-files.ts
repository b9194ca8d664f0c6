import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { done, failed, type Result } from '../../common/values/failure.ts';

/** A file that may be served. */
export interface StaticFile {
  /** Absolute, free of symbolic links. */
  readonly file: string;
  readonly size: number;
  readonly changedAt: number;
}

/**
 * Finds a file inside a root for a path that `resolveName` gave. The path on disk is read back after every link has been
 * followed: what leads out of the root is refused, and only a regular file is ever named (a FIFO would hang its reader).
 * @returns `file.not-found` or `file.outside-root`
 */
export async function findStaticFile(root: string, relative: string): Promise<Result<StaticFile>> {
  if (relative === '' || relative.includes('\0')) return failed('file.not-found');
  let file: string;
  let base: string;
  try {
    base = await realpath(root);
    file = await realpath(join(base, relative));
  } catch {
    return failed('file.not-found');
  }
  if (!file.startsWith(base.endsWith(sep) ? base : base + sep)) return failed('file.outside-root');
  return statRegular(file);
}

/** Opened without following a link and without waiting for a FIFO's writer, then asked what it is. */
async function statRegular(file: string): Promise<Result<StaticFile>> {
  try {
    await using handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const found = await handle.stat();
    return found.isFile() ? done({ file, size: found.size, changedAt: Math.round(found.mtimeMs) }) : failed('file.not-found');
  } catch {
    return failed('file.not-found');
  }
}
