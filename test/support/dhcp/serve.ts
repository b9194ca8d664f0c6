// A DHCP server alone, to be run inside a network namespace: settings as JSON in the first argument, events as JSON lines
// on stdout, the words `check` and `stop` on stdin. Leases live in a file, so that a restart can be played.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Lease } from '../../../main/servers/dhcp/needs.ts';
import { createDhcpServer } from '../../../main/servers/dhcp/server.ts';
import { ip } from './scene.ts';

export interface ServeSettings {
  readonly address: string;
  readonly prefix: number;
  readonly from: string;
  readonly to: string;
  readonly leaseSeconds: number;
  readonly leaseFile: string | null;
  readonly answer: 'phones' | 'all';
  readonly inheritedFd?: number;
  /** Tell of every packet; off for load. */
  readonly tell: boolean;
  readonly card: string;
}

const settings = JSON.parse(process.argv[2] ?? '{}') as ServeSettings;
const leases = new Map<string, Lease>();
const file = settings.leaseFile;
if (file !== null && existsSync(file)) for (const lease of JSON.parse(readFileSync(file, 'utf8')) as Lease[]) leases.set(lease.ip, lease);

const say = (event: object): void => {
  process.stdout.write(`${JSON.stringify(event)}\n`);
};

const here = ip(settings.address);
const server = createDhcpServer(
  {
    card: { name: settings.card, subnet: { address: here, prefix: settings.prefix } },
    port: 67,
    clientPort: 68,
    pool: { from: ip(settings.from), to: ip(settings.to) },
    leaseSeconds: settings.leaseSeconds,
    transport: 'nic',
    stopAfterMs: null,
    ...(settings.inheritedFd === undefined ? {} : { inheritedFd: settings.inheritedFd }),
  },
  {
    decide: ({ vendorClass }) =>
      settings.answer === 'all' || /-3PCC|-MPP/.test(vendorClass)
        ? {
            answer: true,
            options: {
              routers: [here],
              dns: [here],
              domain: 'bench.internal',
              tftpName: here,
              provisioningUrl: `http://${here}/$PSN.xml`,
            },
          }
        : { answer: false, code: 'dhcp.stranger' },
    leases: () => Promise.resolve([...leases.values()]),
    commit: (lease) => {
      leases.set(lease.ip, lease);
      if (file !== null) writeFileSync(file, JSON.stringify([...leases.values()]));
      return Promise.resolve();
    },
    observe: (observation) => {
      if (settings.tell) say({ observed: observation });
    },
    changed: () => {
      if (settings.tell) say({ status: server.status(), safety: server.safety() });
    },
  },
  Date.now,
);

process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
createInterface(process.stdin).on('line', (line) => {
  if (line === 'check') void server.check().then((status) => say({ checked: status }));
  if (line === 'status') say({ status: server.status(), safety: server.safety() });
});
say({ ready: await server.start() });
