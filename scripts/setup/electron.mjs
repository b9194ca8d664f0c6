// Decides whether the Electron window can be opened here, and fetches its binary where that is allowed (design: nothing leaves unasked).
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNode } from './node.mjs';
import { root, run } from './run.mjs';
import { say } from './say.mjs';

const REMEMBERED = join(root, '.cache/setup/electron-refused.json');
const DAY_MS = 86_400_000;

/** Why no window can be opened whatever is installed, or null. The rules need no binary and are tested on their own. */
export function windowRefused({ platform, uid, env }) {
  if (platform === 'linux' && uid === 0) return 'as root no Electron window is opened (its sandbox would be off); start as a normal user for the window';
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display for an Electron window';
  return null;
}

/** The Electron binary to start, or the one line that says why there is none. */
export async function findElectron(env = process.env) {
  const refused = windowRefused({ platform: process.platform, uid: process.getuid?.() ?? -1, env });
  if (refused !== null) return { reason: refused };
  const present = electronBinary(env);
  if (present !== null) return { binary: present };
  if (env.DIALBENCH_NO_DOWNLOAD === '1') return { reason: 'Electron is not installed and DIALBENCH_NO_DOWNLOAD=1 forbids fetching it' };
  const remembered = readRemembered();
  if (remembered !== null) return { reason: `Electron could not be fetched lately: ${remembered}; it is tried again after a day (or delete .cache/setup)` };
  say(`Electron is not installed: asking ${mirrorHost(env)} for it (DIALBENCH_NO_DOWNLOAD=1 forbids that) …`);
  const { code, stdout } = await run(findNode(), [join(root, 'scripts/setup/fetch-electron.mjs')], { output: 'keep-stdout', env: { NODE_USE_ENV_PROXY: '1' } });
  const binary = code === 0 ? electronBinary(env) : null;
  if (binary !== null) return { binary };
  const reason = stdout.trim() || 'the download broke off';
  remember(reason);
  return { reason: `Electron could not be fetched: ${reason}` };
}

/** The installed binary of the electron package (or of ELECTRON_OVERRIDE_DIST_PATH), null without one. */
export function electronBinary(env = process.env) {
  const name = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';
  const file = join(env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules/electron/dist'), name);
  return existsSync(file) ? file : null;
}

function mirrorHost(env) {
  try {
    return new URL(env.ELECTRON_MIRROR ?? 'https://github.com').host;
  } catch {
    return 'the mirror';
  }
}

function readRemembered() {
  try {
    const { at, reason } = JSON.parse(readFileSync(REMEMBERED, 'utf8'));
    if (Date.now() - at < DAY_MS) return reason;
    rmSync(REMEMBERED, { force: true });
  } catch {
    // Nothing is remembered.
  }
  return null;
}

function remember(reason) {
  try {
    mkdirSync(join(REMEMBERED, '..'), { recursive: true });
    writeFileSync(REMEMBERED, JSON.stringify({ at: Date.now(), reason }));
  } catch {
    // A checkout of somebody else: it is asked again next time.
  }
}
