import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('npm start -- --demo where no window can be opened', () => {
  it('says why in one line, serves the page at the address it prints, and ends cleanly', { timeout: 120_000 }, async () => {
    const child = spawn(process.execPath, ['scripts/start.mjs', '--demo'], {
      cwd: root,
      env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', DIALBENCH_NO_DOWNLOAD: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    const address = await new Promise<string>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        text += chunk.toString();
        const found = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(text)?.[0];
        if (found !== undefined) resolve(found);
      };
      child.stderr.on('data', read);
      child.stdout.on('data', read);
      child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${text}`)));
    });
    const reasons = text.split('\n').filter((line) => line.startsWith('No window:'));
    expect(reasons).toHaveLength(1);
    const page = await fetch(address);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>Dialbench</title>')]);
    child.removeAllListeners('exit');
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(0);
    // Nothing of it listens any more.
    await expect(fetch(address)).rejects.toThrow();
  });
});
