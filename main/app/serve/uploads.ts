import { randomBytes } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { done, failed, type Result } from '../../../common/values/failure.ts';

/** Largest report or upload that is kept: a full configuration is 0.2 MB, a problem report some MB. */
const LIMIT = 64 * 1024 * 1024;
/** Free space that uploads leave for the record itself. */
const RESERVE = 256 * 1024 * 1024;

/**
 * A unique name in `uploads/` for what a phone sends. Nothing of the phone's own name is used but letters and digits.
 * @returns `upload.disk-full` when less than the reserve is free.
 */
export async function uploadPlace(folder: string, path: string, now: number): Promise<Result<{ file: string; limit: number }>> {
  const disk = await statfs(folder).catch(() => null);
  if (disk && disk.bavail * disk.bsize < RESERVE) return failed('upload.disk-full', { limit: LIMIT });
  const label = (path.split('/').at(-1) ?? '').replaceAll(/[^A-Za-z0-9.-]/g, '_').replaceAll(/\.{2,}/g, '_').slice(-60);
  const time = new Date(now).toISOString().replaceAll(/[:.]/g, '-');
  return done({ file: join(folder, `${time}-${randomBytes(4).toString('hex')}-${label || 'upload'}`), limit: LIMIT });
}
