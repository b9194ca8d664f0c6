import { createSocket, type Socket } from 'node:dgram';
import { createServer } from 'node:net';

/** No system gives out these by itself (Linux begins at 32,768, others at 49,152), so that nobody takes one between two uses. */
const [FIRST, LAST] = [10_000, 29_999];

/**
 * A port of `address` that is free for UDP and TCP now, for tests that must know it ahead or bind it a second time. What the
 * system picks for port 0 will not do: files run side by side, and another one may be given the same port in between.
 */
export async function quietPort(address = '127.0.0.1'): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if ((await freeForUdp(port, address)) && (await freeForTcp(port, address))) return port;
  }
}

/**
 * Binds a phone's socket outside of what the system gives out: a server goes on answering a phone that went away, and what it
 * sends would reach the next program that is given the same port, on whatever address it listens.
 */
export async function bindQuietly(socket: Socket, address = '127.0.0.1'): Promise<void> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    const isBound = await new Promise<boolean>((resolve) => {
      const refused = (): void => { resolve(false); };
      socket.once('error', refused);
      socket.bind({ port, address, exclusive: true }, () => { socket.off('error', refused); resolve(true); });
    });
    if (isBound) return;
  }
}

function freeForUdp(port: number, address: string): Promise<boolean> {
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    socket.once('error', () => { resolve(false); });
    socket.bind({ port, address, exclusive: true }, () => { socket.close(() => { resolve(true); }); });
  });
}

function freeForTcp(port: number, address: string): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => { resolve(false); });
    server.listen({ port, host: address, exclusive: true }, () => { server.close(() => { resolve(true); }); });
  });
}
