import type { Ipv4 } from '../../../common/values/ip.ts';
import type { Observation } from '../../../common/values/observation.ts';
import type { RunningServer } from '../../../common/values/server.ts';
import type { DnsConfig } from '../../../main/servers/dns/config.ts';
import { createDnsServer } from '../../../main/servers/dns/server.ts';
import type { ZoneFacts } from '../../../main/servers/dns/zone.ts';

/** A bench at 10.20.0.1 on which everything listens, with a certificate for a name of its own. */
export const FACTS: ZoneFacts = {
  address: '10.20.0.1' as Ipv4,
  domain: 'bench.internal',
  names: ['phones.example.com', 'tftp.bench.internal'],
  http: 80,
  https: 443,
};

export interface NameBench {
  readonly server: RunningServer;
  readonly port: number;
  readonly observed: Observation[];
}

/** The server on loopback, on any free port unless one is given. */
export async function startNames(limits: DnsConfig['limits'] = {}, facts: Partial<ZoneFacts> = {}, wanted = 0): Promise<NameBench> {
  const observed: Observation[] = [];
  const needs = { facts: () => ({ ...FACTS, ...facts }), observe: (each: Observation) => observed.push(each), changed: () => undefined };
  const server = createDnsServer({ address: '127.0.0.1', port: wanted, limits }, needs, () => Date.now());
  const { port, state } = await server.start();
  if (port === null) throw new Error(`the server is ${state}`);
  return { server, port, observed };
}
