import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { done, failed, type Result } from '../../../common/values/failure.ts';
import { LARGEST_IMAGE } from '../../../common/values/firmware.ts';
import { stampOf } from '../../disk/file-stamp.ts';
import type { OfferedFile } from './sources.ts';

export interface TakenIn {
  readonly bytes: number;
  readonly sha256: string;
  /** Of what was hashed, under its final name. */
  readonly stamp: string;
}

export interface Before {
  readonly sha256: string;
  readonly isThere: boolean;
  /** Another content may take its place. */
  readonly replace: boolean;
}

/** Free space that is left for the record itself. */
const RESERVE = 256 * 1024 * 1024;

/**
 * Streams one file into the catalogue's folder: first under a name of its own, hashed on the way and brought to disk, then
 * renamed to its final one, so that no phone is ever given half a file. A file of the catalogue gives way only when told to.
 * @param before what the catalogue knows of that name; `isThere` false when the disk does not hold it any more
 * @returns `firmware.too-large`, `firmware.disk-full`, `firmware.other-content` (name), `firmware.write-failed` (cause)
 */
export async function takeIn(
  folder: string, file: OfferedFile, before: Before | null, moved: (bytes: number) => void, signal: AbortSignal,
): Promise<Result<TakenIn & { readonly same: boolean }>> {
  if (file.size > LARGEST_IMAGE) return failed('firmware.too-large', { name: file.name, limit: LARGEST_IMAGE });
  const disk = await statfs(folder).catch(() => null);
  if (disk && disk.bavail * disk.bsize < file.size + RESERVE) return failed('firmware.disk-full', { name: file.name, bytes: file.size });
  const room = join(folder, '.incoming');
  await mkdir(room, { recursive: true, mode: 0o700 });
  const temporary = join(room, randomBytes(8).toString('hex'));
  try {
    const taken = await copy(file, temporary, moved, signal);
    const isSame = before?.sha256 === taken.sha256;
    if (before && !isSame && !before.replace) return failed('firmware.other-content', { name: file.name });
    const final = join(folder, file.name);
    // The same again takes the place of what lies there, too: the disk may have changed it since, and this one was just read.
    // What lies there without a row was left by a crash between this line and the record: nobody was ever told of it.
    const written = await stat(temporary, { bigint: true });
    await rename(temporary, final);
    const found = await stat(final, { bigint: true });
    // Renaming moves the change time, so the stamp is taken behind it, of the file that was written and of no other.
    if (found.ino !== written.ino || found.mtimeNs !== written.mtimeNs) throw new Error('another program changed it');
    return done({ ...taken, stamp: stampOf(found), same: isSame && before.isThere });
  } catch (error) {
    return refused(error, file.name);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function copy(file: OfferedFile, target: string, moved: (bytes: number) => void, signal: AbortSignal): Promise<Omit<TakenIn, 'stamp'>> {
  const hash = createHash('sha256');
  const handle = await open(target, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of await file.open()) {
      signal.throwIfAborted();
      const part = chunk as Buffer;
      bytes += part.length;
      if (bytes > LARGEST_IMAGE) throw new Error('larger than it said');
      hash.update(part);
      // Rarely less than asked on a disk that fills; writeFile on the handle goes on where it was.
      await handle.writeFile(part);
      moved(bytes);
    }
    await handle.datasync();
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    await handle.close();
  }
}

function refused(error: unknown, name: string): ReturnType<typeof failed> {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return failed('firmware.disk-full', { name, bytes: 0 });
  if (code === 'ABORT_ERR' || (error instanceof Error && error.name === 'AbortError')) return failed('firmware.stopped', { name });
  const cause = error instanceof Error ? error.message : String(error);
  return failed('firmware.write-failed', { name, cause }, cause);
}
