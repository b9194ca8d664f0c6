import type { ServersView } from '../../../common/contract/views/servers.ts';
import type { Result } from '../../../common/values/failure.ts';
import { unwrap } from '../failure-error.ts';
import type { Station } from '../station/station.ts';
import { answers } from './context.ts';

export interface ServersAreaNeeds {
  readonly station: Station;
  view(): ServersView;
  giveAddress(name: string): Promise<Result<void>>;
  announce(on: boolean): Promise<Result<void>>;
}

export function serversArea({ station, view, giveAddress, announce }: ServersAreaNeeds) {
  const { servers } = answers;
  const after = (result: Result<void>): ServersView => {
    unwrap(result);
    return view();
  };
  return servers.router({
    view: servers.view.handler(async () => {
      await station.refreshCards();
      return view();
    }),
    pickCard: servers.pickCard.handler(async ({ input }) => after(await station.pickCard(input.name))),
    start: servers.start.handler(async ({ input }) => after(await station.start(input.server))),
    stop: servers.stop.handler(async ({ input }) => {
      await station.stopServer(input.server);
      return view();
    }),
    stopAll: servers.stopAll.handler(async () => {
      await station.stopAll();
      return view();
    }),
    setPort: servers.setPort.handler(async ({ input }) => after(await station.setPort(input.server, input.port))),
    dhcpPolicy: servers.dhcpPolicy.handler(({ input }) => {
      station.setPolicy(input.policy);
      return view();
    }),
    dhcpStopAfter: servers.dhcpStopAfter.handler(({ input }) => {
      station.setStopAfter(input.minutes);
      return view();
    }),
    dhcpCheck: servers.dhcpCheck.handler(async () => {
      const dhcp = station.dhcp();
      if (dhcp) await dhcp.check();
      else unwrap(await station.start('dhcp'));
      return view();
    }),
    giveAddress: servers.giveAddress.handler(async ({ input }) => after(await giveAddress(input.name))),
    announce: servers.announce.handler(async ({ input }) => after(await announce(input.on))),
  });
}
