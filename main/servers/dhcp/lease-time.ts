import type { LeaseConfig } from './bindings.ts';
import type { ClientMessage } from './message.ts';
import type { DhcpReplyOptions } from './needs.ts';

/** Nobody gets less than two minutes because he asked for it: renewing every second is no use to anybody. */
const SHORTEST_ASKED = 120;

/** A client may ask for less than is given, never for more: a stopped bench is to be soon forgotten. */
export function leaseSeconds(config: LeaseConfig, options: DhcpReplyOptions, message: ClientMessage): number {
  const given = Math.max(1, options.leaseSeconds ?? config.leaseSeconds);
  return message.leaseSeconds === null ? given : Math.min(given, Math.max(message.leaseSeconds, SHORTEST_ASKED));
}
