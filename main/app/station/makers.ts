import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Mac } from '../../../common/values/mac.ts';
import type { Observation } from '../../../common/values/observation.ts';
import type { Device } from '../../domain/device/device.ts';
import { isPhone } from '../../domain/identify/policy.ts';
import { createDhcpServer } from '../../servers/dhcp/server.ts';
import { createDnsServer } from '../../servers/dns/server.ts';
import { createHttpServer } from '../../servers/http/server.ts';
import { createSntpServer } from '../../servers/sntp/server.ts';
import { createSyslogServer } from '../../servers/syslog/server.ts';
import type { SyslogNeeds } from '../../servers/syslog/needs.ts';
import { createTftpServer } from '../../servers/tftp/server.ts';
import type { Store } from '../../store/store.ts';
import type { BenchOptions } from '../options.ts';
import { httpNeeds } from '../serve/http-needs.ts';
import type { Certificates } from '../state/certificates.ts';
import { tftpNeeds, type ServeNeeds } from '../serve/tftp-needs.ts';
import { createHttpsServer } from './https.ts';
import { inheritedSocket } from './inherited.ts';
import { namesOfBench } from './names.ts';
import { LEASE_SECONDS } from './servers-view.ts';
import type { ServerMakers, Station } from './station.ts';
import { toldTo } from './told-to-phone.ts';
import { toldOptions } from './told.ts';

export interface MakerNeeds {
  readonly options: BenchOptions;
  readonly store: Store;
  readonly serve: ServeNeeds;
  readonly certificates: Certificates;
  readonly lines: SyslogNeeds['lines'];
  device(mac: Mac): Device | undefined;
  /** The station that these servers will stand on; asked only once one of them runs. */
  station(): Station;
  observe(observation: Observation): void;
  changed(): void;
}

/** Builds each server with what it needs of the workspace. */
export function serverMakers(needs: MakerNeeds): ServerMakers {
  const { options, store, serve, certificates, observe, changed } = needs;
  const { now } = options;
  const fd = options.demo ? null : inheritedSocket(process.env, process.pid);
  return {
    tftp: (address, port, card) =>
      createTftpServer(
        {
          address,
          port,
          workers: Math.min(4, availableParallelism()),
          workerFile: options.workers.tftp,
          singlePort: options.tftpSinglePort,
          maxBlockSize: Math.min(65_464, mtuOf(card) - IP_UDP_TFTP),
        },
        tftpNeeds(serve),
        now,
      ),
    http: (address, port) => createHttpServer({ name: 'http', address, port }, httpNeeds(serve), now),
    https: (address, port) => createHttpsServer({ address, port }, { http: httpNeeds(serve), certificates }, now),
    syslog: (address, port) => createSyslogServer({ address, port, workerFile: options.workers.syslogReceiver }, { lines: needs.lines, observe, changed }, now),
    dns: (address, port) =>
      createDnsServer({ address, port }, { facts: () => namesOfBench(address, needs.station().statuses(), certificates.hosts()), observe, changed }, now),
    sntp: (address, port) => createSntpServer({ address, port }, { observe, changed }, now),
    dhcp: ({ card, port, pool, stopAfterMs, transport }) =>
      createDhcpServer(
        { card, port, clientPort: 68, pool, leaseSeconds: LEASE_SECONDS, transport, stopAfterMs, ...(fd === null ? {} : { inheritedFd: fd }) },
        {
          decide: (client) => {
            const station = needs.station();
            const device = needs.device(client.chaddr);
            const verdict = isPhone(client, device ?? null, station.policy());
            if (!verdict.answer) return verdict;
            return { answer: true, options: toldTo(device, toldOptions(station.address(), station.statuses())) };
          },
          leases: () => store.leases.all(),
          commit: (lease) => store.leases.put(lease),
          observe,
          changed,
        },
        now,
      ),
  };
}

/** IPv4 header 20, UDP header 8, TFTP header 4. */
const IP_UDP_TFTP = 32;
const ETHERNET_MTU = 1500;

/** The card's MTU where the system tells it; Ethernet's otherwise. */
function mtuOf(card: string | null): number {
  if (card === null || process.platform !== 'linux' || !/^[\w.:@-]{1,15}$/.test(card)) return ETHERNET_MTU;
  try {
    return Math.max(576, Number(readFileSync(`/sys/class/net/${card}/mtu`, 'utf8')) || ETHERNET_MTU);
  } catch {
    return ETHERNET_MTU;
  }
}
