import { createServer, type Server, type Socket } from 'node:net';
import type { Peer } from '../../../common/values/observation.ts';
import type { DnsLimits } from './config.ts';

/**
 * DNS over TCP (RFC 1035 §4.2.2, 7766): each message stands behind its length.
 *
 *   | length (2) | message | length (2) | message | …
 */
export interface TcpListener {
  readonly port: number;
  close(): Promise<void>;
}

export interface TcpEvents {
  /** One question; what it gives back is sent, null ends the connection. */
  asked(bytes: Uint8Array, peer: Peer): Uint8Array | null;
  /** A connection that was ended by us: too many, too long, or too much at once. */
  refused(): void;
  failed(error: Error): void;
}

/** Binds to the given address only. Rejects with the system's error. */
export function listenTcp(at: { readonly address: string; readonly port: number }, limits: DnsLimits, events: TcpEvents): Promise<TcpListener> {
  const open = new Map<Socket, string>();
  const server = createServer({ noDelay: true }, (socket) => {
    const address = socket.remoteAddress ?? '';
    socket.on('error', () => undefined);
    if (Array.from(open.values()).filter((each) => each === address).length >= limits.connectionsPerAddress) {
      events.refused();
      socket.destroy();
      return;
    }
    open.set(socket, address);
    socket.once('close', () => open.delete(socket));
    serve(socket, { address, port: socket.remotePort ?? 0 }, limits, events);
  });
  server.maxConnections = limits.connections;
  server.on('drop', events.refused);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: at.address, port: at.port, exclusive: true }, () => {
      server.off('error', reject);
      server.on('error', events.failed);
      const bound = server.address();
      resolve({ port: typeof bound === 'object' && bound !== null ? bound.port : at.port, close: () => closeAll(server, open.keys()) });
    });
  });
}

function serve(socket: Socket, peer: Peer, limits: DnsLimits, events: TcpEvents): void {
  let held: Uint8Array = new Uint8Array(0);
  let questions = 0;
  // Counted from the last whole question: one byte now and then holds no place for ever.
  const end = (): void => {
    socket.destroy();
  };
  let idle = setTimeout(end, limits.idleMs);
  socket.once('close', () => clearTimeout(idle));
  const refuse = (): void => {
    events.refused();
    socket.destroy();
  };
  socket.on('data', (chunk: Buffer) => {
    if (socket.destroyed) return;
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (;;) {
      const length = ((held[0] ?? 0) << 8) | (held[1] ?? 0);
      if (held.length < 2) break;
      if (length === 0 || length > limits.longestQuestion) return refuse();
      if (held.length < 2 + length) break;
      const message = held.subarray(2, 2 + length);
      held = held.subarray(2 + length);
      questions += 1;
      const answer = questions > limits.questionsPerConnection ? null : events.asked(message, peer);
      if (answer === null) return refuse();
      clearTimeout(idle);
      idle = setTimeout(end, limits.idleMs);
      const framed = new Uint8Array(2 + answer.length);
      framed.set([answer.length >> 8, answer.length & 255]);
      framed.set(answer, 2);
      socket.write(framed);
      // It asks and does not read: nothing is kept for it.
      if (socket.writableLength > limits.longestQuestion * 16) return refuse();
    }
  });
  socket.on('end', () => socket.end());
}

function closeAll(server: Server, open: Iterable<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of Array.from(open)) socket.destroy();
  });
}
