import { parseIpv4 } from '../../../common/values/ip.ts';
import { failed, type Failure } from '../../../common/values/failure.ts';
import type { Observation, Peer } from '../../../common/values/observation.ts';
import { countUsed, poolSize, type LeaseConfig } from './bindings.ts';
import type { Instant } from './clock.ts';
import { decodePacket, encodePacket, NO_ADDRESS, type DhcpPacket } from './codec.ts';
import { destinationOf } from './destination.ts';
import type { Ledger } from './ledger.ts';
import type { Link } from './link.ts';
import { beginLeases, stepLeases, type LeaseEvent } from './machine.ts';
import { messageType, readClientMessage, type ClientMessage } from './message.ts';
import type { DhcpNeeds, Lease } from './needs.ts';
import { readAddress } from './options/address.ts';
import { OPTION } from './options/numbers.ts';
import { answerToProbe, PROBE_MARK, PROBE_RANDOM_BYTES } from './probe.ts';
import type { LeaseEffect, Reply } from './turn.ts';
import { beginWatch, isOwnProbe, stepWatch, type WatchEffect, type WatchEvent } from './watch.ts';

/** One stretch of being open, from bound sockets to closed ones: the lease machine and the watch on one wire. */
export interface Run {
  readonly link: Link;
  /** False while a probe listens: everything is heard, nothing is said. */
  answering: boolean;
  heard(bytes: Uint8Array, peer: Peer, unicast: boolean): void;
  /** Begins a probe whose verdict counts. @returns when it ends at the latest, `Instant.time`. */
  probe(): number;
  /** Does what is due. @returns when to come back. */
  tick(): number;
  /** Whether what is heard can only have come by our card. */
  prove(cardProved: boolean): void;
  /** Addresses given away or set aside now. */
  used(): number;
  /** Nothing is sent or told any more, whatever still comes. */
  end(): void;
}

export interface RunSurroundings {
  readonly config: LeaseConfig;
  readonly link: Link;
  readonly needs: DhcpNeeds;
  readonly ledger: Ledger;
  /** Another server can be on the wire: not over loopback. */
  readonly watched: boolean;
  clock(): Instant;
  random(bytes: number): Uint8Array;
  verdict(effect: Extract<WatchEffect, { kind: 'verdict' }>): void;
  /** A trouble that does not end the service, or null once it is over. */
  remark(trouble: Failure | null): void;
  /** A figure changed. */
  moved(): void;
  wake(at: number): void;
}

/** More leases than that at once in the store's queue: the store is stuck, phones will ask again. */
const MOST_WAITING = 5000;
/** The count walks the whole pool, and the application asks for it with every packet. */
const COUNT_AGAIN_MS = 200;

export function createRun(around: RunSurroundings, kept: readonly Lease[]): Run {
  const { config, link, needs, ledger, clock } = around;
  let leases = beginLeases(config, kept, clock());
  let watching = beginWatch(config.subnet, config.cardProved, link.hearsReplies);
  let waiting = 0;
  let counted: { readonly time: number; readonly used: number } | null = null;
  let ended = false;
  let troubles: { readonly pool: Failure | null; readonly store: Failure | null } = { pool: null, store: null };

  const tell = (observation: Observation): void => {
    if (ledger.note(observation)) needs.observe(observation);
    around.moved();
  };

  const remark = (trouble: { readonly [kind in keyof typeof troubles]?: Failure | null }): void => {
    troubles = { ...troubles, ...trouble };
    around.remark(troubles.store ?? troubles.pool);
  };

  const watch = (event: WatchEvent): number => {
    const step = stepWatch(watching, event, clock());
    watching = step.state;
    for (const effect of step.effects) {
      if (effect.kind === 'send') link.sendProbe(encodePacket(effect.packet).bytes, effect.asRelay);
      else around.verdict(effect);
    }
    return step.wakeAt;
  };

  const converse = (event: LeaseEvent): number | null => {
    const step = stepLeases(leases, event, clock());
    leases = step.state;
    for (const effect of step.effects) perform(effect);
    return step.wakeAt;
  };

  const perform = (effect: LeaseEffect): void => {
    switch (effect.kind) {
      case 'reply':
        return send(effect.reply);
      case 'observe':
        return tell(effect.observation);
      case 'stranger':
        ledger.stranger(effect.observation);
        return tell(effect.observation);
      case 'rival':
        if (around.watched) around.wake(watch({ kind: 'named', server: effect.server, random: around.random(PROBE_RANDOM_BYTES) }));
        return;
      case 'commit':
        void keep(effect.lease, effect.then);
    }
  };

  const send = (reply: Reply): void => {
    const { bytes, left } = encodePacket(reply.packet, reply.limit);
    link.send(bytes, reply.to, reply.peer);
    if (reply.observation === null) return;
    const { detail, at } = reply.observation;
    const tookMs = Math.max(0, clock().wall - at);
    tell({ ...reply.observation, tookMs, detail: { ...detail, ...(left.length > 0 ? { left: left.join(' ') } : {}) } });
  };

  const keep = async (lease: Lease, then: Reply | null): Promise<void> => {
    waiting += 1;
    try {
      if (waiting > MOST_WAITING) throw new Error('the store does not keep up');
      await needs.commit(lease);
      if (then && !ended && run.answering) send(then);
      if (troubles.store && !ended) remark({ store: null });
    } catch (cause) {
      ledger.count('notKept');
      if (ended) return;
      if (then?.observation) tell({ ...then.observation, outcome: { kind: 'ignored', code: 'dhcp.lease-not-kept' } });
      converse({ kind: 'not-kept', ip: lease.ip });
      remark({ store: failed('dhcp.lease-not-kept', {}, String(cause)).failure });
    } finally {
      waiting -= 1;
    }
  };

  /** Our own broadcast, which the kernel hands back to the socket on port 68; unless it answers our own probe: then it is a twin's. */
  const isEcho = (bytes: Uint8Array, peer: Peer): boolean => {
    if (bytes[0] !== 2 || bytes.length < 8 || peer.address !== config.subnet.address) return false;
    return !isOwnProbe(watching, new DataView(bytes.buffer, bytes.byteOffset, 8).getUint32(4));
  };

  /** Of a server, to us or to somebody else. */
  const overheard = (packet: DhcpPacket, peer: Peer): void => {
    if (!around.watched || messageType(packet) === null) return;
    const server = readAddress(packet.options.get(OPTION.serverId)) ?? parseIpv4(peer.address) ?? NO_ADDRESS;
    around.wake(watch({ kind: 'overheard', xid: packet.xid, server, random: around.random(PROBE_RANDOM_BYTES) }));
  };

  const answerBench = (message: ClientMessage, peer: Peer): void => {
    if (message.type !== 'DISCOVER') return;
    link.send(encodePacket(answerToProbe(message, config)).bytes, destinationOf(message, 'OFFER', null), peer);
  };

  const run: Run = {
    link,
    answering: false,
    heard(bytes, peer, unicast) {
      if (ended || isEcho(bytes, peer)) return;
      const packet = decodePacket(bytes);
      if (packet.ok && packet.value.op === 2) return overheard(packet.value, peer);
      const message = packet.ok ? readClientMessage(packet.value) : packet;
      if (!message.ok) return tell(passedOver(peer, message.failure, clock().wall));
      if (!run.answering || isOwnProbe(watching, message.value.xid)) return;
      if (message.value.client.userClass === PROBE_MARK) return answerBench(message.value, peer);
      try {
        converse({ kind: 'message', message: message.value, decision: needs.decide(message.value.client), peer, unicast });
      } catch (cause) {
        // Our own mistake, but no packet may end the bench.
        const reason = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
        return tell(passedOver(peer, failed('dhcp.fault', {}, reason.slice(0, 500)).failure, clock().wall));
      }
      const full = leases.fullUntil > clock().time;
      if (full !== (troubles.pool !== null)) remark({ pool: full ? failed('dhcp.pool-full', { size: poolSize(config) }).failure : null });
    },
    probe() {
      around.wake(watch({ kind: 'probe', random: around.random(PROBE_RANDOM_BYTES) }));
      return watching.probe?.endsAt ?? clock().time;
    },
    tick() {
      const forLeases = leases.sweepAt === null ? null : converse({ kind: 'tick' });
      const forWatch = around.watched ? watch({ kind: 'tick', random: around.random(PROBE_RANDOM_BYTES) }) : Number.POSITIVE_INFINITY;
      return Math.min(forLeases ?? Number.POSITIVE_INFINITY, forWatch);
    },
    prove(cardProved) {
      leases = { ...leases, config: { ...leases.config, cardProved } };
      watching = { ...watching, cardProved };
    },
    used() {
      const { time } = clock();
      if (counted === null || time - counted.time >= COUNT_AGAIN_MS) counted = { time, used: countUsed(leases.bindings, clock()) };
      return counted.used;
    },
    end() {
      ended = true;
    },
  };
  return run;
}

function passedOver(peer: Peer, failure: Failure, at: number): Observation {
  return {
    at,
    server: 'dhcp',
    peer,
    asked: 'packet',
    facts: {},
    outcome: { kind: 'ignored', code: failure.code },
    ...(failure.cause ? { detail: { reason: failure.cause } } : {}),
  };
}
