import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import type { DhcpSafety } from '../../../common/contract/views/servers.ts';
import { done, type Failure, type Result } from '../../../common/values/failure.ts';
import { isLoopback, type Ipv4, type Subnet } from '../../../common/values/ip.ts';
import type { RunningServer, ServerStatus } from '../../../common/values/server.ts';
import { bindFailure } from '../bind-failure.ts';
import type { CardAddress, Link, LinkEvents } from './link.ts';
import type { DhcpNeeds } from './needs.ts';
import { createService } from './service.ts';

export interface DhcpConfig {
  /** The picked card; its address is the server identifier that clients are told. */
  readonly card: { readonly name: string; readonly subnet: Subnet };
  /** 67. Loopback: any, 0 for a free one. */
  readonly port: number;
  /** 68: where clients listen. */
  readonly clientPort: number;
  /** First and last address to give away, inside the card's subnet. */
  readonly pool: { readonly from: Ipv4; readonly to: Ipv4 };
  /** 600. */
  readonly leaseSeconds: number;
  /** `loopback`: unicast over 127.0.0.0/8 for the demo, replies go where the packet came from, no probe. */
  readonly transport: 'nic' | 'loopback';
  /** From the start of answering; null: never. */
  readonly stopAfterMs: number | null;
  /** An inherited UDP socket that is bound to port 67 and to the card (systemd `BindToDevice=`). */
  readonly inheritedFd?: number;
}

/** The live half of the safety panel; policy and told options are the application's. */
export type LiveSafety = Omit<DhcpSafety, 'policy' | 'told'>;

export interface DhcpServer extends RunningServer {
  safety(): LiveSafety;
  /** Probes again for other servers, silent meanwhile; starts answering when none answers. */
  check(): Promise<ServerStatus>;
  /** Moves the automatic stop: milliseconds since 1970, null for never. */
  stopAt(at: number | null): void;
}

const BUFFER_BYTES = 4 * 1024 * 1024;
const EVERYWHERE = '255.255.255.255';

/** `now` gives milliseconds since 1970 and may jump. */
export function createDhcpServer(config: DhcpConfig, needs: DhcpNeeds, now: () => number): DhcpServer {
  return createService(config, needs, now, {
    open: (events) => (config.transport === 'nic' ? openCard(config, events) : openLoopback(config, events)),
    cards: listCards,
    random: (bytes) => randomBytes(bytes),
  });
}

/**
 * Two sockets on the server port. One bound to the wildcard address, because only that hears broadcasts; one bound to the
 * card's address, because a broadcast sent from there leaves by that card whatever the routes say. The second one also
 * takes the unicasts to us away from the first. Two more on the client port play a client and overhear other servers.
 */
async function openCard(config: DhcpConfig, events: LinkEvents): Promise<Result<Link>> {
  const { address } = config.card.subnet;
  const opened: Socket[] = [];
  const bound = async (at: { address?: string; port: number; fd?: number }): Promise<Result<Socket>> => {
    const socket = createSocket({ type: 'udp4', reuseAddr: true, lookup });
    const failure = await bind(socket, at);
    if (failure) return { ok: false, failure };
    opened.push(socket);
    return done(socket);
  };
  const giveUp = async (failure: Failure): Promise<Result<never>> => {
    await Promise.all(opened.map(closed));
    return { ok: false, failure };
  };
  const wide = await bound(config.inheritedFd === undefined ? { address: '0.0.0.0', port: config.port } : { fd: config.inheritedFd, port: config.port });
  if (!wide.ok) return giveUp(wide.failure);
  // A socket that is bound to the card sends by that card, and no second one may stand beside it.
  const own = config.inheritedFd === undefined ? await bound({ address, port: config.port }) : wide;
  if (!own.ok) return giveUp(own.failure);
  const replies = await bound({ address: '0.0.0.0', port: config.clientPort });
  const asClient = replies.ok ? await bound({ address, port: config.clientPort }) : replies;
  for (const socket of opened) {
    socket.setBroadcast(true);
    socket.on('error', (cause) => events.broke(bindFailure(cause, { address, port: config.port, transport: 'udp' })));
  }
  for (const socket of opened) {
    const unicast = socket !== wide.value && socket === own.value;
    socket.on('message', (bytes, peer) => events.heard(bytes, { address: peer.address, port: peer.port }, unicast));
  }
  const send = (bytes: Uint8Array, port: number, to: string, from = own.value): void =>
    from.send(bytes, port, to, (cause) => {
      if (cause) events.notSent(codeOf(cause));
    });
  return done({
    address,
    port: own.value.address().port,
    hearsReplies: replies.ok,
    receiveBuffer: enlarged(wide.value, opened),
    send: (bytes, to) => {
      if (to.kind === 'broadcast') send(bytes, config.clientPort, EVERYWHERE);
      else send(bytes, to.kind === 'relay' ? config.port : config.clientPort, to.address);
    },
    sendProbe: (bytes, asRelay) => send(bytes, config.port, EVERYWHERE, !asRelay && asClient.ok ? asClient.value : own.value),
    close: async () => {
      await Promise.all(opened.map(closed));
    },
  });
}

/** The demo's wire: every answer goes to the sender's own address and port. */
async function openLoopback(config: DhcpConfig, events: LinkEvents): Promise<Result<Link>> {
  const address = isLoopback(config.card.subnet.address) ? config.card.subnet.address : '127.0.0.1';
  const socket = createSocket({ type: 'udp4', lookup });
  const failure = await bind(socket, { address, port: config.port });
  if (failure) return { ok: false, failure };
  socket.on('error', (cause) => events.broke(bindFailure(cause, { address, port: config.port, transport: 'udp' })));
  socket.on('message', (bytes, peer) => events.heard(bytes, { address: peer.address, port: peer.port }, false));
  return done({
    address,
    port: socket.address().port,
    hearsReplies: false,
    receiveBuffer: enlarged(socket, [socket]),
    send: (bytes, _to, peer) =>
      socket.send(bytes, peer.port, peer.address, (cause) => {
        if (cause) events.notSent(codeOf(cause));
      }),
    sendProbe: () => undefined,
    close: () => closed(socket),
  });
}

/** @returns why it could not be bound; the socket is then closed. */
function bind(socket: Socket, at: { address?: string; port: number; fd?: number }): Promise<Failure | null> {
  return new Promise((resolve) => {
    const refused = (cause: Error): void => {
      socket.close();
      resolve(bindFailure(cause, { address: at.address ?? '', port: at.port, transport: 'udp' }));
    };
    socket.once('error', refused);
    socket.bind(at.fd === undefined ? { address: at.address ?? '0.0.0.0', port: at.port } : { fd: at.fd }, () => {
      socket.off('error', refused);
      resolve(null);
    });
  });
}

/** A burst of 500 phones fits into 4 MB, not into the usual 208 kB. @returns what the system granted. */
function enlarged(first: Socket, sockets: readonly Socket[]): number {
  for (const socket of sockets) {
    try {
      socket.setRecvBufferSize(BUFFER_BYTES);
    } catch {
      // Some systems refuse what they cannot grant in full; the figure tells.
    }
  }
  return first.getRecvBufferSize();
}

/** Addresses are numbers here; asking a resolver would cost a turn of the loop for each packet. */
function lookup(host: string, _options: unknown, answer: (error: null, address: string, family: number) => void): void {
  answer(null, host, 4);
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.close(() => resolve());
  });
}

function listCards(): CardAddress[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => ({ name, address })),
  );
}

function codeOf(cause: Error): string {
  return 'code' in cause ? String(cause.code) : cause.name;
}
