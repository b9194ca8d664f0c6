import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { WorkerOrder } from './messages.ts';

/**
 * The worker's standing sockets. A transfer is known by (socket, peer), so a few sockets serve any number of transfers:
 * no socket, bind and close for each of them, and more datagrams for each wake-up of the loop.
 */
export interface Sockets {
  /** Hears the requests. In single-port mode it is also the only transfer socket. */
  readonly request: Socket;
  /** The next transfer's socket, in turn. */
  next(): Socket;
  readonly port: number;
  /** What the system really gave, as it caps the wish silently; Linux counts its own overhead in. */
  readonly receiveBuffer: number;
  /** Every packet that was sent is with the system: none waits in the program, none of their memory is in use. */
  quiet(): boolean;
  close(): void;
}

export type OnDatagram = (socket: Socket, bytes: Buffer, from: RemoteInfo) => void;

/** Takes a burst of requests from a whole floor of phones: peers lose them here, and each loss is a second of waiting. */
const WANTED_BUFFER = 4 * 1024 * 1024;
/** One: the fewer sockets, the more datagrams for each wake-up of the loop, and none is asked in vain (ADR 5). */
const POOL = 1;

/** Rejects with the system's error when the request port is refused. */
export async function openSockets(order: WorkerOrder, onDatagram: OnDatagram, onError: (error: Error) => void): Promise<Sockets> {
  const opened: Socket[] = [];
  const close = (): void => { for (const socket of opened) socket.close(); };
  async function open(port: number, shared: boolean): Promise<Socket> {
    const socket = createTransferSocket(order.address, shared);
    await bind(socket, port, order.address);
    opened.push(socket);
    growReceiveBuffer(socket);
    socket.on('message', (bytes, from) => { onDatagram(socket, bytes, from); });
    socket.on('error', onError);
    return socket;
  }
  try {
    const request = await open(order.port, order.shared);
    const pool: Socket[] = [];
    if (order.singlePort) pool.push(request);
    else for (let n = 0; n < POOL; n += 1) pool.push(await open(0, false));
    let turn = 0;
    return {
      request,
      next: () => pool[(turn++) % pool.length] ?? request,
      port: request.address().port,
      receiveBuffer: request.getRecvBufferSize(),
      quiet: () => opened.every((socket) => socket.getSendQueueCount() === 0),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** Addresses come from received datagrams, so there is nothing to look up; answering at once saves a tenth of a send. */
function createTransferSocket(address: string, shared: boolean): Socket {
  const family = address.includes(':') ? 6 : 4;
  return createSocket({
    type: family === 6 ? 'udp6' : 'udp4',
    reusePort: shared,
    lookup: (host, _options, callback) => { callback(null, host, family); },
  });
}

function bind(socket: Socket, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error): void => { socket.close(); reject(error); };
    socket.once('error', refuse);
    socket.bind({ port, address, exclusive: true }, () => { socket.off('error', refuse); resolve(); });
  });
}

/** Some systems refuse a large wish instead of capping it: ask for half until it is granted. */
function growReceiveBuffer(socket: Socket): void {
  for (let size = WANTED_BUFFER; size >= 128 * 1024; size /= 2) {
    try {
      socket.setRecvBufferSize(size);
      return;
    } catch { /* ask for half */ }
  }
}
