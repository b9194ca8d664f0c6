import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startMeasured, type MeasuredProcess } from './measure.ts';

/** Other people's programs that a run is compared with, or driven by. */
export type PeerName = 'dnsmasq' | 'atftpd' | 'in.tftpd' | 'nginx' | 'rsyslogd' | 'wrk' | 'perfdhcp';

export interface Peer {
  readonly name: PeerName;
  readonly file: string;
  /** Variables that an unpacked program needs to find its own libraries; empty for an installed one. */
  readonly env: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const PEERS = join(root, '.cache/peers');
/** Which package brings the program: `atftpd` ships an `in.tftpd` link too, which must not be taken for tftpd-hpa. */
const PACKAGES: Readonly<Record<PeerName, string>> = {
  dnsmasq: 'dnsmasq-base',
  atftpd: 'atftpd',
  'in.tftpd': 'tftpd-hpa',
  nginx: 'nginx',
  rsyslogd: 'rsyslog',
  wrk: 'wrk',
  perfdhcp: 'kea-admin',
};

/** The program, from `.cache/peers` (unpacked by `npm test` or `npm run bench`) or installed; null when the machine has neither. */
export function findPeer(name: PeerName): Peer | null {
  const unpacked = ['usr/sbin', 'usr/bin', 'sbin', 'bin'].map((folder) => join(PEERS, PACKAGES[name], folder, name)).find(existsSync);
  if (unpacked !== undefined) return { name, file: unpacked, env: { LD_LIBRARY_PATH: libraryFolders().join(delimiter) } };
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  const installed = folders.map((folder) => join(folder, name)).find(existsSync);
  return installed === undefined ? null : { name, file: installed, env: {} };
}

/** A line for a table's notes when a peer is missing: visible, never silent. */
export function missingPeers(names: readonly PeerName[]): string[] {
  return names.filter((name) => findPeer(name) === null).map((name) => `${name} is not on this machine: its column is empty`);
}

/** dnsmasq serves TFTP on port 69 only, so it gets a loopback address of its own. Needs root. */
export async function startDnsmasqTftp(peer: Peer, options: { readonly folder: string; readonly address: string }): Promise<MeasuredProcess> {
  return startMeasured(
    peer.file,
    ['--keep-in-foreground', '--conf-file=/dev/null', '--user=root', '--port=0', '--enable-tftp', `--tftp-root=${options.folder}`,
      `--listen-address=${options.address}`, '--bind-interfaces', '--tftp-max=1500', '--pid-file=', '--log-facility=/dev/null'],
    { env: peer.env, ready: () => udpPortTaken(options.address, 69) },
  );
}

/** dnsmasq as DHCP server on a card; `namespace` runs it inside a network namespace. Needs root. */
export async function startDnsmasqDhcp(
  peer: Peer,
  options: { readonly card: string; readonly from: string; readonly to: string; readonly leaseMinutes: number; readonly namespace?: string },
): Promise<MeasuredProcess> {
  const leases = join(scratch('dnsmasq'), 'leases');
  const args = ['--keep-in-foreground', '--conf-file=/dev/null', '--user=root', '--port=0', `--interface=${options.card}`, '--bind-dynamic',
    `--dhcp-range=${options.from},${options.to},${options.leaseMinutes}m`, '--dhcp-authoritative', '--no-ping', `--dhcp-leasefile=${leases}`,
    '--dhcp-lease-max=5000', '--pid-file=', '--log-facility=-'];
  const inside = options.namespace === undefined ? [] : ['netns', 'exec', options.namespace, peer.file];
  const [command, full] = options.namespace === undefined ? [peer.file, args] : ['ip', [...inside, ...args]];
  return startMeasured(command, full, { env: peer.env, ready: (output) => output.includes('DHCP, IP range') });
}

/** atftpd in the foreground on any port. Its idle time-out is off: it would end in the middle of a run while others are measured. */
export async function startAtftpd(
  peer: Peer,
  options: { readonly folder: string; readonly address: string; readonly port: number },
): Promise<MeasuredProcess> {
  return startMeasured(
    peer.file,
    ['--daemon', '--no-fork', '--maxthread', '1500', '--tftpd-timeout', '0', '--verbose=1', '--logfile', '-', '--user', 'root.root',
      '--bind-address', options.address, '--port', String(options.port), options.folder],
    { env: peer.env, ready: () => udpPortTaken(options.address, options.port) },
  );
}

/** tftpd-hpa in the foreground on any port. Its children are never waited for: only a cgroup counts them. Needs root. */
export async function startTftpdHpa(
  peer: Peer,
  options: { readonly folder: string; readonly address: string; readonly port: number },
): Promise<MeasuredProcess> {
  return startMeasured(
    peer.file,
    ['--foreground', '--user', 'root', '--secure', '--address', `${options.address}:${options.port}`, options.folder],
    { env: peer.env, ready: () => udpPortTaken(options.address, options.port) },
  );
}

/** nginx with one worker and sendfile, serving a folder; over TLS with a certificate and its key in two files. */
export async function startNginx(
  peer: Peer,
  options: { readonly folder: string; readonly address: string; readonly port: number; readonly tls?: { readonly chain: string; readonly key: string } },
): Promise<MeasuredProcess> {
  const home = scratch('nginx');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${home}/${name};`).join(' ');
  const tls = options.tls ? `ssl_certificate ${options.tls.chain}; ssl_certificate_key ${options.tls.key};` : '';
  const config = `daemon off; worker_processes 1; pid ${home}/pid; error_log ${home}/error.log; ${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 4096; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; ${temporary}
  server { listen ${options.address}:${options.port}${tls === '' ? '' : ' ssl'} backlog=4096; root ${options.folder}; ${tls} } }
`;
  writeFileSync(join(home, 'nginx.conf'), config);
  return startMeasured(peer.file, ['-p', home, '-e', `${home}/error.log`, '-c', join(home, 'nginx.conf')], {
    env: peer.env,
    ready: () => tcpAnswers(options.address, options.port),
  });
}

/** rsyslogd that receives on UDP and TCP of one port and writes the lines to `file`. */
export async function startRsyslogd(
  peer: Peer,
  options: { readonly address: string; readonly port: number; readonly file: string },
): Promise<MeasuredProcess> {
  const home = scratch('rsyslog');
  const config = `global(workDirectory="${home}")
module(load="imudp") module(load="imtcp")
input(type="imudp" address="${options.address}" port="${options.port}" rcvbufSize="4m")
input(type="imtcp" address="${options.address}" port="${options.port}")
*.* action(type="omfile" file="${options.file}")
`;
  writeFileSync(join(home, 'rsyslog.conf'), config);
  const modules = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((arch) => join(PEERS, 'rsyslog/usr/lib', arch, 'rsyslog')).find(existsSync);
  return startMeasured(
    peer.file,
    ['-n', '-C', '-f', join(home, 'rsyslog.conf'), '-i', join(home, 'pid'), ...(modules === undefined ? [] : ['-M', modules])],
    { env: peer.env, ready: () => tcpAnswers(options.address, options.port) },
  );
}

/** A folder for one run, removed when the run ends; other users may read it, since a peer may drop its rights. */
export function scratch(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `dialbench-bench-${name}-`));
  chmodSync(folder, 0o755);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function libraryFolders(): string[] {
  const lib = join(PEERS, 'lib');
  if (!existsSync(lib)) return [];
  const own = Object.values(PACKAGES).map((name) => join(PEERS, name));
  return [lib, ...own]
    .flatMap((folder) => ['usr/lib', 'lib'].map((part) => join(folder, part)))
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder).filter((entry) => entry.endsWith('-linux-gnu')).map((entry) => join(folder, entry)))
    .flatMap((folder) => [folder, ...['kea', 'kea/hooks'].map((part) => join(folder, part)).filter(existsSync)]);
}

function tcpAnswers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 200 });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false)).once('timeout', () => end(false));
  });
}

/** Somebody listens on this UDP address: binding it as well is refused. */
function udpPortTaken(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(true));
    socket.bind({ address, port, exclusive: true }, () => socket.close(() => resolve(false)));
  });
}
