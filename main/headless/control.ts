import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { AnyRouter } from '@orpc/server';
import { chmod, unlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { asError } from '../app/failure-error.ts';
import { failed } from '../../common/values/failure.ts';
import type { BenchClient } from '../../common/contract/contract.ts';
import { attendSocket } from './attend-socket.ts';

/**
 * The command line's door to a running bench: a Unix socket that only its owner may open (0600), or a named pipe on
 * Windows. The file system is the guard, so no token is needed. `sun_path` holds 108 bytes on Linux, 104 on macOS.
 */
export async function startControl(path: string, router: AnyRouter): Promise<{ close(): Promise<void> }> {
  const http = createServer((_, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ server: http, path: '/rpc', maxPayload: 16 * 1024 * 1024, perMessageDeflate: false });
  sockets.on('connection', (ws) => {
    ws.on('error', () => ws.terminate());
    attendSocket(ws, router);
  });
  const isFile = process.platform !== 'win32';
  if (isFile) await removeDead(path);
  const mask = isFile ? process.umask(0o177) : 0;
  try {
    await new Promise<void>((done, fail) => {
      http.once('error', fail);
      http.listen(path, done);
    });
  } finally {
    if (isFile) process.umask(mask);
  }
  if (isFile) await chmod(path, 0o600);
  return {
    close: async () => {
      for (const ws of sockets.clients) ws.terminate();
      sockets.close();
      http.closeAllConnections();
      await new Promise<void>((done) => http.close(() => done()));
    },
  };
}

/** Opens the contract of a running bench; rejects after `timeoutMs` or when nothing listens. A bench that ends is `workspace.bench-ended`. */
export async function connectControl(path: string, timeoutMs = 5000): Promise<{ client: BenchClient; close(): void }> {
  const ws = new WebSocket(`ws+unix:${path}:/rpc`, {
    perMessageDeflate: false,
    handshakeTimeout: timeoutMs,
    maxPayload: 256 * 1024 * 1024,
  });
  await new Promise<void>((done, fail) => {
    ws.once('open', done);
    ws.once('error', fail);
  });
  ws.on('error', () => ws.terminate());
  // The same interface; only the types of the listener options differ between the two packages.
  const websocket = ws as unknown as globalThis.WebSocket;
  const client = createORPCClient<BenchClient>(
    new RPCLink({
      websocket,
      interceptors: [
        async ({ next }) => {
          try {
            return await next();
          } catch (error) {
            throw ws.readyState === WebSocket.OPEN ? error : asError(failed('workspace.bench-ended').failure);
          }
        },
      ],
    }),
  );
  return { client, close: () => ws.terminate() };
}

/** A socket file that nobody answers is what a killed bench left behind. */
async function removeDead(path: string): Promise<void> {
  const alive = await new Promise<boolean>((done) => {
    const probe = connectSocket(path, () => {
      probe.destroy();
      done(true);
    });
    probe.once('error', () => done(false));
  });
  if (!alive) await unlink(path).catch(() => undefined);
}
