import { readFile } from 'node:fs/promises';
import type { Peer } from '../../../common/values/observation.ts';

/** Both ends of a connection as the key of a table: `0100007F:1F90 0100007F:C350`. */
export function connectionKey(local: Peer, remote: Peer): string | null {
  const ends = [end(local), end(remote)];
  return ends.includes(null) ? null : ends.join(' ');
}

/** True where the system tells what a connection still has to acknowledge; elsewhere only its orderly end is proof. */
export function tellsUnacknowledged(peer: Peer): boolean {
  return process.platform === 'linux' && peer.address.includes('.');
}

/**
 * Bytes of each connection that the other end has not acknowledged: `tx_queue` of /proc/net/tcp. It is the only way for
 * Node to learn that a phone really has the last byte of a profile.
 * @returns null on other systems; connections over IPv6 are not in the table.
 */
export async function readUnacknowledged(): Promise<ReadonlyMap<string, number> | null> {
  if (process.platform !== 'linux') return null;
  try {
    return parseTable(await readFile('/proc/net/tcp', 'latin1'));
  } catch {
    return null;
  }
}

/** `   0: 0100007F:1F90 0100007F:C350 01 00000000:00000000 …`: local, remote, state, tx_queue:rx_queue, hexadecimal. */
export function parseTable(text: string): ReadonlyMap<string, number> {
  const table = new Map<string, number>();
  for (const [, ends, queue] of text.matchAll(/^ *\d+: ([0-9A-F]{8}:[0-9A-F]{4} [0-9A-F]{8}:[0-9A-F]{4}) [0-9A-F]{2} ([0-9A-F]{8}):/gm)) {
    if (ends !== undefined && queue !== undefined) table.set(ends, Number.parseInt(queue, 16));
  }
  return table;
}

/** The address stands in host byte order, which is little-endian on everything that Dialbench runs on. */
function end(peer: Peer): string | null {
  const fields = peer.address.replace(/^::ffff:/, '').split('.').map(Number);
  if (fields.length !== 4 || fields.some((field) => !(field >= 0 && field <= 255))) return null;
  const hex = (value: number, width: number): string => value.toString(16).toUpperCase().padStart(width, '0');
  return `${fields.reverse().map((field) => hex(field, 2)).join('')}:${hex(peer.port, 4)}`;
}
