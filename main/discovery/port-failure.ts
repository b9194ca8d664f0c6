import { failed, type Failure } from '../../common/values/failure.ts';
import { holderText, portHolder, type PortHolder } from './port-holder.ts';

export interface RefusedPort {
  readonly protocol: 'udp' | 'tcp';
  readonly port: number;
  readonly address: string;
  /** Node's error code of the refused bind: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL` … */
  readonly errno: string;
}

type Platform = NodeJS.Platform;

/** The failure of a refused port with its holder or the command that frees it. */
export async function portFailure(
  refused: RefusedPort,
  holderOf: (protocol: 'udp' | 'tcp', port: number) => Promise<PortHolder | null> = portHolder,
  platform: Platform = process.platform,
): Promise<Failure> {
  const { port, address, errno } = refused;
  switch (errno) {
    case 'EADDRINUSE': {
      const holder = await holderOf(refused.protocol, port);
      if (holder === null) return failed('server.port-taken-unknown', { port }, errno).failure;
      return failed('server.port-taken', { port, holder: holderText(holder) }, errno).failure;
    }
    case 'EACCES':
    case 'EPERM':
      return failed('server.port-forbidden', { port, command: portCommand(refused, platform) }, errno).failure;
    case 'EADDRNOTAVAIL':
      return failed('server.address-missing', { address }, errno).failure;
    default:
      return failed('server.bind-failed', { port, cause: errno }, errno).failure;
  }
}

/** The command that lets a program without root bind the port, on each system. */
export function portCommand(refused: Pick<RefusedPort, 'protocol' | 'port'>, platform: Platform = process.platform): string {
  switch (platform) {
    case 'linux':
      // Until the next boot; a file in /etc/sysctl.d keeps it.
      return `sudo sysctl -w net.ipv4.ip_unprivileged_port_start=${refused.port}`;
    case 'win32':
      return `netsh interface ipv4 show excludedportrange protocol=${refused.protocol}`;
    default:
      // macOS: a wildcard bind needs no rights, one to a given address below 1024 does.
      return 'sudo npm start';
  }
}

/** The command that lets a program ask for a large receive buffer; Linux caps it silently (4 MB measured as enough). */
export function receiveBufferCommand(bytes: number, platform: Platform = process.platform): string {
  return platform === 'linux' ? `sudo sysctl -w net.core.rmem_max=${bytes}` : `sudo sysctl -w kern.ipc.maxsockbuf=${bytes}`;
}
