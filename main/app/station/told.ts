import { BENCH_DOMAIN } from '../../../common/values/bench-names.ts';
import { ipv4ToNumber, ipv4FromNumber, subnetRange, type Ipv4, type Subnet } from '../../../common/values/ip.ts';
import { DEFAULT_PORTS, portOf, type ServerStatus } from '../../../common/values/server.ts';
import type { DhcpReplyOptions } from '../../servers/dhcp/needs.ts';

/**
 * What phones are told about this bench. An option that names a server is sent only while that server listens, and 66 is
 * a bare address only for TFTP on 69: phones take a bare address for TFTP, HTTP and HTTPS on their usual ports.
 */
export function toldOptions(address: Ipv4, servers: readonly ServerStatus[]): DhcpReplyOptions {
  // Degraded, it is silent: this computer's own clock cannot be right.
  const tellsTime = servers.some(({ name, state }) => name === 'sntp' && state === 'listening');
  const tftp = portOf(servers, 'tftp');
  const http = portOf(servers, 'http');
  const httpUrl = http === null ? null : urlOf('http', address, http);
  return {
    domain: BENCH_DOMAIN,
    ...(tftp === DEFAULT_PORTS.tftp
      ? { tftpName: address, tftpServers: [address], nextServer: address }
      : tftpUrls(tftp === null ? null : urlOf('tftp', address, tftp), httpUrl)),
    ...(httpUrl === null ? {} : { provisioningUrl: httpUrl }),
    // Both options name an address alone: on another port than the usual one nobody would ask there.
    ...(portOf(servers, 'dns') === DEFAULT_PORTS.dns ? { dns: [address] } : {}),
    ...(portOf(servers, 'sntp') === DEFAULT_PORTS.sntp && tellsTime ? { ntp: [address] } : {}),
  };
}

/** Option 66 as URLs, tried from left to right; phones take several with `;` between them. */
function tftpUrls(...urls: readonly (string | null)[]): Pick<DhcpReplyOptions, 'tftpName'> {
  const known = urls.filter((url) => url !== null);
  return known.length === 0 ? {} : { tftpName: known.join(';') };
}

/** The same for the panel "Told to phones", by option number. */
export function toldRows(options: DhcpReplyOptions, leaseSeconds: number): { readonly option: string; readonly value: string }[] {
  const rows: (readonly [string, string | undefined])[] = [
    ['66', options.tftpName],
    ['150', options.tftpServers?.join(', ')],
    ['siaddr', options.nextServer],
    ['160', options.provisioningUrl],
    ['6', options.dns?.join(', ')],
    ['42', options.ntp?.join(', ')],
    ['15', options.domain],
    ['51', `${leaseSeconds} s`],
  ];
  return rows.flatMap(([option, value]) => (value === undefined || value === '' ? [] : [{ option, value }]));
}

export function urlOf(scheme: 'http' | 'https' | 'tftp', address: string, port: number): string {
  return port === DEFAULT_PORTS[scheme] ? `${scheme}://${address}` : `${scheme}://${address}:${port}`;
}

/** Most addresses that a pool holds unless a person sets one. */
const LARGEST_POOL = 100;

/** The upper half of the subnet, at most 100 addresses, without the bench's own; null when the subnet is too small. */
export function defaultPool(subnet: Subnet): { readonly from: Ipv4; readonly to: Ipv4 } | null {
  const { first, last } = subnetRange(subnet);
  const own = ipv4ToNumber(subnet.address);
  const half = Math.max(first + 1, Math.floor((first + last + 1) / 2));
  const start = half <= own && own < half + LARGEST_POOL && own + 1 < last ? own + 1 : half;
  const end = Math.min(last - 1, start + LARGEST_POOL - 1);
  return start <= end ? { from: ipv4FromNumber(start), to: ipv4FromNumber(end) } : null;
}
