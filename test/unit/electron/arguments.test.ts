import { describe, expect, it } from 'vitest';
import { benchArguments } from '../../../main/electron/arguments.ts';
import { menuTemplate } from '../../../main/electron/menu.ts';

describe('the command line of the window', () => {
  it('gives the bench its own flags and leaves those of Electron and Chromium', () => {
    const argv = ['/opt/electron', '--no-sandbox', '--inspect=0', '--remote-debugging-port=0', '.', '--demo', '--data', '/tmp/w', '--http=8080', '--lang=fr'];
    expect(benchArguments(argv)).toEqual(['--demo', '--data', '/tmp/w', '--http=8080']);
  });

  it('leaves out what is for a browser', () => {
    expect(benchArguments(['electron', '.', '--ui', '8000', '--ui-insecure', '--adopt', 'all'])).toEqual(['--adopt', 'all']);
  });
});

describe('the menu', () => {
  it('offers developer tools only outside a package, in each language', () => {
    for (const language of ['en', 'fr'] as const) {
      expect(JSON.stringify(menuTemplate(language, false))).toContain('toggleDevTools');
      expect(JSON.stringify(menuTemplate(language, true))).not.toContain('toggleDevTools');
    }
  });
});
