import { createSocket, type Socket } from 'node:dgram';
import type { Peer } from '../../../common/values/observation.ts';
import { readKernelDrops } from './kernel-drops.ts';

export interface UdpListener {
  readonly port: number;
  /** Bytes of receive buffer that the system granted. */
  readonly receiveBuffer: number;
  /** Datagrams that the system threw away before we could read them; null where it does not tell. */
  drops(): Promise<number | null>;
  close(): Promise<void>;
}

/** Binds to the given address only. Rejects with the system's error. */
export async function listenUdp(
  config: { readonly address: string; readonly port: number; readonly receiveBuffer: number },
  heard: (bytes: Uint8Array, peer: Peer) => void,
  failed: (error: Error) => void,
): Promise<UdpListener> {
  const socket = createSocket({ type: config.address.includes(':') ? 'udp6' : 'udp4' });
  await bind(socket, config.address, config.port);
  const receiveBuffer = growBuffer(socket, config.receiveBuffer);
  socket.on('message', (message, from) => { heard(message, { address: from.address, port: from.port }); });
  socket.on('error', failed);
  const { address, port } = socket.address();
  return {
    port,
    receiveBuffer,
    drops: () => readKernelDrops(address, port),
    close: () => new Promise((resolve) => { socket.close(() => { resolve(); }); }),
  };
}

function bind(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const refused = (error: Error): void => {
      socket.close();
      reject(error);
    };
    socket.once('error', refused);
    // `exclusive`: under node:cluster the handle would be shared otherwise.
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', refused);
      resolve();
    });
  });
}

/**
 * A burst of 500 phones fits only into a large buffer. Linux caps the wish at net.core.rmem_max without an error and
 * reports the double of what it grants, so the true size is read back and halved.
 */
function growBuffer(socket: Socket, bytes: number): number {
  try {
    socket.setRecvBufferSize(bytes);
  } catch {
    // Some systems refuse instead of capping: the default stays, and is what gets reported.
  }
  const granted = socket.getRecvBufferSize();
  return process.platform === 'linux' ? Math.floor(granted / 2) : granted;
}
