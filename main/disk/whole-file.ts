import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Rights of a file: 0o600 where its content is secret. `exact`: even where the umask would take some of them away. */
export interface FileMode {
  readonly mode: number;
  readonly exact?: boolean;
}

/**
 * Writes a file whole or not at all: beside its place, onto the disk, then renamed over it. A reader never sees a half, and a
 * power cut leaves the old file or the new one. Rejects with the system's error and leaves nothing beside it.
 */
export async function writeWhole(path: string, content: Uint8Array | string, mode: FileMode): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  try {
    await writeNew(beside, content, mode);
    await rename(beside, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** Makes a file that is not there yet (`EEXIST` otherwise); on the disk, its name too, when it resolves. */
export async function writeNew(path: string, content: Uint8Array | string, { mode, exact = false }: FileMode): Promise<void> {
  const handle = await open(path, 'wx', mode);
  try {
    await handle.writeFile(content);
    if (exact) await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(dirname(path));
}

/** A name lies in its folder, which goes to the disk by itself only later. Windows has no way to ask for that, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
