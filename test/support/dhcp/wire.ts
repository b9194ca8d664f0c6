import type { Failure } from '../../../common/values/failure.ts';
import type { Observation, Peer } from '../../../common/values/observation.ts';
import type { Destination } from '../../../main/servers/dhcp/destination.ts';
import { decodePacket, encodePacket, type DhcpPacket } from '../../../main/servers/dhcp/codec.ts';
import type { CardAddress, LinkEvents, World } from '../../../main/servers/dhcp/link.ts';
import type { DhcpClient, DhcpDecision, DhcpNeeds, Lease } from '../../../main/servers/dhcp/needs.ts';
import { MESSAGE_TYPES, OPTION } from '../../../main/servers/dhcp/options/numbers.ts';
import type { DhcpConfig, DhcpServer } from '../../../main/servers/dhcp/server.ts';
import { createService } from '../../../main/servers/dhcp/service.ts';
import { ip } from './scene.ts';

export interface Sent {
  readonly packet: DhcpPacket;
  readonly to: Destination;
  readonly type: string;
}

/** A server on a wire of memory: what it sends lands in arrays, what it hears is put in by hand. */
export interface WireBench {
  readonly server: DhcpServer;
  readonly sent: Sent[];
  readonly probes: { readonly packet: DhcpPacket; readonly asRelay: boolean }[];
  readonly observed: Observation[];
  readonly kept: Lease[];
  readonly opened: number;
  readonly closed: number;
  /** Milliseconds that the wall clock is ahead of the timers' clock. */
  jump(ms: number): void;
  hear(packet: DhcpPacket | Uint8Array, peer?: Peer, unicast?: boolean): void;
  sendFails(code: string): void;
  breaks(failure: Failure): void;
  set(change: Partial<Settings>): void;
}

interface Settings {
  readonly cards: readonly CardAddress[];
  readonly decide: (client: DhcpClient) => DhcpDecision;
  readonly commit: (lease: Lease) => Promise<void>;
  readonly leases: () => Promise<readonly Lease[]>;
  readonly hearsReplies: boolean;
  readonly refused: Failure | null;
}

export function wireBench(change: Partial<DhcpConfig> = {}, given: Partial<Settings> = {}): WireBench {
  const config: DhcpConfig = {
    card: { name: 'bench0', subnet: { address: ip('10.20.0.1'), prefix: 24 } },
    port: 67,
    clientPort: 68,
    pool: { from: ip('10.20.0.100'), to: ip('10.20.0.103') },
    leaseSeconds: 600,
    transport: 'nic',
    stopAfterMs: null,
    ...change,
  };
  const sent: Sent[] = [];
  const probes: { packet: DhcpPacket; asRelay: boolean }[] = [];
  const observed: Observation[] = [];
  const kept: Lease[] = [];
  let settings: Settings = {
    cards: [{ name: 'bench0', address: '10.20.0.1' }],
    decide: () => ({ answer: true, options: {} }),
    commit: () => Promise.resolve(),
    leases: () => Promise.resolve([]),
    hearsReplies: true,
    refused: null,
    ...given,
  };
  let events: LinkEvents | null = null;
  let ahead = 0;
  let opened = 0;
  let closed = 0;
  let drawn = 0;
  const world: World = {
    open: (theirs) => {
      if (settings.refused) return Promise.resolve({ ok: false, failure: settings.refused });
      events = theirs;
      opened += 1;
      return Promise.resolve({
        ok: true,
        value: {
          address: config.card.subnet.address,
          port: config.port,
          hearsReplies: settings.hearsReplies,
          receiveBuffer: 1,
          send: (bytes, to) => {
            sent.push({ packet: read(bytes), to, type: typeOf(read(bytes)) });
          },
          sendProbe: (bytes, asRelay) => {
            probes.push({ packet: read(bytes), asRelay });
          },
          close: () => {
            closed += 1;
            return Promise.resolve();
          },
        },
      });
    },
    cards: () => settings.cards,
    random: (bytes) => Uint8Array.from({ length: bytes }, () => (drawn += 7) & 0xff),
  };
  const needs: DhcpNeeds = {
    decide: (client) => settings.decide(client),
    leases: () => settings.leases(),
    commit: async (lease) => {
      await settings.commit(lease);
      kept.push(lease);
    },
    observe: (observation) => {
      observed.push(observation);
    },
    changed: () => undefined,
  };
  return {
    server: createService(config, needs, () => Date.now() + ahead, world),
    sent,
    probes,
    observed,
    kept,
    get opened() {
      return opened;
    },
    get closed() {
      return closed;
    },
    jump(ms) {
      ahead += ms;
    },
    hear(packet, peer = { address: '0.0.0.0', port: 68 }, unicast = false) {
      events?.heard(packet instanceof Uint8Array ? packet : encodePacket(packet).bytes, peer, unicast);
    },
    sendFails: (code) => events?.notSent(code),
    breaks: (failure) => events?.broke(failure),
    set(next) {
      settings = { ...settings, ...next };
    },
  };
}

/** A server's answer, as another machine on the wire would send it. */
export function fromServer(address: string, xid: number, type: 'OFFER' | 'ACK' = 'OFFER'): DhcpPacket {
  return clientPacket({ op: 2, xid, yiaddr: ip('10.20.0.77') }, [
    [OPTION.messageType, Uint8Array.of(MESSAGE_TYPES.indexOf(type) + 1)],
    [OPTION.serverId, Uint8Array.from(address.split('.'), Number)],
  ]);
}

export function discoverOf(last: number, options: [number, Uint8Array][] = []): DhcpPacket {
  return clientPacket({ xid: 1000 + last, chaddr: Uint8Array.of(0, 0x56, 0x2b, 0, 0, last) }, [[OPTION.messageType, Uint8Array.of(1)], ...options]);
}

export function requestOf(last: number, address: string, server: string | null): DhcpPacket {
  const bytes = (text: string): Uint8Array => Uint8Array.from(text.split('.'), Number);
  const named: [number, Uint8Array][] = server === null ? [] : [[OPTION.serverId, bytes(server)]];
  return clientPacket({ xid: 1000 + last, chaddr: Uint8Array.of(0, 0x56, 0x2b, 0, 0, last) }, [
    [OPTION.messageType, Uint8Array.of(3)],
    [OPTION.requestedAddress, bytes(address)],
    ...named,
  ]);
}

function clientPacket(change: Partial<DhcpPacket>, options: [number, Uint8Array][]): DhcpPacket {
  const none = ip('0.0.0.0');
  return {
    op: 1,
    htype: 1,
    hops: 0,
    xid: 1,
    secs: 0,
    broadcast: true,
    ciaddr: none,
    yiaddr: none,
    siaddr: none,
    giaddr: none,
    chaddr: Uint8Array.of(0, 0x56, 0x2b, 0, 0, 1),
    sname: '',
    file: '',
    options: new Map(options),
    ...change,
  };
}

function read(bytes: Uint8Array): DhcpPacket {
  const packet = decodePacket(bytes);
  if (!packet.ok) throw new Error(packet.failure.cause);
  return packet.value;
}

function typeOf(packet: DhcpPacket): string {
  return MESSAGE_TYPES[(packet.options.get(OPTION.messageType)?.[0] ?? 0) - 1] ?? '';
}
