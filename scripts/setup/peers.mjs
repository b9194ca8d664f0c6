// Servers of others that tests and benchmarks meet. They bring daemons, so they are never installed: the packages are
// fetched and unpacked into .cache/peers, one folder each, and the libraries that this machine lacks into .cache/peers/lib.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDebian } from './debian.mjs';
import { has, root, run } from './run.mjs';
import { heartbeat, say } from './say.mjs';

/** Package → the program whose presence shows that it was unpacked. */
export const PEERS = {
  'dnsmasq-base': 'usr/sbin/dnsmasq',
  atftpd: 'usr/sbin/atftpd',
  'tftpd-hpa': 'usr/sbin/in.tftpd',
  nginx: 'usr/sbin/nginx',
  rsyslog: 'usr/sbin/rsyslogd',
  wrk: 'usr/bin/wrk',
  'kea-admin': 'usr/sbin/perfdhcp',
};

const folder = join(root, '.cache/peers');

/** Unpacks the peers that are missing. Needs apt but no rights; what cannot be had is named once. */
export async function unpackPeers() {
  const missing = Object.entries(PEERS).filter(([name, program]) => !existsSync(join(folder, name, program))).map(([name]) => name);
  if (missing.length === 0) return;
  if (!isDebian() || !(await has('dpkg'))) {
    say(`peers to compare with are missing (Debian only): ${missing.join(', ')}`);
    return;
  }
  say(`unpacking ${missing.join(', ')} into .cache/peers (nothing is installed) …`);
  const stop = heartbeat('fetching peers');
  const failed = [];
  for (const name of missing) if (!(await unpack(name))) failed.push(name);
  stop();
  if (failed.length > 0) say(`could not be fetched: ${failed.join(', ')}; their tests and columns stay empty`);
}

async function unpack(name) {
  const parcels = join(folder, 'parcels', name);
  rmSync(parcels, { recursive: true, force: true });
  mkdirSync(parcels, { recursive: true });
  const libraries = await missingLibraries(name);
  const fetched = await run('apt-get', ['download', '-q', name, ...libraries], { output: 'keep', cwd: parcels, limitMs: 180_000 });
  if (fetched.code !== 0) return false;
  const fresh = join(folder, `${name}.new`);
  rmSync(fresh, { recursive: true, force: true });
  for (const parcel of readdirSync(parcels).filter((file) => file.endsWith('.deb'))) {
    const target = parcel.startsWith(`${name}_`) ? fresh : join(folder, 'lib');
    const { code } = await run('dpkg', ['-x', join(parcels, parcel), target], { output: 'keep', limitMs: 120_000 });
    if (code !== 0) return false;
  }
  rmSync(join(folder, name), { recursive: true, force: true });
  renameSync(fresh, join(folder, name));
  rmSync(parcels, { recursive: true, force: true });
  return existsSync(join(folder, name, PEERS[name]));
}

/** The libraries that installing the package would bring; nothing is installed, apt only simulates. */
async function missingLibraries(name) {
  const simulated = await run('apt-get', ['install', '--simulate', '--no-install-recommends', '-q', name], { output: 'keep', limitMs: 60_000 });
  return [...simulated.text.matchAll(/^Inst (\S+)/gm)].map((match) => match[1]).filter((other) => other !== name && /^(lib|kea-common)/.test(other));
}
