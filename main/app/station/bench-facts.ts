import { DEFAULT_PORTS, type ServerName } from '../../../common/values/server.ts';
import type { BenchFacts } from '../../domain/profile/variables.ts';
import { AUTHORITY_PATH } from '../../../common/values/bench-names.ts';
import type { Certificates } from '../state/certificates.ts';
import type { Station } from './station.ts';
import { urlOf } from './told.ts';

/** What templates may say of this bench: only servers that listen, always with the picked card's address. */
export function benchFacts(station: Station, certificates: Pick<Certificates, 'authority' | 'carries' | 'hosts'>): BenchFacts {
  const address = station.address();
  const statuses = station.statuses();
  const port = (name: ServerName): number | null => {
    const status = statuses.find((server) => server.name === name);
    return status && (status.state === 'listening' || status.state === 'degraded') ? status.port : null;
  };
  const http = port('http');
  const tftp = port('tftp');
  const syslog = port('syslog');
  const https = port('https');
  const base = { http: http === null ? null : urlOf('http', address, http), tftp: tftp === null ? null : urlOf('tftp', address, tftp) };
  const ca = certificates.authority() === null ? null : (base.http ?? base.tftp);
  return {
    address,
    ...base,
    https: https === null ? null : urlOf('https', httpsHost(), https),
    ca: ca === null ? null : `${ca}${AUTHORITY_PATH}`,
    syslog: syslog === null ? null : `${address}:${syslog}`,
    ntp: port('sntp') === DEFAULT_PORTS.sntp ? address : null,
  };

  /** Phones want a name that DNS knows and the certificate carries; without this bench's DNS the address is the surer one. */
  function httpsHost(): string {
    const [host] = certificates.hosts();
    const answersNames = port('dns') === DEFAULT_PORTS.dns;
    return host !== undefined && (answersNames || !certificates.carries(address)) ? host : address;
  }
}
