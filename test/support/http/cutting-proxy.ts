import { connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
  readonly port: number;
  /** Connections that came so far. */
  readonly connections: () => number;
  stop(): Promise<void>;
}

/** Passes bytes on to a port of this machine, and cuts each connection after so many bytes of the answer. */
export async function startCuttingProxy(port: number, cutAfter: number): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer((client) => {
    connections += 1;
    const target = connect(port, '127.0.0.1');
    let left = cutAfter;
    for (const socket of [client, target]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => { open.delete(socket); });
    }
    client.on('data', (piece) => { target.write(piece); });
    client.once('close', () => { target.destroy(); });
    target.once('close', () => { client.end(); });
    target.on('data', (piece: Buffer) => {
      const part = piece.subarray(0, left);
      left -= part.length;
      if (!client.write(part)) {
        target.pause();
        client.once('drain', () => { target.resume(); });
      }
      if (left > 0) return;
      target.destroy();
      client.end();
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : 0,
    connections: () => connections,
    stop: () => new Promise((resolve) => {
      server.close(() => { resolve(); });
      for (const socket of open) socket.destroy();
    }),
  };
}
