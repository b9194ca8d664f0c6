import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findStaticFile } from '../../../../main/store/static-files.ts';

describe('a static file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dialbench-static-'));
  const root = join(folder, 'files');
  const posix = process.platform !== 'win32';

  beforeAll(() => {
    mkdirSync(join(root, 'locales'), { recursive: true });
    writeFileSync(join(root, 'locales', 'fr.xml'), 'bonjour');
    writeFileSync(join(folder, 'secret'), 'hunter2');
    mkdirSync(join(folder, 'files-of-somebody-else'));
    writeFileSync(join(folder, 'files-of-somebody-else', 'x'), 'x');
    if (!posix) return;
    symlinkSync(join(folder, 'secret'), join(root, 'out'));
    symlinkSync(folder, join(root, 'up'));
    symlinkSync(join(root, 'locales', 'fr.xml'), join(root, 'inside.xml'));
    symlinkSync('/dev/zero', join(root, 'zero'));
    execFileSync('mkfifo', [join(root, 'pipe')]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is found with its size', async () => {
    expect(await findStaticFile(root, 'locales/fr.xml')).toMatchObject({ ok: true, value: { size: 7 } });
  });

  it.each(['nothing.xml', 'locales', '', 'locales/fr.xml/x', 'a\0b'])('%j is not found', async (path) => {
    expect(await findStaticFile(root, path)).toEqual({ ok: false, failure: { code: 'file.not-found', params: {} } });
  });

  it.runIf(posix)('a link that leads out of the folder is refused, one inside it is followed', async () => {
    for (const path of ['out', 'up/secret', 'up/files-of-somebody-else/x', 'zero']) {
      expect(await findStaticFile(root, path)).toMatchObject({ ok: false, failure: { code: 'file.outside-root' } });
    }
    expect(await findStaticFile(root, 'inside.xml')).toMatchObject({ ok: true, value: { size: 7 } });
  });

  it.runIf(posix)('a pipe is not opened for ever', async () => {
    expect(await findStaticFile(root, 'pipe')).toMatchObject({ ok: false, failure: { code: 'file.not-found' } });
  });

  it('dots that slipped through are refused here too', async () => {
    expect((await findStaticFile(root, '../secret')).ok).toBe(false);
    expect((await findStaticFile(root, '../files-of-somebody-else/x')).ok).toBe(false);
  });
});
