import type { CardView, ServersView } from '../../../common/contract/views/servers.ts';
import { DEFAULT_PORTS, SERVER_NAMES, type ServerStatus } from '../../../common/values/server.ts';

const card = (name: string, rest: Partial<CardView>): CardView => ({
  name, mac: '02:00:00:00:00:01', address: null, prefix: null, kind: 'cable', linkUp: true, speed: 1000, defaultRoute: false, verdict: 'usable',
  reason: 'card.cable', picked: false, ...rest,
});

/** What may be wrong on the made-up bench. */
export type Trouble = 'none' | 'conflict' | 'deaf' | 'listening' | 'ports' | 'names-old';

export function serversView(now: number, picked: boolean, trouble: Trouble = 'none'): ServersView {
  const cards = [
    card('enp3s0', { address: '10.20.0.1', prefix: 24, verdict: 'recommended', reason: 'card.cable-quiet', picked }),
    card('enp0s31f6', { address: '192.168.1.34', prefix: 24, verdict: 'office', reason: 'card.default-route', defaultRoute: true }),
    card('wlp2s0', { address: '192.168.1.77', prefix: 24, kind: 'wifi', verdict: 'office', reason: 'card.wifi', speed: null }),
    card('enx00e04c', { verdict: 'usable', reason: 'card.no-address', mac: '00:e0:4c:00:00:02' }),
    card('tun0', { address: '10.8.0.6', prefix: 32, kind: 'vpn', verdict: 'unusable', reason: 'card.vpn', speed: null }),
  ];
  return {
    cards,
    picked: picked ? 'enp3s0' : null,
    servers: SERVER_NAMES.map((name) => troubled(server(name, picked), trouble)),
    dhcp: {
      probe: !picked ? 'idle' : trouble === 'none' || trouble === 'ports' || trouble === 'names-old' ? 'quiet' : trouble, probeEndsAt: trouble === 'listening' ? now + 4000 : null, others: trouble === 'conflict' ? ['192.168.1.1'] : [], policy: 'phones', stopsAt: picked ? now + 6_120_000 : null,
      pool: picked ? { from: '10.20.0.101', to: '10.20.0.200', size: 100, used: 43 } : null, answered: 43,
      ignored: [{ mac: '3c:52:82:11:0a:f4', vendorClass: 'MSFT 5.0' }, { mac: 'b8:27:eb:04:3f:aa', vendorClass: '' }],
      told: [{ option: '66', value: '10.20.0.1' }, { option: '150', value: '10.20.0.1' }, { option: 'siaddr', value: '10.20.0.1' }, { option: '160', value: 'http://10.20.0.1' }, { option: '15', value: 'bench.internal' }, { option: '51', value: '600 s' }],
    },
    announced: false,
    otherBenches: picked ? [{ name: 'Atelier Lyon', host: 'lyon.local', address: '10.20.0.7', port: 8640 }] : [],
    remarks: trouble === 'ports' ? [{ code: 'server.buffer-small', params: { bytes: 212_992, command: 'sysctl -w net.core.rmem_max=8388608' } }] : [],
  };
}

const FIGURES: Partial<Record<ServerStatus['name'], Readonly<Record<string, number>>>> = {
  dhcp: { leases: 43, pool: 100, naks: 0 },
  tftp: { transfers: 6, delivered: 128, broken: 1 },
  http: { transfers: 4, bytesPerSecond: 61_000_000, refused: 2 },
  syslog: { linesPerMinute: 212, lost: 0 },
  https: { transfers: 2, bytesPerSecond: 8_400_000, refused: 0 },
  sntp: { answered: 44 },
};

function server(name: ServerStatus['name'], picked: boolean): ServerStatus {
  const notBuilt = name === 'cwmp';
  if (!picked || notBuilt) return { name, state: 'off', address: null, port: null, error: null, figures: {} };
  if (name === 'dns') {
    return { name, state: 'failed', address: null, port: null, error: { code: 'server.port-taken', params: { holder: 'systemd-resolved (pid 612)', port: 53 } }, figures: {} };
  }
  return { name, state: 'listening', address: '10.20.0.1', port: DEFAULT_PORTS[name], error: null, figures: FIGURES[name] ?? {} };
}

function troubled(server: ServerStatus, trouble: Trouble): ServerStatus {
  if (server.name === 'dhcp' && trouble === 'conflict') return { ...server, state: 'stopped', port: null, error: { code: 'dhcp.conflict', params: { others: '192.168.1.1' } } };
  if (server.name === 'dhcp' && trouble === 'deaf') return { ...server, state: 'failed', port: null, error: { code: 'dhcp.deaf', params: {} } };
  if (server.name === 'dhcp' && trouble === 'listening') return { ...server, state: 'starting', figures: {} };
  if (trouble !== 'ports') return server;
  if (server.name === 'tftp') return { ...server, state: 'failed', port: null, error: { code: 'server.port-taken', params: { holder: 'in.tftpd (pid 612)', port: 69 } } };
  if (server.name === 'http') return { ...server, state: 'failed', port: null, error: { code: 'server.port-forbidden', params: { port: 80, command: 'sudo sysctl -w net.ipv4.ip_unprivileged_port_start=67' } } };
  if (server.name === 'syslog') return { ...server, state: 'degraded', tcpPort: 6587, error: { code: 'server.lines-lost', params: { count: 1204 } } };
  return server;
}
