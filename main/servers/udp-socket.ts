import { createSocket } from 'node:dgram';
import type { Peer } from '../../common/values/observation.ts';

/** A bound UDP socket. */
export interface UdpSocket {
  readonly port: number;
  /** The system's refusal is told to `unsent`. */
  send(bytes: Uint8Array, to: Peer): void;
  close(): Promise<void>;
}

export interface UdpEvents {
  heard(bytes: Uint8Array, peer: Peer): void;
  /** An answer that the system took. */
  sent(): void;
  /** An answer that the system refused to send. */
  unsent(error: Error): void;
  /** The socket itself failed. */
  failed(error: Error): void;
}

/** Binds to the given address and to no other. Rejects with the system's error. */
export function openUdp(at: { readonly address: string; readonly port: number }, events: UdpEvents): Promise<UdpSocket> {
  const socket = createSocket({ type: 'udp4' });
  let open = true;
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      open = false;
      socket.close();
      reject(error);
    });
    // `exclusive`: under node:cluster the handle would be shared otherwise.
    socket.bind({ address: at.address, port: at.port, exclusive: true }, () => {
      socket.removeAllListeners('error');
      socket.on('error', events.failed);
      socket.on('message', (bytes, from) => events.heard(bytes, { address: from.address, port: from.port }));
      resolve({
        port: socket.address().port,
        send: (bytes, to) => {
          // Port 0 is no place to answer to; a datagram that claims it is forged.
          if (!open || to.port === 0) return;
          socket.send(bytes, to.port, to.address, (error) => {
            if (error) events.unsent(error);
            else events.sent();
          });
        },
        close: () =>
          new Promise((closed) => {
            if (!open) return closed();
            open = false;
            socket.close(() => closed());
          }),
      });
    });
  });
}
