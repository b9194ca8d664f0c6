import type { BigIntStats } from 'node:fs';

/**
 * What the system knows of a file's content, as one text: the same only as long as nobody wrote into it, put another file in
 * its place or set its time back. Whoever keeps a file's hash keeps its stamp beside it.
 */
export function stampOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  // The change time tells writers who set the other time back (`cp -p`, rsync). On Windows reading a file may move it.
  return [ino, size, mtimeNs, process.platform === 'win32' ? 0 : ctimeNs].join(' ');
}
