import type { BenchView } from '../../common/contract/views/bench.ts';
import type { PhoneView } from '../../common/contract/views/phone.ts';
import type { ServersView } from '../../common/contract/views/servers.ts';
import { BENCH_DOMAIN } from '../../common/values/bench-names.ts';
import type { Device } from '../domain/device/device.ts';
import { activityArea } from './areas/activity-area.ts';
import { certificatesArea } from './areas/certificates-area.ts';
import { answers } from './areas/context.ts';
import { firmwareArea } from './areas/firmware-area.ts';
import { keysArea } from './areas/keys-area.ts';
import { phonesArea } from './areas/phones-area.ts';
import { profilesArea } from './areas/profiles-area.ts';
import { reportsArea } from './areas/reports-area.ts';
import { rulesArea } from './areas/rules-area.ts';
import { serversArea } from './areas/servers-area.ts';
import { workspaceArea } from './areas/workspace-area.ts';
import type { DemoDoor } from './demo/door.ts';
import type { Waves } from './firmware/wave-needs.ts';
import type { ActivityFeed } from './live/activity-feed.ts';
import type { BenchFeed } from './live/bench-feed.ts';
import type { BenchOptions } from './options.ts';
import { requestResyncOf } from './serve/resync.ts';
import type { Certificates } from './state/certificates.ts';
import type { Station } from './station/station.ts';
import type { Surroundings } from './station/surroundings.ts';
import type { Workspace } from './workspace.ts';

/** Everything that the contract is answered from. */
export interface RouterParts {
  readonly workspace: Workspace;
  readonly options: BenchOptions;
  readonly demo: DemoDoor;
  readonly feed: BenchFeed;
  readonly activity: ActivityFeed;
  readonly station: Station;
  readonly certificates: Certificates;
  readonly surroundings: Surroundings;
  readonly waves: Waves;
  firmwareBase(): string;
  view(): BenchView;
  phoneView(device: Device): PhoneView;
  servers(): ServersView;
}

/** The contract over a running bench: each area is answered by a file of its own. */
export function benchRouter(parts: RouterParts) {
  const { workspace, options, demo, station, certificates, surroundings } = parts;
  return answers.router({
    ...phonesArea({
      ...workspace,
      feed: parts.feed,
      phoneView: parts.phoneView,
      benchView: parts.view,
      resync: (device) => requestResyncOf(device, options.phoneWeb),
    }),
    ...activityArea({ ...workspace, feed: parts.activity }),
    ...workspaceArea({ ...workspace, demo }),
    profiles: profilesArea({
      ...workspace,
      resources: options.resources,
      bench: () => ({ address: station.address(), names: Array.from(new Set([BENCH_DOMAIN, ...certificates.hosts()])) }),
    }),
    rules: rulesArea({ ...workspace, now: options.now, address: () => station.address() }),
    reports: reportsArea(workspace),
    firmware: firmwareArea({ ...workspace, waves: parts.waves, base: parts.firmwareBase }),
    ...keysArea(workspace),
    ...certificatesArea({ certificates }),
    servers: serversArea({ station, view: parts.servers, giveAddress: surroundings.giveAddress, announce: surroundings.announce }),
  });
}
