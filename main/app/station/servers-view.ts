import type { DhcpSafety, OtherBench, ServersView } from '../../../common/contract/views/servers.ts';
import type { Failure } from '../../../common/values/failure.ts';
import { parseMac, type Mac } from '../../../common/values/mac.ts';
import type { Station } from './station.ts';
import { toldOptions, toldRows } from './told.ts';

/** Ten minutes, so that a stopped bench is soon forgotten by the phones it gave addresses to. */
export const LEASE_SECONDS = 600;

export interface ServersViewParts {
  readonly station: Station;
  /** Whether a person has taken the device in. */
  readonly enrolled: (mac: Mac) => boolean;
  readonly otherBenches: readonly OtherBench[];
  readonly announced: boolean;
  readonly remarks: readonly Failure[];
}

export function serversView({ station, enrolled, otherBenches, announced, remarks }: ServersViewParts): ServersView {
  return {
    cards: station.cards(),
    picked: station.picked(),
    servers: station.statuses(),
    dhcp: dhcpSafety(station, enrolled),
    announced,
    otherBenches,
    remarks,
  };
}

function dhcpSafety(station: Station, enrolled: ServersViewParts['enrolled']): DhcpSafety {
  const live = station.dhcp()?.safety();
  return {
    probe: live?.probe ?? 'idle',
    probeEndsAt: live?.probeEndsAt ?? null,
    others: live?.others ?? [],
    stopsAt: live?.stopsAt ?? null,
    pool: live?.pool ?? null,
    answered: live?.answered ?? 0,
    ignored: stillIgnored(live?.ignored ?? [], station, enrolled),
    policy: station.policy(),
    told: live ? toldRows(toldOptions(station.address(), station.statuses()), LEASE_SECONDS) : [],
  };
}

/** The server remembers whom it ignored; who was enrolled since, or is answered by the policy now, is no stranger any more. */
function stillIgnored(ignored: DhcpSafety['ignored'], station: Station, enrolled: ServersViewParts['enrolled']): DhcpSafety['ignored'] {
  if (station.policy() === 'all') return [];
  return ignored.filter((stranger) => {
    const mac = parseMac(stranger.mac);
    return mac === null || !enrolled(mac);
  });
}
