import { ipv4FromBytes, type Ipv4 } from '../../../../common/values/ip.ts';

const DOT = 0x2e;
const ZERO = 0x30;

/** One address; null for a missing option, any other length, and 0.0.0.0, which names nobody. */
export function readAddress(value: Uint8Array | undefined): Ipv4 | null {
  const address = value ? ipv4FromBytes(value) : null;
  return address === '0.0.0.0' ? null : address;
}

/** Addresses behind each other, four bytes each (options 3, 6, 42, 150). */
export function writeAddresses(addresses: readonly Ipv4[]): Uint8Array {
  const bytes = new Uint8Array(addresses.length * 4);
  addresses.forEach((address, index) => writeAddress(bytes, index * 4, address));
  return bytes;
}

/** Digit by digit: a reply writes ten addresses, and splitting text was a tenth of its cost. */
export function writeAddress(bytes: Uint8Array, at: number, address: Ipv4): void {
  let field = 0;
  let to = at;
  for (let index = 0; index < address.length; index += 1) {
    const code = address.charCodeAt(index);
    if (code === DOT) {
      bytes[to] = field;
      to += 1;
      field = 0;
    } else field = field * 10 + code - ZERO;
  }
  bytes[to] = field;
}
