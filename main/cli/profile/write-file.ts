import { lstat, realpath, stat, writeFile } from 'node:fs/promises';
import { writeWhole } from '../../disk/whole-file.ts';
import { couldNotRun } from '../exit.ts';
import { fromHere } from '../folders.ts';

/**
 * Writes what a command makes to a file, whole or not at all. A pipe, a link or a device (`/dev/null`, `/dev/stdout`) is
 * written to: a file in its place would be another thing.
 * @param mode of the file before the umask: 0o600 where the content is secret
 */
export async function writeOut(name: string, bytes: Uint8Array, mode: number): Promise<void> {
  const path = fromHere(name);
  const found = await lstat(path).catch(() => null);
  const special = found !== null && !found.isFile() && !found.isDirectory();
  await orEnd(name, special ? writeFile(path, bytes) : writeWhole(path, bytes, { mode }));
}

/** Puts another text in the place of a file, whole or not at all. A link stays a link, the mode stays. */
export async function replaceFile(name: string, text: string): Promise<void> {
  const replace = async (): Promise<void> => {
    const path = await realpath(fromHere(name));
    const { mode } = await stat(path);
    await writeWhole(path, text, { mode: mode & 0o7777, exact: true });
  };
  await orEnd(name, replace());
}

function orEnd(name: string, work: Promise<void>): Promise<void> {
  return work.catch((error: unknown) => {
    throw couldNotRun(`${name} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  });
}
