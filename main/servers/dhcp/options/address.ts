import { ipv4FromBytes, ipv4ToBytes, type Ipv4 } from '../../../../common/values/ip.ts';

/** One address; null for a missing option, any other length, and 0.0.0.0, which names nobody. */
export function readAddress(value: Uint8Array | undefined): Ipv4 | null {
  const address = value ? ipv4FromBytes(value) : null;
  return address === '0.0.0.0' ? null : address;
}

/** Addresses behind each other, four bytes each (options 3, 6, 42, 150). */
export function writeAddresses(addresses: readonly Ipv4[]): Uint8Array {
  const bytes = new Uint8Array(addresses.length * 4);
  addresses.forEach((address, index) => bytes.set(ipv4ToBytes(address), index * 4));
  return bytes;
}
