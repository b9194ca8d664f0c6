import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TemplateView } from '../../../common/contract/views/workspace.ts';
import { commandEnd } from '../../../main/cli/exit.ts';
import { profilesCommand } from '../../../main/cli/profiles.ts';
import { temporaryFolder } from '../../support/bench-process.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => { folder = await temporaryFolder(); });
afterEach(() => folder.remove());

const at = (name: string): string => join(folder.path, name);

/** In this process: each command opens and closes the workspace all the same. */
async function profiles(...args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdout, stderr, signal: new AbortController().signal };
  const code = await profilesCommand(['--data', at('bench'), ...args], io).catch((error: unknown) => {
    const { exitCode, message } = commandEnd(error);
    stderr.write(message);
    return exitCode;
  });
  const text = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

async function stored(): Promise<readonly Pick<TemplateView, 'scope' | 'path' | 'version'>[]> {
  const views = JSON.parse((await profiles('list', '--json')).stdout) as readonly TemplateView[];
  return views.map(({ scope, path, version }) => ({ scope, path, version }));
}

describe('a template from the command line', () => {
  it('keeps whom it is for when its text is changed, and lets go of it only when told to', async () => {
    await writeFile(at('one.xml'), '<flat-profile><A/></flat-profile>');
    await writeFile(at('two.xml'), '<flat-profile><B/></flat-profile>');
    expect((await profiles('add', 'extra', at('one.xml'), '--for', '8841', '--path', 'b/$MA.xml')).code).toBe(0);
    expect((await profiles('add', 'extra', at('two.xml'))).stdout).toContain('for CP-8841-3PCC, served as /b/$MA.xml');
    expect(await stored()).toEqual([{ scope: 'CP-8841-3PCC', path: 'b/$MA.xml', version: 2 }]);
    expect((await profiles('add', 'extra', at('two.xml'), '--for', 'none', '--path', 'none')).stdout).toContain('assigned to nobody');
    expect(await stored()).toEqual([{ scope: null, path: null, version: 2 }]);
    expect((await profiles('show', 'extra', '--version', '1')).stdout).toContain('<A/>');
    expect(await profiles('show', 'extra', '--version', '3')).toMatchObject({ code: 1 });
  });

  it('for somebody who cannot be is refused as an answer, and stored nowhere', async () => {
    await writeFile(at('one.xml'), '<flat-profile><A/></flat-profile>');
    expect(await profiles('add', 'extra', at('one.xml'), '--for', 'nonsense')).toMatchObject({ code: 1 });
    expect(await stored()).toEqual([]);
  });

  it('is refused where its letters would be lost, instead of stored with holes', async () => {
    await writeFile(at('latin.xml'), Buffer.from('<flat-profile><Station_Name>Réception</Station_Name></flat-profile>', 'latin1'));
    expect(await profiles('add', 'all', at('latin.xml'), '--for', '*')).toMatchObject({ code: 3, stderr: expect.stringContaining('UTF-8') as string });
    expect(await stored()).toEqual([]);
  });
});
