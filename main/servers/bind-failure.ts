import { failed, type Failure } from '../../common/values/failure.ts';

/** The lowest port that the bench needs where systems keep ports for root. */
const LOWEST = 53;

/** What a refused `bind` or `listen` means to a person, and what to do about it. */
export function bindFailure(
  error: unknown,
  asked: { readonly address: string; readonly port: number; readonly transport: 'udp' | 'tcp' },
  platform: NodeJS.Platform = process.platform,
): Failure {
  const code = errorCode(error);
  const { port, address, transport } = asked;
  if (code === 'EADDRINUSE') return failed('server.port-taken-unknown', { port, transport, address }, code).failure;
  if (code === 'EADDRNOTAVAIL') return failed('server.address-missing', { address, port, transport }, code).failure;
  if (code === 'EACCES' || code === 'EPERM') {
    return failed('server.port-forbidden', { port, transport, command: permission(platform, port, transport) }, code).failure;
  }
  return failed('server.bind-failed', { port, transport, cause: code }, error instanceof Error ? error.message : code).failure;
}

function permission(platform: NodeJS.Platform, port: number, transport: 'udp' | 'tcp'): string {
  if (platform === 'win32') return `netsh interface ipv4 show excludedportrange protocol=${transport}`;
  if (platform === 'linux') return `sudo sysctl -w net.ipv4.ip_unprivileged_port_start=${Math.min(port, LOWEST)}`;
  return 'sudo dialbench serve';
}

function errorCode(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}
