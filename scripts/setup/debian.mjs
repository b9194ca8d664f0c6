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
  dig: 'bind9-dnsutils',
  host: 'bind9-host',
  kdig: 'knot-dnsutils',
  // Not ntpsec's ntpdate or ntpdig: where a C compiler is installed, they look for their library with `ld -o /dev/null`,
  // which as root takes /dev/null away.
  rdate: 'rdate',
  openssl: 'openssl',
};

/** What the benchmarks need besides: their load clients are small C programs. */
export const BENCH_TOOLS = { cc: 'gcc libc6-dev', chromium: 'chromium', ip: 'iproute2', nft: 'nftables', tc: 'iproute2' };

/** Installs the programs that are missing, if it may; what stays missing is named, and its tests skip visibly. */
export async function ensureClients(programs = CLIENTS, user = 'tests') {
  const missing = await missingPrograms(programs);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.flatMap((program) => programs[program].split(' ')))];
  if (!(await mayInstall(packages, user))) return;
  say(`installing Debian packages: ${packages.join(' ')} …`);
  const stop = heartbeat('installing Debian packages');
  const quiet = { output: 'keep', limitMs: 900_000, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  const apt = (args) => run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-q', '-y', ...args], quiet);
  await apt(['update']);
  const all = await apt(['install', '--no-install-recommends', ...packages]);
  // One package that a release no longer has must not keep the others away.
  if (all.code !== 0) for (const name of packages) await apt(['install', '--no-install-recommends', name]);
  stop();
  const still = await missingPrograms(programs);
  if (still.length > 0) say(`could not be installed: ${still.join(', ')}; the ${user} that need them are skipped`);
}

/** True where apt can be used at all. */
export function isDebian() {
  return process.platform === 'linux' && existsSync('/usr/bin/apt-get');
}

async function missingPrograms(programs) {
  const missing = [];
  for (const program of Object.keys(programs)) if (!(await has(program)) && !existsSync(`/usr/sbin/${program}`) && !existsSync(`/sbin/${program}`)) missing.push(program);
  return missing;
}

async function mayInstall(packages, user) {
  const names = packages.join(' ');
  if (!isDebian()) {
    say(`missing programs, the ${user} that need them are skipped (on Debian they are the packages ${names})`);
    return false;
  }
  if (process.getuid?.() !== 0) {
    say(`missing programs, the ${user} that need them are skipped; to run them: sudo apt-get install ${names}`);
    return false;
  }
  if (!process.stdin.isTTY || !process.stderr.isTTY) return true;
  say(`The ${user} use these Debian packages, which are not installed: ${names}`);
  if (await ask('Install them now?')) return true;
  say(`not installed; the ${user} that need them are skipped`);
  return false;
}
