import type { Ipv4 } from '../../../common/values/ip.ts';
import type { Observation, Outcome, Peer } from '../../../common/values/observation.ts';
import { withBinding, withoutBinding, type Binding, type Bindings, type LeaseConfig } from './bindings.ts';
import type { Instant } from './clock.ts';
import type { DhcpPacket } from './codec.ts';
import type { Destination } from './destination.ts';
import type { ClientMessage } from './message.ts';
import type { DhcpDecision, Lease } from './needs.ts';

/** All that the lease machine remembers. */
export interface LeaseState {
  readonly config: LeaseConfig;
  readonly bindings: Bindings;
  /** When an offer may have to be forgotten; null without offers. */
  readonly sweepAt: number | null;
  /** The pool is known to be full until then. */
  readonly fullUntil: number;
}

/** A packet to send; `observation` is null where evidence has to wait for proof. */
export interface Reply {
  readonly packet: DhcpPacket;
  /** Bytes of UDP payload that the client takes. */
  readonly limit: number;
  readonly to: Destination;
  readonly peer: Peer;
  readonly observation: Observation | null;
}

export type LeaseEffect =
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** Keep the lease; `then` is sent only once it is durable. */
  | { readonly kind: 'commit'; readonly lease: Lease; readonly then: Reply | null }
  | { readonly kind: 'observe'; readonly observation: Observation }
  /** Silence that the policy asked for. */
  | { readonly kind: 'stranger'; readonly observation: Observation }
  /** A client of this wire spoke to another server. */
  | { readonly kind: 'rival'; readonly server: Ipv4 };

export interface Step {
  readonly state: LeaseState;
  readonly effects: readonly LeaseEffect[];
}

/** One message, and all that is needed to answer it. */
export interface Turn {
  readonly state: LeaseState;
  readonly now: Instant;
  readonly message: ClientMessage;
  readonly decision: DhcpDecision;
  readonly peer: Peer;
  /** It came to our own address, not by broadcast. */
  readonly unicast: boolean;
  readonly key: string;
  readonly serverId: Ipv4;
}

export function seen(turn: Turn, outcome: Outcome, detail: Observation['detail'] = {}): Observation {
  const { client, type, xid } = turn.message;
  return {
    at: turn.now.wall,
    server: 'dhcp',
    peer: turn.peer,
    asked: type,
    facts: {
      chaddr: client.chaddr,
      ...(client.vendorClass ? { vendorClass: client.vendorClass } : {}),
      ...(client.hostName ? { hostName: client.hostName } : {}),
    },
    outcome,
    detail: {
      xid: xid.toString(16).padStart(8, '0'),
      ...(client.asksFor ? { asks: client.asksFor.join(' ') } : {}),
      ...(client.relay ? { relay: client.relay } : {}),
      // It may have come in by another card than the one picked, and so from another network.
      ...(turn.state.config.cardProved || client.relay || turn.unicast ? {} : { card: 'not proved' }),
      ...detail,
    },
  };
}

export function ignored(turn: Turn, code: string, detail?: Observation['detail']): Step {
  return { state: turn.state, effects: [{ kind: 'observe', observation: seen(turn, { kind: 'ignored', code }, detail) }] };
}

/** Puts `binding` in place of whatever held its address, and lets go of any other address of the same client. */
export function rebind(state: LeaseState, binding: Binding, previous: Binding | undefined, now: Instant): Step {
  const holder = previous && previous.ip !== binding.ip ? previous : null;
  const freed = holder ? withoutBinding(state.bindings, holder) : state.bindings;
  const effects: LeaseEffect[] =
    holder?.state === 'bound' && holder.until > now.time
      ? [{ kind: 'commit', lease: asLease({ ...holder, state: 'released', until: now.time }, now), then: null }]
      : [];
  return { state: { ...state, bindings: withBinding(freed, binding), fullUntil: holder ? 0 : state.fullUntil }, effects };
}

/** A binding as it is kept; an offer is not. */
export function asLease(binding: Binding, now: Instant): Lease {
  const state = binding.state === 'offered' ? 'released' : binding.state;
  return { ip: binding.ip, mac: binding.mac, clientId: binding.clientId, state, expiresAt: now.wall + (binding.until - now.time) };
}
