import { DEFAULT_PORTS, type ServerName } from '../../../common/values/server.ts';
import type { BenchFacts } from '../../domain/profile/variables.ts';
import type { Station } from './station.ts';
import { urlOf } from './told.ts';

/** What templates may say of this bench: only servers that listen, always with the picked card's address. */
export function benchFacts(station: Station): BenchFacts {
  const address = station.address();
  const statuses = station.statuses();
  const port = (name: ServerName): number | null => {
    const status = statuses.find((server) => server.name === name);
    return status && (status.state === 'listening' || status.state === 'degraded') ? status.port : null;
  };
  const http = port('http');
  const tftp = port('tftp');
  const syslog = port('syslog');
  return {
    address,
    http: http === null ? null : urlOf('http', address, http),
    https: null,
    tftp: tftp === null ? null : urlOf('tftp', address, tftp),
    syslog: syslog === null ? null : `${address}:${syslog}`,
    ntp: port('sntp') === DEFAULT_PORTS.sntp ? address : null,
  };
}
