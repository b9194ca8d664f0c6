// Debian packages that the tests use. Clients may be installed; programs with a daemon are only ever unpacked (see peers.mjs).
import { existsSync } from 'node:fs';
import { has, run } from './run.mjs';
import { ask, heartbeat, say } from './say.mjs';

/** Program that a test calls → package that brings it. */
export const CLIENTS = {
  chromium: 'chromium',
  dhclient: 'isc-dhcp-client',
  busybox: 'busybox',
  curl: 'curl',
  wget: 'wget',
  tftp: 'tftp-hpa',
  atftp: 'atftp',
  logger: 'bsdutils',
  ip: 'iproute2',
  nft: 'nftables',
  tc: 'iproute2',
  tcpdump: 'tcpdump',
  tshark: 'tshark',
  openssl: 'openssl',
};

/** Installs the client programs that are missing, if it may; what stays missing is named, and its tests skip visibly. */
export async function ensureClients() {
  const missing = await missingClients();
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((program) => CLIENTS[program]))];
  if (!(await mayInstall(packages))) return;
  say(`installing Debian packages: ${packages.join(' ')} …`);
  const stop = heartbeat('installing Debian packages');
  const quiet = { output: 'keep', limitMs: 900_000, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  const apt = (args) => run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-q', '-y', ...args], quiet);
  await apt(['update']);
  const all = await apt(['install', '--no-install-recommends', ...packages]);
  // One package that a release no longer has must not keep the others away.
  if (all.code !== 0) for (const name of packages) await apt(['install', '--no-install-recommends', name]);
  stop();
  const still = await missingClients();
  if (still.length > 0) say(`could not be installed: ${still.join(', ')}; the tests that need them are skipped`);
}

/** True where apt can be used at all. */
export function isDebian() {
  return process.platform === 'linux' && existsSync('/usr/bin/apt-get');
}

async function missingClients() {
  const missing = [];
  for (const program of Object.keys(CLIENTS)) if (!(await has(program)) && !existsSync(`/usr/sbin/${program}`) && !existsSync(`/sbin/${program}`)) missing.push(program);
  return missing;
}

async function mayInstall(packages) {
  const names = packages.join(' ');
  if (!isDebian()) {
    say(`missing programs, their tests are skipped (on Debian they are the packages ${names})`);
    return false;
  }
  if (process.getuid?.() !== 0) {
    say(`missing programs, their tests are skipped; to run them: sudo apt-get install ${names}`);
    return false;
  }
  if (!process.stdin.isTTY || !process.stderr.isTTY) return true;
  say(`The tests use these Debian packages, which are not installed: ${names}`);
  if (await ask('Install them now?')) return true;
  say('not installed; the tests that need them are skipped');
  return false;
}
