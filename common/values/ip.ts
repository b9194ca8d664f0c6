/** An IPv4 address in dotted decimal. Kept as text: it is what sockets, leases and people use. */
export type Ipv4 = string & { readonly ipv4: unique symbol };

const DOTTED = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** Strict dotted decimal: four fields of 0–255 without leading zeros. */
export function parseIpv4(text: string): Ipv4 | null {
  return DOTTED.test(text) ? (text as Ipv4) : null;
}

export function ipv4ToNumber(ip: Ipv4): number {
  return ip.split('.').reduce((sum, field) => sum * 256 + Number(field), 0);
}

export function ipv4FromNumber(value: number): Ipv4 {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join('.') as Ipv4;
}

export function ipv4FromBytes(bytes: Uint8Array): Ipv4 | null {
  return bytes.length === 4 ? (bytes.join('.') as Ipv4) : null;
}

export function ipv4ToBytes(ip: Ipv4): Uint8Array {
  return Uint8Array.from(ip.split('.'), Number);
}

/** A network card's address together with the length of its subnet prefix, 0–32. */
export interface Subnet {
  readonly address: Ipv4;
  readonly prefix: number;
}

export function subnetMask(subnet: Subnet): Ipv4 {
  return ipv4FromNumber(subnet.prefix === 0 ? 0 : (0xffffffff << (32 - subnet.prefix)) >>> 0);
}

/** First and last address of the subnet as numbers: network and broadcast address included. */
export function subnetRange(subnet: Subnet): { readonly first: number; readonly last: number } {
  const size = 2 ** (32 - subnet.prefix);
  const first = Math.floor(ipv4ToNumber(subnet.address) / size) * size;
  return { first, last: first + size - 1 };
}

export function subnetContains(subnet: Subnet, ip: Ipv4): boolean {
  const { first, last } = subnetRange(subnet);
  const value = ipv4ToNumber(ip);
  return value >= first && value <= last;
}

/** Loopback addresses identify nobody: any program on this computer may ask from there. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address.startsWith('::ffff:127.');
}
