import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { parseIpv4, type Ipv4 } from '../../common/values/ip.ts';
import { parseMac, type Mac } from '../../common/values/mac.ts';

/** The system's own record of which hardware address answers for which IPv4 address on the local network. */
export interface NeighbourTable {
  /** The MAC of a neighbour that was heard lately; null for loopback, routed or unknown addresses. */
  macOf(address: string): Promise<Mac | null>;
}

const MAX_AGE_MS = 1000;

/** A table that is read again when it is older than a second, so that a thousand requests at once cost one reading. */
export function openNeighbourTable(
  read: () => Promise<ReadonlyMap<Ipv4, Mac>> = readNeighbours,
  now: () => number = () => performance.now(),
): NeighbourTable {
  let readAt = Number.NEGATIVE_INFINITY;
  let table: Promise<ReadonlyMap<Ipv4, Mac>> = Promise.resolve(new Map());
  return {
    macOf: async (address) => {
      const ip = parseIpv4(address);
      if (ip === null || ip.startsWith('127.')) return null;
      if (now() - readAt >= MAX_AGE_MS) {
        readAt = now();
        table = read();
      }
      return (await table).get(ip) ?? null;
    },
  };
}

export async function readNeighbours(): Promise<ReadonlyMap<Ipv4, Mac>> {
  if (process.platform === 'linux') return parseProcArp(await readFile('/proc/net/arp', 'utf8').catch(() => ''));
  return new Promise((resolve) => {
    execFile('arp', process.platform === 'win32' ? ['-a'] : ['-an'], { timeout: 5000, windowsHide: true }, (_error, stdout) =>
      resolve(parseArpCommand(stdout)),
    );
  });
}

/** /proc/net/arp: address, type, flags, MAC, mask, card. Only complete entries count (ATF_COM, 0x2). */
export function parseProcArp(text: string): ReadonlyMap<Ipv4, Mac> {
  const table = new Map<Ipv4, Mac>();
  for (const row of text.split('\n').slice(1).map((line) => line.trim().split(/\s+/))) {
    if ((Number(row[2]) & 0x2) !== 0) add(table, row[0], row[3]);
  }
  return table;
}

/** `arp -an` of macOS (`? (10.20.0.7) at 0:56:2b:4:36:15 on en0`) and `arp -a` of Windows (`10.20.0.7  00-56-2b-04-36-15  dynamic`). */
export function parseArpCommand(text: string): ReadonlyMap<Ipv4, Mac> {
  const table = new Map<Ipv4, Mac>();
  for (const line of text.split('\n')) {
    const match = /\(?(\d+\.\d+\.\d+\.\d+)\)?\s+(?:at\s+)?((?:[0-9a-f]{1,2}[:-]){5}[0-9a-f]{1,2})\b/i.exec(line);
    // macOS drops leading zeros of each pair.
    if (match !== null) add(table, match[1], match[2]?.split(/[:-]/).map((pair) => pair.padStart(2, '0')).join(':'));
  }
  return table;
}

function add(table: Map<Ipv4, Mac>, address: string | undefined, hardware: string | undefined): void {
  const ip = parseIpv4(address ?? '');
  const mac = parseMac(hardware ?? '');
  if (ip !== null && mac !== null) table.set(ip, mac);
}
