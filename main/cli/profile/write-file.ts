import { randomBytes } from 'node:crypto';
import { lstat, open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { couldNotRun } from '../exit.ts';
import { fromHere } from '../folders.ts';

/**
 * Writes a file whole or not at all: beside its place first, then renamed over it, so that a reader never sees a half.
 * @param mode of a new file: 0o600 where the content is secret
 */
export async function writeWhole(name: string, bytes: Uint8Array, mode: number): Promise<void> {
  const place = fromHere(name);
  const found = await lstat(place).catch(() => null);
  if (found && !found.isFile() && !found.isDirectory()) return writeThrough(place, name, bytes);
  const beside = join(dirname(place), `.${basename(place)}.${randomBytes(6).toString('hex')}`);
  try {
    const handle = await open(beside, 'wx', mode);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, place);
  } catch (error) {
    await rm(beside, { force: true });
    throw couldNotRun(`${name} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A pipe, a link or a device (`/dev/null`, `/dev/stdout`) is written to: a file in its place would be another thing. */
async function writeThrough(place: string, name: string, bytes: Uint8Array): Promise<void> {
  await writeFile(place, bytes).catch((error: unknown) => {
    throw couldNotRun(`${name} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  });
}
