// `npm run dist [-- --dir|--linux deb|--win …]`: builds, then packages with electron-builder. Without a network only `--dir` works,
// with `-c.electronDist=FOLDER` or an Electron that is installed already.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './setup/build.mjs';
import { ensurePackages } from './setup/install.mjs';
import { nodeEnvironment } from './setup/node.mjs';
import { root, run } from './setup/run.mjs';
import { guarded, heartbeat, say, Trouble } from './setup/say.mjs';

await guarded(async () => {
  const args = process.argv.slice(2);
  await ensurePackages();
  await ensureBuilt();
  const installed = join(root, 'node_modules/electron/dist');
  const given = args.some((arg) => arg.startsWith('-c.electronDist'));
  const dist = !given && args.includes('--dir') && existsSync(installed) ? [`-c.electronDist=${installed}`] : [];
  const stop = heartbeat('packaging');
  const program = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'electron-builder.cmd' : 'electron-builder');
  const { code } = await run(program, ['--config', 'electron-builder.yml', '--publish', 'never', ...args, ...dist], { env: nodeEnvironment() });
  stop();
  if (code !== 0) throw new Trouble('Packaging failed: the lines above say why; without a network only `npm run dist -- --dir -c.electronDist=FOLDER` works.');
  say('the packages are in dist/');
  return 0;
});
