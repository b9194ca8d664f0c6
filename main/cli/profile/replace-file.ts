import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { couldNotRun } from '../exit.ts';

/** Whole or not at all: the new text goes beside the file and takes its name. A link stays a link, the mode stays. */
export async function replaceFile(path: string, text: string): Promise<void> {
  try {
    const target = await realpath(path);
    const { mode } = await stat(target);
    const beside = `${target}.${process.pid}.part`;
    try {
      await writeFile(beside, text, { flag: 'wx', flush: true });
      await chmod(beside, mode & 0o7777);
      await rename(beside, target);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  } catch (error) {
    throw couldNotRun(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
