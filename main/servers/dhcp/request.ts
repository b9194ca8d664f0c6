import { subnetContains, type Ipv4 } from '../../../common/values/ip.ts';
import { bindingAt, bindingOf, isFreeFor, isGivable, isInPool, withoutBinding, type Binding } from './bindings.ts';
import { destinationOf } from './destination.ts';
import { leaseSeconds } from './lease-time.ts';
import type { DhcpReplyOptions } from './needs.ts';
import { buildNak, buildReply } from './reply.ts';
import { asLease, ignored, rebind, seen, type LeaseEffect, type Reply, type Step, type Turn } from './turn.ts';

/**
 * DHCPREQUEST (RFC 2131 §4.3.2), once it is known not to be meant for another server. What the client means follows from
 * what it fills in (table 4):
 *
 * |             | selecting | init-reboot | renewing | rebinding |
 * | server id   | ours      | none        | none     | none      |
 * | option 50   | address   | address     | none     | none      |
 * | ciaddr      | none      | none        | address  | address   |
 * | came by     | broadcast | broadcast   | unicast  | broadcast |
 *
 * An address of another network is passed over in silence: that network may well have its own server. Inside ours this
 * server is alone (the probe has shown it) and therefore speaks with authority: it takes up a lease that it has lost the
 * record of, and refuses at once what cannot be.
 */
export function request(turn: Turn, options: DhcpReplyOptions): Step {
  const { message, state } = turn;
  const asked = message.requested ?? message.ciaddr;
  if (asked === null) return ignored(turn, 'dhcp.bad-packet', { reason: 'asks for no address' });
  if (!subnetContains(state.config.subnet, asked)) return ignored(turn, 'dhcp.foreign-subnet', { ip: asked, phase: phaseOf(turn) });
  const obstacle = findObstacle(turn, options, asked);
  return obstacle === null ? acknowledge(turn, options, asked) : refuse(turn, asked, obstacle);
}

function phaseOf({ message, unicast }: Turn): string {
  if (message.requested === null) return unicast ? 'renewing' : 'rebinding';
  return message.serverId ? 'selecting' : 'init-reboot';
}

/** Why this client cannot have this address; the words go into the NAK (option 56), for whoever reads a capture. */
function findObstacle(turn: Turn, options: DhcpReplyOptions, asked: Ipv4): string | null {
  const { state, key, now } = turn;
  const { bindings, config } = state;
  if (!isGivable(config, asked)) return 'not an address for clients';
  const fixed = options.fixedAddress;
  // Sent back to DISCOVER only when that will truly give the set address, else it would go round for ever.
  if (fixed && fixed !== asked && isGivable(config, fixed) && isFreeFor(bindingAt(bindings, fixed), key, now)) return 'another address is set';
  if (asked !== fixed && !isInPool(config, asked)) return 'outside the pool';
  if (!isFreeFor(bindingAt(bindings, asked), key, now)) return 'address in use';
  const own = bindingOf(bindings, key);
  if (own && own.ip !== asked && own.until > now.time && own.ip !== fixed) return 'another address was given';
  return null;
}

function acknowledge(turn: Turn, options: DhcpReplyOptions, ip: Ipv4): Step {
  const { message, now, key, state } = turn;
  const seconds = leaseSeconds(state.config, options, message);
  const own = bindingOf(state.bindings, key);
  const before = bindingAt(state.bindings, ip);
  const binding: Binding = {
    ip,
    key,
    mac: message.client.chaddr,
    clientId: message.client.clientId,
    state: 'bound',
    until: now.time + seconds * 1000,
    heard: null,
  };
  const cleared = before && before.key !== key ? { ...state, bindings: withoutBinding(state.bindings, before) } : state;
  const bound = rebind(cleared, binding, own, now);
  const waiting: LeaseEffect[] = own?.heard ? [{ kind: 'observe', observation: own.heard }] : [];
  const ack: Reply = {
    packet: buildReply(message, { type: 'ACK', lease: { ip, seconds }, serverId: turn.serverId, subnet: state.config.subnet, options }),
    limit: message.replyLimit,
    to: destinationOf(message, 'ACK'),
    peer: turn.peer,
    observation: seen(turn, { kind: 'answered', answer: 'ACK' }, { ip, lease: seconds, phase: phaseOf(turn) }),
  };
  return {
    state: bound.state,
    effects: [...bound.effects, ...waiting, { kind: 'commit', lease: asLease(binding, now), then: ack }],
  };
}

function refuse(turn: Turn, ip: Ipv4, why: string): Step {
  const { message } = turn;
  const nak: Reply = {
    packet: buildNak(message, turn.serverId, why),
    limit: message.replyLimit,
    to: destinationOf(message, 'NAK'),
    peer: turn.peer,
    observation: seen(turn, { kind: 'answered', answer: 'NAK' }, { ip, reason: why, phase: phaseOf(turn) }),
  };
  return { state: turn.state, effects: [{ kind: 'reply', reply: nak }] };
}
