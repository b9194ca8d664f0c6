import { DEFAULT_PORTS, portOf } from '../../../common/values/server.ts';
import type { BenchFacts } from '../../domain/profile/variables.ts';
import { AUTHORITY_PATH } from '../../../common/values/bench-names.ts';
import type { Certificates } from '../state/certificates.ts';
import type { Station } from './station.ts';
import { urlOf } from './told.ts';

/** What templates may say of this bench: only servers that listen, always with the picked card's address. */
export function benchFacts(station: Station, certificates: Pick<Certificates, 'authority' | 'carries' | 'hosts'>): BenchFacts {
  const address = station.address();
  const statuses = station.statuses();
  const http = portOf(statuses, 'http');
  const tftp = portOf(statuses, 'tftp');
  const syslog = portOf(statuses, 'syslog');
  const https = portOf(statuses, 'https');
  const base = { http: http === null ? null : urlOf('http', address, http), tftp: tftp === null ? null : urlOf('tftp', address, tftp) };
  const ca = certificates.authority() === null ? null : (base.http ?? base.tftp);
  return {
    address,
    ...base,
    https: https === null ? null : urlOf('https', httpsHost(), https),
    ca: ca === null ? null : `${ca}${AUTHORITY_PATH}`,
    syslog: syslog === null ? null : `${address}:${syslog}`,
    ntp: portOf(statuses, 'sntp') === DEFAULT_PORTS.sntp ? address : null,
  };

  /** Phones want a name that DNS knows and the certificate carries; without this bench's DNS the address is the surer one. */
  function httpsHost(): string {
    const [host] = certificates.hosts();
    const answersNames = portOf(statuses, 'dns') === DEFAULT_PORTS.dns;
    return host !== undefined && (answersNames || !certificates.carries(address)) ? host : address;
  }
}
