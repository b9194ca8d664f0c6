import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { ipv4FromBytes } from '../../common/values/ip.ts';

export interface PortHolder {
  readonly pid: number;
  /** The program as it was called, without its folder. */
  readonly name: string;
}

/** One row of /proc/net/udp or /proc/net/tcp. */
export interface ProcSocket {
  readonly address: string;
  readonly port: number;
  readonly inode: string;
  readonly listening: boolean;
}

const WILDCARDS = ['0.0.0.0', '*'];
/** net/tcp_states.h */
const TCP_LISTEN = 0x0a;

/**
 * Who holds a port that could not be bound. Linux only: null elsewhere, when nobody holds it, or when the holder belongs to
 * another user whose open files may not be read.
 * @param address the one that was refused: whoever holds the port of another address alone is not in its way
 * (systemd-resolved and libvirt each hold port 53 of an address of their own)
 */
export async function portHolder(protocol: 'udp' | 'tcp', port: number, address?: string): Promise<PortHolder | null> {
  if (process.platform !== 'linux') return null;
  const tables = await Promise.all([`/proc/net/${protocol}`, `/proc/net/${protocol}6`].map((file) => readFile(file, 'utf8').catch(() => '')));
  const sockets = tables.flatMap((text) => parseProcSockets(text)).filter((each) => each.port === port && (address === undefined || WILDCARDS.includes(each.address) || each.address === address));
  const inodes = new Set(sockets.filter((each) => protocol === 'udp' || each.listening).map((each) => each.inode));
  return inodes.size === 0 ? null : findOwner(inodes);
}

/** `systemd-resolved (pid 612)` */
export function holderText(holder: PortHolder): string {
  return `${holder.name} (pid ${holder.pid})`;
}

/** proc(5): `sl local_address rem_address st …`, the address as hexadecimal in the machine's byte order. */
export function parseProcSockets(text: string): readonly ProcSocket[] {
  return text.split('\n').slice(1).flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [host, port] = (fields[1] ?? '').split(':');
    if (host === undefined || port === undefined || fields[9] === undefined) return [];
    return [{ address: addressOf(host), port: Number.parseInt(port, 16), inode: fields[9], listening: Number.parseInt(fields[3] ?? '', 16) === TCP_LISTEN }];
  });
}

/** An IPv4 address of this table, or `*` for any IPv6 one, which may hold the port for IPv4 too. */
function addressOf(hex: string): string {
  if (hex.length !== 8) return '*';
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)).toReversed();
  return ipv4FromBytes(bytes) ?? '*';
}

async function findOwner(inodes: ReadonlySet<string>): Promise<PortHolder | null> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of files) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '');
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode === undefined || !inodes.has(inode)) continue;
      return { pid: Number(pid), name: await programName(pid) };
    }
  }
  return null;
}

/** The first word of the command line: the kernel's own name is that of a thread (`MainThread` for any Node). */
async function programName(pid: string): Promise<string> {
  const called = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')[0] ?? '';
  const name = basename(called.split(/[: ]/)[0] ?? '');
  return name === '' ? (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'unknown')).trim() : name;
}
