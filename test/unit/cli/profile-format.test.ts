import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { profileCommand } from '../../../main/cli/profile/profile.ts';
import { runCommand, type Ended } from '../../support/run-command.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbench-format-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}
const format = (...args: readonly string[]): Promise<Ended> => runCommand(profileCommand, ['format', ...args]);

const LOOSE = '<flat-profile><A ua="na">1</A>\n\n\n<B/></flat-profile>';
const NEAT = '<flat-profile>\n  <A ua="na">1</A>\n\n  <B/>\n</flat-profile>\n';

describe('dialbench profile format', () => {
  it('prints the profile in one spelling and leaves the file alone', async () => {
    const path = await file('loose.xml', LOOSE);
    expect(await format(path)).toEqual({ code: 0, out: NEAT, err: '' });
    expect(await readFile(path, 'utf8')).toBe(LOOSE);
  });

  it('writes it back with --write, the mode kept, nothing beside it left', async () => {
    const path = await file('write.xml', LOOSE);
    await chmod(path, 0o640);
    expect(await format(path, '--write')).toEqual({ code: 0, out: '', err: `${path} is written.\n` });
    expect(await readFile(path, 'utf8')).toBe(NEAT);
    expect((await stat(path)).mode & 0o777).toBe(0o640);
    expect((await readdir(folder)).filter((name) => name.startsWith('write.xml'))).toEqual(['write.xml']);
  });

  it('does not touch a file that is in this spelling', async () => {
    const path = await file('neat.xml', NEAT);
    const before = (await stat(path)).mtimeMs;
    expect(await format(path, '--write')).toEqual({ code: 0, out: '', err: `${path} was in this spelling already.\n` });
    expect((await stat(path)).mtimeMs).toBe(before);
  });

  it('tells every mistake with line and column, exit 1, and writes nothing', async () => {
    const text = '<flat-profile>\n<A>x & y</A>\n<B>1</b>\n</flat-profile>';
    const path = await file('broken.xml', text);
    const { code, out, err } = await format(path, '--write');
    expect([code, out]).toEqual([1, '']);
    expect(err.split('\n')).toEqual([
      `${path}:2:6: A bare & in “& y”. Write &amp; instead.`,
      `${path}:3:5: </b> does not close <B>. Spell both the same, case included.`,
      `${path} is left as it is: it is not well-formed.`,
      '',
    ]);
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('repairs an option list without dashes, and says so', async () => {
    const path = await file('options.xml', '<flat-profile>\n<A>Yes</A>\n<!available options: Yes|No-->\n</flat-profile>');
    const { code, out, err } = await format(path);
    expect([code, out]).toEqual([0, '<flat-profile>\n  <A>Yes</A>\n  <!-- available options: Yes|No -->\n</flat-profile>\n']);
    expect(err).toContain(':3:1: warning: ');
  });

  it('a file that is no text, or is not there, could not be run', async () => {
    expect(await format(await file('latin.xml', Buffer.from('<a>\xe9</a>', 'latin1')))).toMatchObject({ code: 3, out: '', err: expect.stringContaining('Byte 3, line 1') as string });
    expect(await format(join(folder, 'nowhere.xml'))).toMatchObject({ code: 3, out: '' });
  });

  it.each([[[]], [['a', 'b']], [['-', '--write']], [['a', '--nonsense']]])('%j is wrong usage', async (args: string[]) => {
    expect(await format(...args)).toMatchObject({ code: 2, out: '' });
  });

  it('no control character of a file reaches the terminal', async () => {
    const { err } = await format(await file('escape.xml', '<flat-profile><A>& \u009b31m</A><\u001b[2J></flat-profile>'));
    expect(err).not.toMatch(/[\u001b\u009b]/);
  });
});
