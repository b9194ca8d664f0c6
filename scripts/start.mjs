// `npm start [-- --demo …]`: installs and builds what is missing, then opens the bench in a window or serves it to a browser.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureBuilt } from './setup/build.mjs';
import { findElectron } from './setup/electron.mjs';
import { ensurePackages } from './setup/install.mjs';
import { BENCH_ENV, BENCH_FLAGS, findNode, nodeEnvironment } from './setup/node.mjs';
import { root } from './setup/run.mjs';
import { guarded, say, Trouble } from './setup/say.mjs';

const READY_LIMIT_MS = 30_000;
/** Serving a browser was asked for. */
const BROWSER_FLAGS = ['--ui', '--browser'];

await guarded(async () => {
  const args = process.argv.slice(2);
  await ensurePackages();
  await ensureBuilt();
  const browser = args.some((arg) => BROWSER_FLAGS.some((flag) => arg === flag || arg.startsWith(`${flag}=`)));
  const electron = browser ? { reason: 'the browser was asked for' } : await findElectron();
  if (electron.binary !== undefined) return open(electron.binary, args);
  say(`No window: ${electron.reason}. The same bench is served to a browser.`);
  return serve(args.filter((arg) => arg !== '--browser'));
});

function open(binary, args) {
  const child = spawn(binary, [root, ...args], { cwd: root, stdio: 'inherit', env: { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() } });
  return end(child, 'Electron could not be started: delete node_modules/electron/dist and run this again.');
}

function serve(args) {
  const program = join(root, 'out/main/dialbench.mjs');
  if (!existsSync(program)) throw new Trouble('The build has no command line: run `npm run build` and look at what it says.');
  const child = spawn(findNode(), [...BENCH_FLAGS, program, 'serve', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...BENCH_ENV, ...process.env, ...nodeEnvironment(), INIT_CWD: process.env.INIT_CWD ?? process.cwd() },
  });
  const waiting = setInterval(() => say('… still starting the servers'), 10_000);
  const limit = setTimeout(() => {
    say('The bench did not become ready: the lines above say why. Stopping.');
    child.kill('SIGTERM');
  }, READY_LIMIT_MS);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const ready = readReady(line);
    if (ready === null) return process.stdout.write(`${line}\n`);
    clearInterval(waiting);
    clearTimeout(limit);
    tell(ready);
  });
  return end(child, 'The bench could not be started.').finally(() => {
    clearInterval(waiting);
    clearTimeout(limit);
  });
}

/** Ctrl C reaches the child as well (one terminal group); it stops cleanly, and this script ends with it. */
function end(child, sentence) {
  return new Promise((resolve, reject) => {
    let interrupted = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        interrupted += 1;
        child.kill(interrupted < 3 ? 'SIGTERM' : 'SIGKILL');
      });
    }
    child.once('error', () => reject(new Trouble(sentence)));
    child.once('close', (code) => resolve(interrupted > 0 ? 0 : (code ?? 3)));
  });
}

function readReady(line) {
  try {
    const value = JSON.parse(line);
    return value.ready === true ? value : null;
  } catch {
    return null;
  }
}

function tell(ready) {
  const servers = Object.entries(ready.servers ?? {});
  const running = servers.filter(([, server]) => server.state === 'listening' || server.state === 'degraded');
  const failed = servers.filter(([, server]) => server.state === 'failed');
  if (running.length > 0) say(`Servers: ${running.map(([name, server]) => `${name} ${server.address}:${server.port}`).join(', ')}`);
  for (const [name, server] of failed) say(`${name} did not start: ${sentenceOf(server.error)}`);
  say(ready.ui === null || ready.ui === undefined ? 'Dialbench runs without a UI (--ui off).' : `Dialbench runs. Open this address in a browser on this computer:\n\n  ${ready.ui}\n`);
  say('Ctrl C stops it.');
}

function sentenceOf(error) {
  if (typeof error === 'string') return error;
  return error?.sentence ?? error?.message ?? error?.code ?? 'no reason was given';
}
