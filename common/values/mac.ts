/** A MAC-48 address as 12 lower-case hex digits, the spelling of the phone's own `$MA` macro. */
export type Mac = string & { readonly mac: unique symbol };

const PLAIN = /^[0-9a-f]{12}$/;
const SEPARATED = /^[0-9a-f]{2}([:.\- ])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/;
const CISCO = /^[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}$/;

/**
 * Reads a MAC in any usual spelling: plain, pairs split by `:`, `-`, `.` or a space, or Cisco's dotted quads.
 * @returns null when the text is not exactly one unicast MAC (multicast and all-zero addresses name no phone).
 */
export function parseMac(text: string): Mac | null {
  const lower = text.trim().toLowerCase();
  if (!PLAIN.test(lower) && !SEPARATED.test(lower) && !CISCO.test(lower)) return null;
  const hex = lower.replaceAll(/[^0-9a-f]/g, '');
  const firstOctet = Number.parseInt(hex.slice(0, 2), 16);
  if ((firstOctet & 1) === 1 || hex === '000000000000') return null;
  return hex as Mac;
}

/** Six bytes on the wire (DHCP chaddr) to a MAC; null for any other length or a non-unicast address. */
export function macFromBytes(bytes: Uint8Array): Mac | null {
  if (bytes.length !== 6) return null;
  return parseMac(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}

export function macToBytes(mac: Mac): Uint8Array {
  return Uint8Array.from({ length: 6 }, (_, index) => Number.parseInt(mac.slice(index * 2, index * 2 + 2), 16));
}

/** `00 56 2B 04 36 15`: capital pairs with gaps, the spelling for eyes. */
export function macForEyes(mac: Mac): string {
  return (mac.match(/../g) ?? []).join(' ').toUpperCase();
}

/** `00:56:2b:04:36:15`, the spelling of `$MAC`. */
export function macWithColons(mac: Mac): string {
  return (mac.match(/../g) ?? []).join(':');
}
