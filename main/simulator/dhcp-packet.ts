import { ipv4ToBytes } from '../../common/values/ip.ts';
import type { Ipv4 } from '../../common/values/ip.ts';
import { macToBytes } from '../../common/values/mac.ts';
import { spokenName } from '../../common/values/model.ts';
import type { Model } from '../../common/values/model.ts';
import { NO_ADDRESS } from '../servers/dhcp/codec.ts';
import type { DhcpPacket } from '../servers/dhcp/codec.ts';
import type { PhoneIdentity } from './identity.ts';

/** Values of option 53 (RFC 2132 §9.6). */
export const MESSAGE = { DISCOVER: 1, OFFER: 2, REQUEST: 3, ACK: 5, NAK: 6 } as const;

/** What the client wants of the server, beside its name. */
export interface Wish {
  readonly xid: number;
  /** Its own address, when it renews. */
  readonly ciaddr?: Ipv4;
  /** Option 50. */
  readonly requested?: Ipv4;
  /** Option 54. */
  readonly serverId?: Ipv4;
}

/**
 * Option 55: what Cisco's DHCP table says that phones read (1 3 6 12 15 42 43 60 66 125 150 159 160), with the lease time.
 * The real list and its order are not confirmed by a capture.
 */
const ASKS_FOR = Uint8Array.of(1, 3, 6, 12, 15, 42, 43, 51, 60, 66, 125, 150, 159, 160);

/** Option 60. The Multiplatform class ends with a NUL (seen by a public provisioning server); an enterprise load names the bare product. */
export function vendorClass(model: Model, enterprise: boolean): string {
  return `Cisco Systems, Inc. IP Phone ${enterprise ? `CP-${spokenName(model)}` : model}\0`;
}

/** A DISCOVER or REQUEST as a phone broadcasts it (RFC 2131 §4.3.2, table 4), or unicasts it when it renews. */
export function clientPacket(phone: PhoneIdentity, enterprise: boolean, message: 'DISCOVER' | 'REQUEST', wish: Wish): DhcpPacket {
  const text = new TextEncoder();
  const chaddr = macToBytes(phone.mac);
  const options = new Map<number, Uint8Array>([
    [53, Uint8Array.of(MESSAGE[message])],
    // RFC 2132 §9.14, hardware type and address; that real phones send option 61 is not confirmed.
    [61, Uint8Array.of(1, ...chaddr)],
    [57, Uint8Array.of(0x05, 0xdc)],
    [60, text.encode(vendorClass(phone.model, enterprise))],
    [55, ASKS_FOR],
  ]);
  // Enterprise loads name themselves; what a Multiplatform phone sends without Host_Name is not confirmed.
  if (enterprise) options.set(12, text.encode(`SEP${phone.mac.toUpperCase()}`));
  if (wish.requested) options.set(50, ipv4ToBytes(wish.requested));
  if (wish.serverId) options.set(54, ipv4ToBytes(wish.serverId));
  return {
    op: 1, htype: 1, hops: 0, xid: wish.xid, secs: 0, broadcast: wish.ciaddr === undefined,
    ciaddr: wish.ciaddr ?? NO_ADDRESS, yiaddr: NO_ADDRESS, siaddr: NO_ADDRESS, giaddr: NO_ADDRESS,
    chaddr, sname: '', file: '', options,
  };
}
