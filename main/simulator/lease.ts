import type { Ipv4 } from '../../common/values/ip.ts';
import { parseIpv4 } from '../../common/values/ip.ts';

/** What a phone learned from DHCP. */
export interface PhoneLease {
  readonly ip: Ipv4;
  /** Option 51, seconds. */
  readonly seconds: number;
  readonly options: ReadonlyMap<number, Uint8Array>;
}

/** The option that named the server, and its text with several values parted by `;`. */
export interface FoundServer {
  readonly option: number;
  readonly text: string;
}

/** Options that carry text with one of the documented forms. 150 is a list of addresses (RFC 5859); 43 and 125 speak of an ACS only. */
const TEXT_OPTIONS: ReadonlySet<number> = new Set([66, 160, 159, 60]);

/**
 * The first option of DHCP_Option_To_Use that holds anything usable, left to right. Whether a phone goes on to the next option
 * when every URL of the first one failed is not documented; this one does not.
 */
export function findServer(order: string, options: ReadonlyMap<number, Uint8Array>): FoundServer | null {
  for (const field of order.split(',')) {
    const option = Number(field.trim());
    const value = options.get(option);
    const text = value === undefined ? '' : optionText(option, value);
    if (text !== '') return { option, text };
  }
  return null;
}

function optionText(option: number, value: Uint8Array): string {
  if (option === 150) return addressList(value).join(';');
  if (!TEXT_OPTIONS.has(option)) return '';
  // Servers such as dnsmasq end option 66 with a NUL.
  const text = new TextDecoder('latin1').decode(value).replace(/\0[^]*$/, '').trim();
  // A server may echo the class identifier itself in option 60: that is no place to go.
  return option === 60 && !text.includes('://') && parseIpv4(text) === null ? '' : text;
}

/** An option that is a list of addresses; empty where its length is no multiple of four. */
export function addressList(value: Uint8Array = new Uint8Array()): readonly Ipv4[] {
  if (value.length === 0 || value.length % 4 !== 0) return [];
  return Array.from({ length: value.length / 4 }, (_, index) => value.subarray(index * 4, index * 4 + 4).join('.') as Ipv4);
}
