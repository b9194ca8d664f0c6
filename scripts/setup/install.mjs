// The npm packages: installed when package-lock.json asks for something that is not there.
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';
import { heartbeat, say, Trouble } from './say.mjs';

/** Installs what package-lock.json asks for; does nothing when it is there already. */
export async function ensurePackages() {
  if (process.versions.node.split('.')[0] < 20) throw new Trouble(`Node ${process.versions.node} is too old: install Node 20 or newer and run this again.`);
  const missing = missingPackages();
  if (missing === 0) return;
  accessSync(root, constants.W_OK);
  const total = Object.keys(readJson('package-lock.json').packages).length - 1;
  say(`installing ${total} packages with npm (a minute or two) …`);
  const stop = heartbeat('installing packages', () => `${unpackedPackages()} of about ${total} unpacked`);
  // Windows cannot replace the node.exe that runs this script, which `npm ci` would try.
  const result = await run(...npm([process.platform === 'win32' ? 'install' : 'ci', '--no-audit', '--no-fund', '--loglevel=error']), { output: 'keep' });
  stop();
  if (result.code !== 0) {
    say(result.text.trim().split('\n').slice(-8).join('\n'));
    throw new Trouble('The packages could not be installed: check the network (or the npm registry set in ~/.npmrc) and run this again.');
  }
  if (missingPackages(root, 'needed') > 0) throw new Trouble('npm ended well but packages are missing: delete the folder node_modules and run this again.');
  say(missingPackages() === 0 ? 'packages installed' : 'packages installed, without some optional ones that the registry does not have for this system');
}

/** Counts the packages of package-lock.json that node_modules lacks or has in another version. */
export function missingPackages(folder = root, which = 'all') {
  const wanted = readJson('package-lock.json', folder).packages;
  // npm writes this file last: without it an installation was broken off.
  const present = existsSync(join(folder, 'node_modules/.package-lock.json')) ? readJson('node_modules/.package-lock.json', folder).packages : {};
  return Object.entries(wanted).filter(([path, entry]) => {
    if (path === '' || entry.link === true || (which === 'needed' && entry.optional === true)) return false;
    const have = present[path];
    if (have === undefined) return entry.optional !== true || isForHere(entry);
    return have.version !== entry.version || !existsSync(join(folder, path));
  }).length;
}

/** An optional package for another system is never installed; one for this system may still be missing on purpose of npm. */
function isForHere(entry) {
  const os = entry.os?.includes(process.platform) ?? false;
  const cpu = entry.cpu?.includes(process.arch) ?? false;
  const glibc = process.report.getReport().header.glibcVersionRuntime !== undefined;
  const libc = entry.libc === undefined || entry.libc.includes(glibc ? 'glibc' : 'musl');
  return os && cpu && libc;
}

function unpackedPackages() {
  try {
    return readdirSync(join(root, 'node_modules')).filter((name) => !name.startsWith('.')).length;
  } catch {
    return 0;
  }
}

function npm(args) {
  const file = process.env.npm_execpath;
  if (file !== undefined && existsSync(file) && /\.c?js$/.test(file)) return [process.execPath, [file, ...args]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', args];
}

function readJson(path, folder = root) {
  return JSON.parse(readFileSync(join(folder, path), 'utf8'));
}
