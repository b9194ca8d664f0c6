import type { Ipv4 } from '../../../common/values/ip.ts';
import { portOf, type ServerStatus } from '../../../common/values/server.ts';
import type { ZoneFacts } from '../../servers/dns/zone.ts';
import { BENCH_DOMAIN } from '../../../common/values/bench-names.ts';

/**
 * What DNS says of this bench: only servers that listen have a service record, with the port they really have.
 * @param certified names of the server certificate: a phone checks that they lead to the address it speaks to
 */
export function namesOfBench(address: Ipv4, servers: readonly ServerStatus[], certified: readonly string[] = []): ZoneFacts {
  return { address, domain: BENCH_DOMAIN, names: certified, http: portOf(servers, 'http'), https: portOf(servers, 'https') };
}
