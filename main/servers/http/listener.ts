import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpConfig, HttpLimits } from './config.ts';
import { Connection } from './connection.ts';
import { rawResponse, type BadRequest, judgeBadRequest, shownStart } from './bad-request.ts';
import type { Detail } from './exchange.ts';
import type { Peer } from '../../../common/values/observation.ts';

/** Plain or TLS: how the server is made, and what a connection proves of its client. */
export interface Transport {
  /** The event that brings the socket on which requests arrive. */
  readonly connected: 'connection' | 'secureConnection';
  create(options: ServerOptions, failed: (handshake: FailedHandshake) => void): Server;
  /** Distinguished name of the verified client certificate. */
  certificate(socket: Socket): string | null;
  /** What else the connection showed: version and cipher, a certificate that could not be verified. */
  detail(socket: Socket): Detail;
}

/** A connection that never came to a request. `answer` is the alert, `400` to plain HTTP, or `closed`. */
export interface FailedHandshake {
  readonly peer: Peer;
  readonly code: string;
  readonly answer: string;
  readonly params: Detail;
}

export const PLAIN: Transport = { connected: 'connection', create: (options) => createServer(options), certificate: () => null, detail: () => ({}) };

export interface ListenerEvents {
  /** `expects`: the client waits for 100 Continue before it sends the body. */
  request(request: IncomingMessage, response: ServerResponse, connection: Connection, expects: boolean): void;
  bad(connection: Connection, verdict: BadRequest, reason: string, start: string): void;
  turnedAway(address: string): void;
  handshake(failed: FailedHandshake): void;
  failed(error: Error): void;
}

export interface Listener {
  readonly port: number;
  connections(): number;
  close(): Promise<void>;
}

/** Binds to the given address only. Rejects with the system's error. */
export async function listen(config: HttpConfig, limits: HttpLimits, transport: Transport, events: ListenerEvents): Promise<Listener> {
  const open = new Map<Socket, Connection>();
  const bare = new Set<Socket>();
  const perAddress = new Map<string, number>();
  const server = transport.create({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headerMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: Math.min(1_000, limits.headerMs),
    keepAliveTimeout: limits.keepAliveMs,
    // A missing Host is refused by us, so that it is seen (RFC 9112 §3.2).
    requireHostHeader: false,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
  }, (handshake) => { events.handshake(handshake); });
  server.maxConnections = limits.connections;
  server.maxHeadersCount = 100;
  // A client that shuts its sending side after the request still gets its answer.
  Object.assign(server, { httpAllowHalfOpen: true });

  // Counted from the bare connection on: half a handshake holds a place too.
  server.on('connection', (socket: Socket) => {
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    const held = (perAddress.get(address) ?? 0) + 1;
    perAddress.set(address, held);
    socket.once('close', () => {
      const left = (perAddress.get(address) ?? 1) - 1;
      if (left === 0) perAddress.delete(address);
      else perAddress.set(address, left);
      bare.delete(socket);
    });
    bare.add(socket);
    if (held <= limits.connectionsPerAddress) return;
    events.turnedAway(address);
    socket.destroy();
  });
  server.on(transport.connected, (socket: Socket) => {
    open.set(socket, new Connection(socket));
    socket.once('close', () => { open.delete(socket); });
  });
  const serve = (expects: boolean) => (request: IncomingMessage, response: ServerResponse): void => {
    const connection = open.get(request.socket) ?? new Connection(request.socket);
    events.request(request, response, connection, expects);
  };
  server.on('request', serve(false));
  server.on('checkContinue', serve(true));
  server.on('checkExpectation', serve(false));
  server.on('connect', (_request, socket: Socket) => { answerRaw(socket, 501); });
  server.on('drop', (dropped) => { events.turnedAway(dropped?.remoteAddress ?? ''); });
  server.on('clientError', (error: Error & { code?: string; rawPacket?: Uint8Array }, socket: Socket) => {
    const connection = open.get(socket);
    const bytes = error.rawPacket ?? null;
    const verdict = judgeBadRequest({ code: error.code ?? '', bytes });
    // Nothing came and nothing was asked: an idle connection that a client opened in advance.
    const idle = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && socket.bytesRead === 0;
    if (connection && !idle) events.bad(connection, verdict, error.code ?? error.name, shownStart(bytes));
    if (verdict.status === null || idle || connection?.current) socket.destroy();
    else answerRaw(socket, verdict.status);
  });

  await bind(server, config);
  server.on('error', (error) => { events.failed(error); });
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : config.port,
    connections: () => bare.size,
    close: () => new Promise((resolve) => {
      server.close(() => { resolve(); });
      for (const socket of [...open.keys(), ...bare]) socket.destroy();
    }),
  };
}

function bind(server: Server, config: HttpConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: config.address, port: config.port, exclusive: true, backlog: 1_024 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Says it once and leaves; a client that does not read is cut off after a second. */
function answerRaw(socket: Socket, status: number): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const timer = setTimeout(() => { socket.destroy(); }, 1_000);
  socket.once('close', () => { clearTimeout(timer); });
  socket.on('error', () => { socket.destroy(); });
  socket.end(rawResponse(status), () => { socket.resume(); });
}
