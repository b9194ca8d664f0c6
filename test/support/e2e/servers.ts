import type { CardView, ServersView } from '../../../common/contract/views/servers.ts';
import { DEFAULT_PORTS, SERVER_NAMES, type ServerStatus } from '../../../common/values/server.ts';

const card = (name: string, rest: Partial<CardView>): CardView => ({
  name, mac: '02:00:00:00:00:01', address: null, prefix: null, kind: 'cable', linkUp: true, speed: 1000, defaultRoute: false, verdict: 'usable',
  reason: 'card.cable', picked: false, ...rest,
});

export function serversView(now: number, picked: boolean): ServersView {
  const cards = [
    card('enp3s0', { address: '10.20.0.1', prefix: 24, verdict: 'recommended', reason: 'card.cable-quiet', picked }),
    card('enp0s31f6', { address: '192.168.1.34', prefix: 24, verdict: 'office', reason: 'card.default-route', defaultRoute: true }),
    card('wlp2s0', { address: '192.168.1.77', prefix: 24, kind: 'wifi', verdict: 'office', reason: 'card.wifi', speed: null }),
    card('tun0', { address: '10.8.0.6', prefix: 32, kind: 'vpn', verdict: 'unusable', reason: 'card.vpn', speed: null }),
  ];
  return {
    cards,
    picked: picked ? 'enp3s0' : null,
    servers: SERVER_NAMES.map((name) => server(name, picked)),
    dhcp: {
      probe: picked ? 'quiet' : 'idle', probeEndsAt: null, others: [], policy: 'phones', stopsAt: picked ? now + 6_120_000 : null,
      pool: picked ? { from: '10.20.0.101', to: '10.20.0.200', size: 100, used: 43 } : null, answered: 43,
      ignored: [{ mac: '3c:52:82:11:0a:f4', vendorClass: 'MSFT 5.0' }],
      told: [{ option: '66', value: '10.20.0.1' }, { option: '150', value: '10.20.0.1' }, { option: 'siaddr', value: '10.20.0.1' }],
    },
    announced: false,
    otherBenches: [],
    remarks: [],
  };
}

function server(name: ServerStatus['name'], picked: boolean): ServerStatus {
  const notBuilt = name === 'https' || name === 'sntp' || name === 'cwmp';
  if (!picked || notBuilt) return { name, state: 'off', address: null, port: null, error: null, figures: {} };
  if (name === 'dns') {
    return { name, state: 'failed', address: null, port: null, error: { code: 'server.port-taken', params: { holder: 'systemd-resolved (pid 612)', port: 53 } }, figures: {} };
  }
  return { name, state: 'listening', address: '10.20.0.1', port: DEFAULT_PORTS[name], error: null, figures: { transfers: 6 } };
}
