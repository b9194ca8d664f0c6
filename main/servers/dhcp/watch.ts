import { subnetContains, type Ipv4, type Subnet } from '../../../common/values/ip.ts';
import type { Instant } from './clock.ts';
import type { DhcpPacket } from './codec.ts';
import { beginProbe, continueProbe, isOfProbe, probeWakesAt, withOther, type Probe } from './probe.ts';

/**
 * Watches for other DHCP servers, before this one speaks and as long as it does.
 *
 * | sign | what follows |
 * | an answer to our own probe | certain: our probe left by this card only |
 * | an OFFER, ACK or NAK to somebody else, only one card is up or the server's address is of our subnet | certain |
 * | the same otherwise, or a client's REQUEST that names another server | a suspicion: probe, answering goes on |
 * | nothing for 30 s | probe: a server's unicast answers cannot be overheard |
 */
export interface WatchState {
  readonly own: Subnet;
  /** True when whatever is heard can only have come by our card. */
  readonly cardProved: boolean;
  /** Port 68 is ours to listen on. Silence on port 67 alone proves nothing: few servers answer an unknown relay. */
  readonly hearsReplies: boolean;
  readonly probe: Probe | null;
  readonly last: Probe | null;
  readonly nextProbeAt: number;
  /** Suspicions wait until then: an office network on another card raises them all day. */
  readonly calmUntil: number;
}

export type WatchEvent =
  /** Begin a probe whose verdict counts, with `PROBE_RANDOM_BYTES` of randomness. */
  | { readonly kind: 'probe'; readonly random: Uint8Array }
  /** A server's message (op 2) was heard. */
  | { readonly kind: 'overheard'; readonly xid: number; readonly server: Ipv4; readonly random: Uint8Array }
  /** A client named another server. */
  | { readonly kind: 'named'; readonly server: Ipv4; readonly random: Uint8Array }
  | { readonly kind: 'tick'; readonly random: Uint8Array };

export type WatchEffect =
  | { readonly kind: 'send'; readonly packet: DhcpPacket; readonly asRelay: boolean }
  | { readonly kind: 'verdict'; readonly verdict: 'quiet' | 'deaf' | 'conflict'; readonly others: readonly Ipv4[] };

export interface WatchStep {
  readonly state: WatchState;
  readonly effects: readonly WatchEffect[];
  readonly wakeAt: number;
}

const REPEAT_MS = 30_000;
const CALM_MS = 10_000;

export function beginWatch(own: Subnet, cardProved: boolean, hearsReplies: boolean): WatchState {
  return { own, cardProved, hearsReplies, probe: null, last: null, nextProbeAt: Number.POSITIVE_INFINITY, calmUntil: 0 };
}

export function stepWatch(state: WatchState, event: WatchEvent, now: Instant): WatchStep {
  switch (event.kind) {
    case 'probe':
      return proceed(begun(state, event.random, now), now);
    case 'overheard':
      return overheard(state, event, now);
    case 'named':
      return proceed(suspecting(state, event.random, now), now);
    case 'tick':
      return proceed(state.probe === null && state.nextProbeAt <= now.time ? begun(state, event.random, now) : state, now);
  }
}

/** True for our own DISCOVERs, which the kernel hands back to us. */
export function isOwnProbe({ probe, last }: WatchState, xid: number): boolean {
  return (probe !== null && isOfProbe(probe, xid)) || (last !== null && isOfProbe(last, xid));
}

function overheard(state: WatchState, event: { xid: number; server: Ipv4; random: Uint8Array }, now: Instant): WatchStep {
  const { probe, own } = state;
  const answersUs = isOwnProbe(state, event.xid);
  // Our own replies come back to us too. Whoever answers our probe under our own address is another program or a twin.
  if (!answersUs && event.server === own.address) return proceed(state, now);
  const certain = answersUs || state.cardProved || subnetContains(own, event.server);
  if (!certain) return proceed(suspecting(state, event.random, now), now);
  return proceed({ ...state, probe: withOther(probe ?? beginProbe(now, event.random), event.server, now) }, now);
}

function suspecting(state: WatchState, random: Uint8Array, now: Instant): WatchState {
  if (state.probe) return state;
  if (state.calmUntil <= now.time) return begun(state, random, now);
  return { ...state, nextProbeAt: Math.min(state.nextProbeAt, state.calmUntil) };
}

function begun(state: WatchState, random: Uint8Array, now: Instant): WatchState {
  return { ...state, last: state.probe ?? state.last, probe: beginProbe(now, random) };
}

function proceed(state: WatchState, now: Instant): WatchStep {
  if (state.probe === null) return { state, effects: [], wakeAt: state.nextProbeAt };
  const { probe, send } = continueProbe(state.probe, state.own.address, now);
  const effects: WatchEffect[] = send.map((one) => ({ kind: 'send', ...one }));
  if (now.time < probe.endsAt) return { state: { ...state, probe }, effects, wakeAt: probeWakesAt(probe) };
  const nextProbeAt = now.time + REPEAT_MS;
  effects.push(verdict(state, probe));
  return { state: { ...state, probe: null, last: probe, nextProbeAt, calmUntil: now.time + CALM_MS }, effects, wakeAt: nextProbeAt };
}

function verdict({ hearsReplies }: WatchState, { others }: Probe): WatchEffect {
  const silence = hearsReplies ? 'quiet' : 'deaf';
  return { kind: 'verdict', verdict: others.length > 0 ? 'conflict' : silence, others };
}
