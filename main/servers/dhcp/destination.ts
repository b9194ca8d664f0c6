import type { Ipv4 } from '../../../common/values/ip.ts';
import type { ClientMessage } from './message.ts';

/** Where a reply goes. */
export type Destination =
  /** 255.255.255.255, client port. */
  | { readonly kind: 'broadcast' }
  /** The relay, server port. */
  | { readonly kind: 'relay'; readonly address: Ipv4 }
  /** A client that has an address, client port. */
  | { readonly kind: 'unicast'; readonly address: Ipv4 };

/**
 * RFC 2131 §4.1. A client without an address is always answered by broadcast, whether it set the flag or not: to reach it
 * by unicast the kernel's neighbour table would have to be written, which needs root. Clients take either.
 */
export function destinationOf(message: ClientMessage, reply: 'OFFER' | 'ACK' | 'NAK', ciaddr = message.ciaddr): Destination {
  if (message.relay) return { kind: 'relay', address: message.relay };
  if (reply === 'NAK' || ciaddr === null) return { kind: 'broadcast' };
  return { kind: 'unicast', address: ciaddr };
}
