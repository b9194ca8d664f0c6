import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { startChromium } from './chromium.ts';
import { electronModule } from './electron-module.ts';

/**
 * Called as Electron is: switches of Playwright, then the folder of the app, then its own flags. The main process runs in here,
 * with `require('electron')` answered by the stand-in.
 */
const given = process.argv.slice(2);
const switches = given.filter((arg) => arg === '--no-sandbox');
const rest = given.filter((arg) => arg !== '--no-sandbox' && !arg.startsWith('--inspect') && !arg.startsWith('--remote-debugging-port'));
const root = resolve(rest[0] ?? '.');
const chromium = await startChromium(switches);
await chromium.send('Target.setDiscoverTargets', { discover: true });
const electron = electronModule(chromium, root);

const loader = Module as unknown as { _load: (request: string, ...more: readonly unknown[]) => unknown };
const load = loader._load;
loader._load = (request, ...more) => (request === 'electron' ? electron : load(request, ...more));
chromium.announce();

process.argv = [process.execPath, root, ...rest.slice(1)];
const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly main: string };
createRequire(join(root, 'package.json'))(join(root, main));
