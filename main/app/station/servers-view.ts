import type { DhcpSafety, OtherBench, ServersView } from '../../../common/contract/views/servers.ts';
import type { Failure } from '../../../common/values/failure.ts';
import type { Station } from './station.ts';
import { toldOptions, toldRows } from './told.ts';

/** Ten minutes, so that a stopped bench is soon forgotten by the phones it gave addresses to. */
export const LEASE_SECONDS = 600;

export interface ServersViewParts {
  readonly station: Station;
  readonly otherBenches: readonly OtherBench[];
  readonly announced: boolean;
  readonly remarks: readonly Failure[];
}

export function serversView({ station, otherBenches, announced, remarks }: ServersViewParts): ServersView {
  return {
    cards: station.cards(),
    picked: station.picked(),
    servers: station.statuses(),
    dhcp: dhcpSafety(station),
    announced,
    otherBenches,
    remarks,
  };
}

function dhcpSafety(station: Station): DhcpSafety {
  const live = station.dhcp()?.safety();
  return {
    probe: live?.probe ?? 'idle',
    probeEndsAt: live?.probeEndsAt ?? null,
    others: live?.others ?? [],
    stopsAt: live?.stopsAt ?? null,
    pool: live?.pool ?? null,
    answered: live?.answered ?? 0,
    ignored: live?.ignored ?? [],
    policy: station.policy(),
    told: live ? toldRows(toldOptions(station.address(), station.statuses()), LEASE_SECONDS) : [],
  };
}
