import { ipv4FromNumber, ipv4ToNumber, type Ipv4 } from '../../../common/values/ip.ts';
import { isInPool, type LeaseConfig } from './bindings.ts';
import type { Instant } from './clock.ts';
import { NO_ADDRESS, type DhcpPacket } from './codec.ts';
import type { ClientMessage } from './message.ts';
import { OPTION } from './options/numbers.ts';
import { writeText } from './options/text.ts';
import { buildReply } from './reply.ts';

/**
 * Listens for other DHCP servers before this one speaks: DISCOVERs of a client that does not exist, never a REQUEST, so that
 * no address is taken. Each round goes out twice: as a client's (answers come by broadcast to port 68) and as a relay's
 * (answers come to our own port 67). The class is a phone's, so that a server which answers only phones shows itself too.
 */
export interface Probe {
  readonly rounds: readonly Round[];
  /** Rounds that are out. */
  readonly sent: number;
  readonly endsAt: number;
  /** Servers that answered, as they call themselves. */
  readonly others: readonly Ipv4[];
}

interface Round {
  readonly at: number;
  readonly xid: number;
  readonly chaddr: Uint8Array;
}

/** The user class (option 77) by which one bench knows another's probe and answers it whatever its policy is. */
export const PROBE_MARK = 'dialbench-probe';
const PROBE_CLASS = 'Cisco Systems, Inc. IP Phone CP-8841-3PCC';
/** A server that pings an address before it offers it takes up to 3 s; dnsmasq does. */
const LAST_ANSWER_MS = 3500;
const ROUND_MS = 750;
/** Once one has answered, how long to wait for more names. */
const MORE_NAMES_MS = 700;
const BYTES_PER_ROUND = 9;

/** Bytes of randomness that `beginProbe` needs. */
export const PROBE_RANDOM_BYTES = 3 * BYTES_PER_ROUND;

/** Three rounds within 1.5 s, the verdict after 5 s at the latest. */
export function beginProbe(now: Instant, random: Uint8Array): Probe {
  const rounds = [0, 1, 2].map((index) => {
    const bytes = random.subarray(index * BYTES_PER_ROUND, (index + 1) * BYTES_PER_ROUND);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    // 02: locally administered, nobody's card.
    return { at: now.time + index * ROUND_MS, xid: view.getUint32(0), chaddr: Uint8Array.of(2, ...bytes.subarray(4, 9)) };
  });
  return { rounds, sent: 0, endsAt: now.time + 2 * ROUND_MS + LAST_ANSWER_MS, others: [] };
}

/** The rounds that are due. */
export function continueProbe(probe: Probe, own: Ipv4, now: Instant): { probe: Probe; send: { packet: DhcpPacket; asRelay: boolean }[] } {
  const due = probe.rounds.filter((round, index) => index >= probe.sent && round.at <= now.time);
  const send = due.flatMap((round) => [
    { packet: probePacket(round, NO_ADDRESS), asRelay: false },
    { packet: probePacket(round, own), asRelay: true },
  ]);
  return { probe: { ...probe, sent: probe.sent + due.length }, send };
}

export function isOfProbe(probe: Probe, xid: number): boolean {
  return probe.rounds.some((round) => round.xid === xid);
}

/** An answer came: named, and the probe ends soon. */
export function withOther(probe: Probe, server: Ipv4, now: Instant): Probe {
  if (probe.others.includes(server)) return probe;
  return { ...probe, others: [...probe.others, server], endsAt: Math.min(probe.endsAt, now.time + MORE_NAMES_MS) };
}

export function probeWakesAt(probe: Probe): number {
  return Math.min(probe.endsAt, probe.rounds[probe.sent]?.at ?? probe.endsAt);
}

/** The OFFER that tells another bench that this one serves here. It promises nothing and takes no address. */
export function answerToProbe(message: ClientMessage, config: LeaseConfig): DhcpPacket {
  let ip = config.pool.from;
  while (!isInPool(config, ip) && ip !== config.pool.to) ip = ipv4FromNumber(ipv4ToNumber(ip) + 1);
  const lease = { ip, seconds: config.leaseSeconds };
  return buildReply(message, { type: 'OFFER', lease, serverId: config.subnet.address, subnet: config.subnet, options: {} });
}

function probePacket(round: Round, giaddr: Ipv4): DhcpPacket {
  return {
    op: 1,
    htype: 1,
    hops: giaddr === NO_ADDRESS ? 0 : 1,
    xid: round.xid,
    secs: 0,
    broadcast: true,
    ciaddr: NO_ADDRESS,
    yiaddr: NO_ADDRESS,
    siaddr: NO_ADDRESS,
    giaddr,
    chaddr: round.chaddr,
    sname: '',
    file: '',
    options: new Map([
      [OPTION.messageType, Uint8Array.of(1)],
      [OPTION.vendorClass, writeText(PROBE_CLASS)],
      [OPTION.userClass, writeText(PROBE_MARK)],
      [OPTION.parameterList, Uint8Array.of(OPTION.subnetMask, OPTION.router, OPTION.tftpName, OPTION.tftpServers)],
    ]),
  };
}
