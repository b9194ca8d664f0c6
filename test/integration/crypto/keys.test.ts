import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KeyView } from '../../../common/values/key.ts';
import { keysCommand } from '../../../main/cli/keys.ts';
import { temporaryFolder } from '../../support/bench-process.ts';
import { callCommand } from '../../support/call-command.ts';

const MAC = '00562b043615';

describe('dialbench keys', () => {
  it('makes, shows once, takes and removes keys, and writes none of them anywhere in clear', async () => {
    const folder = await temporaryFolder();
    const keys = async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await callCommand(keysCommand, ['--data', folder.path, ...args]);
      return { code, stdout: stdout.toString(), stderr };
    };
    const list = async (): Promise<readonly KeyView[]> => JSON.parse((await keys('list', '--json')).stdout) as readonly KeyView[];
    try {
      const made = await keys('make', MAC);
      expect(made).toMatchObject({ code: 0, stderr: '' });
      expect((await keys('make', MAC)).stdout).toBe(made.stdout);
      expect((await keys('make', MAC, '00562b043616', '--use', 'ikm')).stdout).toBe('2 made, 0 had one\n');
      const [first] = await list();
      expect(first).toMatchObject({ owner: { kind: 'phone', mac: MAC }, use: 'passphrase', shownAt: null });

      const shown = await keys('reveal', first?.id ?? '');
      expect(shown).toMatchObject({ code: 0, stderr: '' });
      expect(shown.stdout).toMatch(/^[\w-]{43}\n$/);
      expect(await keys('reveal', first?.id ?? '')).toMatchObject({ code: 1, stdout: '' });
      expect((await keys('reveal', first?.id ?? '', '--again')).stdout).toBe(shown.stdout);

      await writeFile(join(folder.path, 'customer-key'), 'TheirOwnKey-77\n');
      expect(await keys('take', '--customer', 'ACME', '--key-file', join(folder.path, 'customer-key'))).toMatchObject({ code: 0 });
      await writeFile(join(folder.path, 'customer-key'), '');
      const stored = await readFile(join(folder.path, 'bench.sqlite'), 'latin1');
      for (const secret of [shown.stdout.trim(), 'TheirOwnKey-77']) expect(stored).not.toContain(secret);

      expect(await keys('remove', first?.id ?? '')).toMatchObject({ code: 0 });
      expect(await keys('remove', first?.id ?? '')).toMatchObject({ code: 1 });
      expect(await list()).toHaveLength(3);
      for (const wrong of [['make'], ['make', 'nothing'], ['make', MAC, '--batch', 'b'], ['take', MAC], ['reveal'], ['make', MAC, '--use', 'rsa']]) {
        expect(await keys(...wrong)).toMatchObject({ code: 2, stdout: '' });
      }
    } finally {
      await folder.remove();
    }
  });
});
