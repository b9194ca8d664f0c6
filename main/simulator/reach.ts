import { isLoopback, parseIpv4 } from '../../common/values/ip.ts';
import type { Ipv4 } from '../../common/values/ip.ts';
import type { Scheme } from '../domain/rule/urls.ts';
import type { BenchAddress } from './options.ts';

export type Reached = { readonly ok: true; readonly address: Ipv4; readonly port: number } | { readonly ok: false; readonly error: string };

const OWN_PORTS: Readonly<Record<Scheme, (server: BenchAddress) => number>> = {
  tftp: (server) => server.tftpPort,
  http: (server) => server.httpPort,
  https: (server) => server.httpsPort ?? 443,
};

/**
 * Where a request goes. A virtual phone stands on an isolated bench: it reaches that bench and nothing else, whatever its profile
 * says, so that no look-up and no connection leaves this computer unasked.
 * @param names what the bench's own name server said
 */
export function reach(host: string, port: number | null, scheme: Scheme, server: BenchAddress, names: ReadonlyMap<string, Ipv4> = new Map()): Reached {
  const found = reachAddress(names.get(host.toLowerCase()) ?? host, server);
  return found === null ? { ok: false, error: unreachable(host) } : { ok: true, address: found, port: port ?? OWN_PORTS[scheme](server) };
}

export function reachAddress(host: string, server: BenchAddress): Ipv4 | null {
  const literal = host.toLowerCase() === 'localhost' ? parseIpv4('127.0.0.1') : parseIpv4(host);
  if (literal === null) return null;
  return literal === server.address || (isLoopback(literal) && isLoopback(server.address)) ? literal : null;
}

function unreachable(host: string): string {
  return parseIpv4(host) ? `No route to ${host}` : `Cannot resolve ${host}`;
}
