import { createServer, type Server, type Socket } from 'node:net';
import type { Peer } from '../../../common/values/observation.ts';
import type { SyslogLimits } from './config.ts';
import { Framing } from './framing.ts';

export interface TcpListener {
  readonly port: number;
  connections(): number;
  close(): Promise<void>;
}

export interface TcpEvents {
  heard(bytes: Uint8Array, peer: Peer): void;
  /** A connection that was ended by us: its framing broke or there were too many. */
  refused(peer: Peer): void;
  failed(error: Error): void;
}

/** Binds to the given address only. Rejects with the system's error. */
export async function listenTcp(
  config: { readonly address: string; readonly port: number; readonly limits: SyslogLimits },
  events: TcpEvents,
): Promise<TcpListener> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 }, (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    serve(socket, config.limits, events);
  });
  server.maxConnections = config.limits.connections;
  server.on('drop', (dropped) => {
    events.refused({ address: dropped?.remoteAddress ?? '', port: dropped?.remotePort ?? 0 });
  });
  await listen(server, config.address, config.port);
  server.on('error', (error) => { events.failed(error); });
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : config.port,
    connections: () => open.size,
    close: () => closeAll(server, open),
  };
}

function serve(socket: Socket, limits: SyslogLimits, events: TcpEvents): void {
  const peer: Peer = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
  const framing = new Framing();
  let ended = false;
  let partialSince: NodeJS.Timeout | null = null;
  const finish = (): void => {
    if (ended) return;
    ended = true;
    if (partialSince !== null) clearTimeout(partialSince);
    for (const message of framing.end()) events.heard(message, peer);
  };
  const give = (): void => {
    finish();
    socket.destroy();
  };
  socket.on('data', (chunk: Buffer) => {
    if (ended) return;
    const { messages, broken } = framing.push(chunk);
    for (const message of messages) events.heard(message, peer);
    if (broken) {
      events.refused(peer);
      ended = true;
      socket.destroy();
      return;
    }
    // The clock of an unfinished line starts with its first byte: one byte a minute must not hold a place for ever.
    if (messages.length > 0 || !framing.partial) {
      if (partialSince !== null) clearTimeout(partialSince);
      partialSince = null;
    }
    if (framing.partial) partialSince ??= setTimeout(give, limits.partialMs);
  });
  socket.setTimeout(limits.idleMs, give);
  socket.on('end', () => { finish(); socket.end(); });
  socket.on('error', finish);
  socket.on('close', finish);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true, backlog: 511 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closeAll(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => { resolve(); });
    for (const socket of open) socket.destroy();
  });
}
