import { subnetContains, type Ipv4 } from '../../../common/values/ip.ts';
import type { Peer } from '../../../common/values/observation.ts';
import { bindingAt, bindingOf, clientKey, rememberedBindings, withBinding, withoutBinding, type Binding, type LeaseConfig } from './bindings.ts';
import type { Instant } from './clock.ts';
import { discover } from './discover.ts';
import type { ClientMessage } from './message.ts';
import type { DhcpDecision, DhcpReplyOptions, Lease } from './needs.ts';
import { buildReply } from './reply.ts';
import { request } from './request.ts';
import { asLease, ignored, seen, type LeaseEffect, type LeaseState, type Step, type Turn } from './turn.ts';
import { valuesOf } from './table.ts';

export type LeaseEvent =
  | {
      readonly kind: 'message';
      readonly message: ClientMessage;
      readonly decision: DhcpDecision;
      readonly peer: Peer;
      /** It came to our own address, not by broadcast. */
      readonly unicast: boolean;
    }
  /** The store refused a lease: its ACK was not sent. */
  | { readonly kind: 'not-kept'; readonly ip: Ipv4 }
  | { readonly kind: 'tick' };

/** A declined address has another owner who is not ours to move; an hour later he may be gone. */
export const QUARANTINE_MS = 3_600_000;

export function beginLeases(config: LeaseConfig, leases: readonly Lease[], now: Instant): LeaseState {
  return { config, bindings: rememberedBindings(leases, config, now), sweepAt: null, fullUntil: 0 };
}

/** The conversation of RFC 2131 §4.3. `wakeAt` is the `Instant.time` of the next needed tick, null for none. */
export function stepLeases(state: LeaseState, event: LeaseEvent, now: Instant): Step & { readonly wakeAt: number | null } {
  const step = turnTo(state, event, now);
  return { ...step, wakeAt: step.state.sweepAt };
}

function turnTo(state: LeaseState, event: LeaseEvent, now: Instant): Step {
  switch (event.kind) {
    case 'message':
      return converse({
        ...event,
        state,
        now,
        key: clientKey(event.message.client.chaddr, event.message.client.clientId),
        serverId: (event.message.relay && event.message.serverIdOverride) || state.config.subnet.address,
      });
    case 'not-kept': {
      const binding = bindingAt(state.bindings, event.ip);
      if (binding?.state !== 'bound') return { state, effects: [] };
      const offered: Binding = { ...binding, state: 'offered', until: now.time };
      return { state: { ...state, bindings: withBinding(state.bindings, offered), fullUntil: 0 }, effects: [] };
    }
    case 'tick':
      return state.sweepAt !== null && state.sweepAt <= now.time ? sweep(state, now) : { state, effects: [] };
  }
}

function converse(turn: Turn): Step {
  const { message, decision, state } = turn;
  if (message.serverId && message.serverId !== turn.serverId) return leaveToOther(turn, message.serverId);
  if (message.type === 'DECLINE') return decline(turn);
  if (message.type === 'RELEASE') return release(turn);
  if (!decision.answer) {
    return { state, effects: [{ kind: 'stranger', observation: seen(turn, { kind: 'ignored', code: decision.code }) }] };
  }
  const network = message.linkSelection ?? message.relay;
  if (network && !subnetContains(state.config.subnet, network)) return ignored(turn, 'dhcp.foreign-subnet', { network });
  switch (message.type) {
    case 'DISCOVER':
      return discover(turn, decision.options);
    case 'REQUEST':
      return request(turn, decision.options);
    case 'INFORM':
      return inform(turn, decision.options);
  }
}

/** The client chose, or holds an address of, another server: our offer is withdrawn, and nothing is said (§4.3.2). */
function leaveToOther(turn: Turn, server: Ipv4): Step {
  const { state, key, message, decision } = turn;
  const own = bindingOf(state.bindings, key);
  const withdrawn = message.type === 'REQUEST' && own?.state === 'offered';
  const next = withdrawn ? { ...state, bindings: withoutBinding(state.bindings, own), fullUntil: 0 } : state;
  const heard: LeaseEffect = { kind: 'observe', observation: seen(turn, { kind: 'ignored', code: 'dhcp.other-server' }, { other: server }) };
  const effects: LeaseEffect[] = decision.answer ? [heard] : [];
  // Behind a relay lies another wire, which may have a server of its own.
  if (message.relay === null) effects.push({ kind: 'rival', server });
  return { state: next, effects };
}

/** §4.3.3: somebody else answers on this address. Only the client that was given it may say so. */
function decline(turn: Turn): Step {
  const { state, now, key, message } = turn;
  const binding = message.requested ? bindingAt(state.bindings, message.requested) : undefined;
  if (binding?.key !== key || binding.state === 'declined') return ignored(turn, 'dhcp.not-its-address');
  const declined: Binding = { ...binding, key: '', mac: null, clientId: '', state: 'declined', until: now.time + QUARANTINE_MS, heard: null };
  const bindings = withBinding(withoutBinding(state.bindings, binding), declined);
  return {
    state: { ...state, bindings },
    effects: [
      { kind: 'commit', lease: asLease(declined, now), then: null },
      { kind: 'observe', observation: seen(turn, { kind: 'heard' }, { ip: binding.ip }) },
    ],
  };
}

/** §4.3.4: free again, but remembered, so that the phone gets the same one next time. */
function release(turn: Turn): Step {
  const { state, now, key, message } = turn;
  const binding = message.ciaddr ? bindingAt(state.bindings, message.ciaddr) : undefined;
  if (binding?.key !== key || binding.state !== 'bound') return ignored(turn, 'dhcp.not-its-address');
  const released: Binding = { ...binding, state: 'released', until: now.time };
  return {
    state: { ...state, bindings: withBinding(state.bindings, released), fullUntil: 0 },
    effects: [
      { kind: 'commit', lease: asLease(released, now), then: null },
      { kind: 'observe', observation: seen(turn, { kind: 'heard' }, { ip: binding.ip }) },
    ],
  };
}

/** §4.3.5: options without a lease. A client that forgot ciaddr is known by the address that it sent from. */
function inform(turn: Turn, options: DhcpReplyOptions): Step {
  const { message, state, peer } = turn;
  const address = message.ciaddr ?? (peer.address as Ipv4);
  if (!subnetContains(state.config.subnet, address)) return ignored(turn, 'dhcp.foreign-subnet', { ip: address });
  const packet = buildReply(message, { type: 'ACK', lease: null, serverId: turn.serverId, subnet: state.config.subnet, options });
  const observation = seen(turn, { kind: 'answered', answer: 'ACK' }, { ip: address, phase: 'inform' });
  const reply = { packet, limit: message.replyLimit, to: { kind: 'unicast', address } as const, peer, observation };
  return { state, effects: [{ kind: 'reply', reply }] };
}

/** Forgets offers that nobody took. On a machine with several cards this is where an unproved DISCOVER ends. */
function sweep(state: LeaseState, now: Instant): Step {
  const effects: LeaseEffect[] = [];
  let { bindings } = state;
  let next: number | null = null;
  for (const binding of valuesOf(state.bindings.byAddress)) {
    if (binding.state !== 'offered') continue;
    if (binding.until > now.time) {
      next = next === null ? binding.until : Math.min(next, binding.until);
      continue;
    }
    bindings = withoutBinding(bindings, binding);
    if (binding.heard) {
      const observation = { ...binding.heard, outcome: { kind: 'ignored', code: 'dhcp.offer-not-taken' } as const };
      effects.push({ kind: 'observe', observation });
    }
  }
  return { state: { ...state, bindings, sweepAt: next, fullUntil: 0 }, effects };
}
