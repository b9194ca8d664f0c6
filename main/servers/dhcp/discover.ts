import type { Ipv4 } from '../../../common/values/ip.ts';
import { bindingAt, bindingOf, findAddress, isFreeFor, isGivable, isInPool, poolSize, withoutBinding } from './bindings.ts';
import { destinationOf } from './destination.ts';
import { leaseSeconds } from './lease-time.ts';
import type { DhcpReplyOptions } from './needs.ts';
import { buildReply } from './reply.ts';
import { ignored, rebind, seen, type LeaseEffect, type Step, type Turn } from './turn.ts';

/** How long an address is kept for a client that was offered it. Phones answer within a second, or start over. */
export const OFFER_HOLD_MS = 30_000;

/** DHCPDISCOVER (RFC 2131 §4.3.1). */
export function discover(turn: Turn, options: DhcpReplyOptions): Step {
  const { state, now, message, key } = turn;
  const choice = chooseAddress(turn, options);
  if ('fullUntil' in choice) {
    const full = ignored(turn, 'dhcp.pool-full', { size: poolSize(state.config) });
    return { ...full, state: { ...state, fullUntil: choice.fullUntil } };
  }
  const own = bindingOf(state.bindings, key);
  const before = bindingAt(state.bindings, choice.ip);
  const stays = before?.key === key && before.state === 'bound' && before.until > now.time ? before : null;
  const seconds = leaseSeconds(state.config, options, message);
  const observation = seen(turn, { kind: 'answered', answer: 'OFFER' }, { ip: choice.ip, lease: seconds });
  const { cardProved } = state.config;
  const cleared = before && before.key !== key ? { ...state, bindings: withoutBinding(state.bindings, before) } : state;
  const until = Math.max(now.time + OFFER_HOLD_MS, stays?.until ?? 0);
  const bound = rebind(
    { ...cleared, sweepAt: cleared.sweepAt ?? now.time + OFFER_HOLD_MS },
    {
      ip: choice.ip,
      key,
      mac: message.client.chaddr,
      clientId: message.client.clientId,
      state: stays ? 'bound' : 'offered',
      until,
      heard: cardProved ? null : observation,
    },
    own,
    now,
  );
  const packet = buildReply(message, {
    type: 'OFFER',
    lease: { ip: choice.ip, seconds },
    serverId: turn.serverId,
    subnet: state.config.subnet,
    options,
  });
  const offer: LeaseEffect = {
    kind: 'reply',
    reply: {
      packet,
      limit: message.replyLimit,
      to: destinationOf(message, 'OFFER', null),
      peer: turn.peer,
      observation: cardProved ? observation : null,
    },
  };
  return { state: bound.state, effects: [...bound.effects, offer] };
}

/** RFC 2131 §4.3.1: the set address, the one it has or had, the one it asks for, a free one. */
function chooseAddress(turn: Turn, options: DhcpReplyOptions): { ip: Ipv4 } | { fullUntil: number } {
  const { state, now, key, message } = turn;
  const { bindings, config } = state;
  const free = (ip: Ipv4): boolean => isFreeFor(bindingAt(bindings, ip), key, now);
  if (options.fixedAddress && isGivable(config, options.fixedAddress) && free(options.fixedAddress)) return { ip: options.fixedAddress };
  const own = bindingOf(bindings, key);
  if (own && isInPool(config, own.ip) && free(own.ip)) return { ip: own.ip };
  if (message.requested && isInPool(config, message.requested) && free(message.requested)) return { ip: message.requested };
  if (state.fullUntil > now.time) return { fullUntil: state.fullUntil };
  return findAddress(bindings, config, key, now);
}
