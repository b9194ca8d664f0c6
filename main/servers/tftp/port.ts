import { createSocket } from 'node:dgram';
import { failed, type Failure } from '../../../common/values/failure.ts';

/** Systems whose kernel spreads datagrams over several sockets of one port; elsewhere one worker owns it. */
export function canSharePort(platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'linux';
}

/**
 * Finds out whether the port is ours to take, and which one 0 becomes. Sockets that share a port would also share it
 * with another program of the same user, and half of the phones would go there; so it is first taken alone.
 */
export function probePort(address: string, port: number): Promise<{ readonly port: number } | { readonly failure: Failure }> {
  return new Promise((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', (error: NodeJS.ErrnoException) => {
      socket.close();
      resolve({ failure: bindFailure(error.code ?? '', error.message, address, port) });
    });
    socket.bind({ port, address, exclusive: true }, () => {
      const taken = socket.address().port;
      socket.close(() => { resolve({ port: taken }); });
    });
  });
}

/** The system's refusal as a sentence with its cure. */
export function bindFailure(code: string, message: string, address: string, port: number): Failure {
  switch (code) {
    case 'EADDRINUSE': return failed('server.port-taken-unknown', { port }, message).failure;
    case 'EACCES': case 'EPERM': {
      const command = `sudo sysctl -w net.ipv4.ip_unprivileged_port_start=${String(port)}`;
      return failed('server.port-forbidden', { port, command }, message).failure;
    }
    case 'EADDRNOTAVAIL': case 'ENOTFOUND': return failed('server.address-missing', { address }, message).failure;
    default: return failed('server.bind-failed', { port, cause: message }, code).failure;
  }
}
