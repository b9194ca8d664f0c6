import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { ipv4FromBytes, isLoopback } from '../../common/values/ip.ts';
import { decodePacket, encodePacket } from '../servers/dhcp/codec.ts';
import type { DhcpPacket } from '../servers/dhcp/codec.ts';
import { MESSAGE, clientPacket } from './dhcp-packet.ts';
import type { Wish } from './dhcp-packet.ts';
import { rest } from './handset.ts';
import type { Handset } from './handset.ts';
import type { PhoneLease } from './lease.ts';

/** RFC 2131 §4.1: 4 s, then twice as long each time up to 64 s, a second more or less by chance. */
const WAITS = [4, 8, 16, 32, 64] as const;
/** Rounds of DISCOVER before a phone counts as left without address; it goes on asking. */
const ROUNDS_UNTIL_SILENCE = 4;
/** Real milliseconds that an answer is given at least, however fast the phone's seconds pass. */
const LEAST_WAIT_MS = 500;

/** The phone's seconds before it starts anew after a refusal (RFC 2131 §3.1.5 asks for ten after a DECLINE). */
const RESTART_SECONDS = 10;

/**
 * Asks for an address until there is one or the power goes (null), over unicast to the bench's loopback DHCP; then keeps the lease
 * renewed in the background.
 * @param onSilence called once, when the first rounds brought no address.
 */
export async function obtainLease(handset: Handset, onSilence: () => void): Promise<PhoneLease | null> {
  const port = handset.options.server.dhcpPort;
  const link = port === null ? null : await openLink(handset, port);
  if (link === null) {
    handset.note({ kind: 'dhcp', message: 'silence' });
    onSilence();
    return null;
  }
  const lease = await discover(link, onSilence);
  if (lease) void keep(link, lease);
  return lease;
}

interface Link {
  readonly handset: Handset;
  readonly socket: Socket;
  readonly port: number;
  /** Takes the next answer with that transaction number; one at a time. */
  hear: ((packet: DhcpPacket) => void) | null;
}

/** The socket of one boot, closed when the power goes; null when it cannot be opened. */
async function openLink(handset: Handset, port: number): Promise<Link | null> {
  const socket = createSocket('udp4');
  const link: Link = { handset, socket, port, hear: null };
  socket.on('message', (bytes) => {
    if (handset.faults.has('never-dhcp')) return;
    const read = decodePacket(bytes);
    if (read.ok && read.value.op === 2) link.hear?.(read.value);
  });
  const bound = await new Promise<boolean>((resolve) => {
    socket.on('error', () => resolve(false));
    socket.bind(0, isLoopback(handset.options.server.address) ? '127.0.0.1' : undefined, () => resolve(true));
  });
  const close = (): void => void socket.close();
  if (!bound || handset.power.aborted) close();
  else handset.power.addEventListener('abort', close, { once: true });
  return bound ? link : null;
}

async function discover(link: Link, onSilence: () => void): Promise<PhoneLease | null> {
  const { handset } = link;
  for (let round = 1; !handset.power.aborted; round += 1) {
    const xid = Math.floor(handset.options.random() * 0xffff_ffff);
    const seconds = (WAITS[Math.min(round, WAITS.length) - 1] ?? 64) + handset.options.random() * 2 - 1;
    const offer = await exchange(link, 'DISCOVER', seconds, { xid });
    const lease = offer && (await accept(link, xid, offer));
    if (lease) return lease;
    if (round === ROUNDS_UNTIL_SILENCE && !handset.power.aborted) {
      handset.note({ kind: 'dhcp', message: 'silence' });
      onSilence();
    }
    // An answer that came at once and gave nothing must not make a storm.
    if (offer) await rest(handset, Math.max(RESTART_SECONDS, leastWait(handset)));
  }
  return null;
}

async function accept(link: Link, xid: number, offer: DhcpPacket): Promise<PhoneLease | null> {
  const { handset } = link;
  const serverId = ipv4FromBytes(offer.options.get(54) ?? new Uint8Array());
  if (serverId === null) return null;
  handset.note({ kind: 'dhcp', message: 'OFFER', ip: offer.yiaddr });
  const answer = await exchange(link, 'REQUEST', WAITS[0], { xid, requested: offer.yiaddr, serverId });
  return answer && readAnswer(handset, answer);
}

/** RFC 2131 §4.4.5: renew at half the time, then at half of what is left; without an answer until the end, start anew. */
async function keep(link: Link, first: PhoneLease): Promise<void> {
  const { handset } = link;
  let lease: PhoneLease | null = first;
  const paced = handset.options.leases === 'bench' ? handset.options.pace : 1;
  let left = first.seconds;
  while (lease && !handset.power.aborted) {
    if (!(await rest(handset, (left / 2) * paced))) return;
    left /= 2;
    const xid = Math.floor(handset.options.random() * 0xffff_ffff);
    const answer: DhcpPacket | null = await exchange(link, 'REQUEST', WAITS[0], { xid, ciaddr: lease.ip });
    const renewed: PhoneLease | null = answer && readAnswer(handset, answer);
    if (renewed) lease = renewed;
    else if (answer || left < 60) lease = await discover(link, () => undefined);
    else continue;
    if (lease) {
      handset.ip = lease.ip;
      left = lease.seconds;
    }
  }
}

/** Sends one message and waits for the answer with its transaction number; null when none comes in time or the power goes. */
async function exchange(link: Link, message: 'DISCOVER' | 'REQUEST', seconds: number, wish: Wish): Promise<DhcpPacket | null> {
  const { handset, socket, port } = link;
  if (handset.power.aborted) return null;
  const heard = new AbortController();
  let answer: DhcpPacket | null = null;
  const wanted = message === 'DISCOVER' ? [MESSAGE.OFFER] : [MESSAGE.ACK, MESSAGE.NAK];
  link.hear = (packet) => {
    const type = packet.options.get(53)?.[0];
    if (packet.xid !== wish.xid || type === undefined || !(wanted as readonly number[]).includes(type)) return;
    answer = packet;
    heard.abort();
  };
  const { bytes } = encodePacket(clientPacket(handset.options, handset.faults.has('enterprise-load'), message, wish));
  handset.note({ kind: 'dhcp', message, ...(wish.requested ? { ip: wish.requested } : {}) });
  socket.send(bytes, port, handset.options.server.address, () => undefined);
  await rest(handset, Math.max(seconds, leastWait(handset)), AbortSignal.any([handset.power, heard.signal]));
  link.hear = null;
  return answer;
}

/** In the phone's seconds. */
function leastWait(handset: Handset): number {
  return (LEAST_WAIT_MS / 1000) * handset.options.pace;
}

/** The lease of an ACK; null for a NAK. */
function readAnswer(handset: Handset, packet: DhcpPacket): PhoneLease | null {
  if (packet.options.get(53)?.[0] === MESSAGE.NAK) {
    handset.note({ kind: 'dhcp', message: 'NAK' });
    return null;
  }
  handset.note({ kind: 'dhcp', message: 'ACK', ip: packet.yiaddr });
  const time = packet.options.get(51);
  const seconds = time?.length === 4 ? new DataView(time.buffer, time.byteOffset, 4).getUint32(0) : 600;
  return { ip: packet.yiaddr, seconds: Math.max(60, seconds), options: packet.options };
}
