import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeNew, writeWhole } from '../../../main/disk/whole-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbench-disk-'));
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true, force: true });
});
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

describe('a file that is written whole', () => {
  it('is new or takes the place of another, with its own rights, and nothing stays beside it', async () => {
    const path = join(folder, 'a.txt');
    await writeWhole(path, 'one', { mode: 0o600 });
    expect([await readFile(path, 'utf8'), await modeOf(path)]).toEqual(['one', 0o600]);
    await chmod(path, 0o644);
    await writeWhole(path, Uint8Array.of(1, 2, 3), { mode: 0o600 });
    expect([[...(await readFile(path))], await modeOf(path)]).toEqual([[1, 2, 3], 0o600]);
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it('has exactly the rights that were asked for, or those that the umask leaves', async () => {
    const before = process.umask(0o077);
    try {
      await writeWhole(join(folder, 'kept'), '', { mode: 0o664, exact: true });
      await writeWhole(join(folder, 'new'), '', { mode: 0o664 });
    } finally {
      process.umask(before);
    }
    expect([await modeOf(join(folder, 'kept')), await modeOf(join(folder, 'new'))]).toEqual([0o664, 0o600]);
  });

  it('is never seen half by a reader', async () => {
    const path = join(folder, 'a.txt');
    const texts = ['a'.repeat(300_000), 'b'.repeat(200_000)];
    await writeFile(path, texts[0] ?? '');
    const written = (async () => {
      for (let turn = 0; turn < 20; turn += 1) await writeWhole(path, texts[turn % 2] ?? '', { mode: 0o600 });
    })();
    for (let look = 0; look < 50; look += 1) expect(texts).toContain(await readFile(path, 'utf8'));
    await written;
  });

  it('leaves the old file and no other where it cannot be written', async () => {
    await mkdir(join(folder, 'is-a-folder', 'full'), { recursive: true });
    await expect(writeWhole(join(folder, 'is-a-folder'), 'x', { mode: 0o600 })).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    expect(await readdir(folder)).toEqual(['is-a-folder']);
    await expect(writeWhole(join(folder, 'nowhere', 'x'), 'x', { mode: 0o600 })).rejects.toThrow('ENOENT');
  });
});

describe('a file that is made', () => {
  it('never takes the place of one that is there', async () => {
    const path = join(folder, 'key');
    await writeNew(path, 'first', { mode: 0o600 });
    await expect(writeNew(path, 'second', { mode: 0o600 })).rejects.toThrow('EEXIST');
    expect([await readFile(path, 'utf8'), await modeOf(path)]).toEqual(['first', 0o600]);
  });
});
