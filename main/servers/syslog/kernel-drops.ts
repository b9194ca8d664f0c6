import { readFile } from 'node:fs/promises';

/**
 * Datagrams that Linux dropped because the receive buffer of this socket was full: last column of /proc/net/udp.
 * @returns null on other systems and for an address that is not IPv4.
 */
export async function readKernelDrops(address: string, port: number): Promise<number | null> {
  if (process.platform !== 'linux' || address.includes(':')) return null;
  try {
    return findDrops(await readFile('/proc/net/udp', 'latin1'), address, port);
  } catch {
    return null;
  }
}

/** `  sl  local_address rem_address st tx_queue:rx_queue … drops`; the address is hexadecimal in host byte order. */
export function findDrops(table: string, address: string, port: number): number | null {
  const fields = address.split('.').map((field) => Number(field).toString(16).padStart(2, '0'));
  const key = `${fields.reverse().join('')}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
  for (const line of table.split('\n')) {
    const columns = line.trim().split(/\s+/);
    if (columns[1] === key) return Number(columns.at(-1));
  }
  return null;
}
