import type { ServersView } from '../../../common/contract/views/servers.ts';
import type { ServerName, ServerState, ServerStatus } from '../../../common/values/server.ts';

/** The servers that this version has, in the order of a phone's way; what does not work yet is not shown. */
const BUILT: readonly ServerName[] = ['dhcp', 'tftp', 'http', 'https', 'syslog', 'dns', 'sntp'];

export type FigureWord = 'leases' | 'naks' | 'transfers' | 'delivered' | 'broken' | 'rate' | 'requests' | 'refused' | 'lines' | 'none-lost' | 'lost' | 'questions' | 'answered';

/** One figure of a server row: a word of the texts with its number. `of` is the whole that it is a part of. */
export interface Figure {
  readonly word: FigureWord;
  readonly count: number;
  readonly of?: number;
}

export function shownServers(servers: readonly ServerStatus[]): readonly ServerStatus[] {
  return BUILT.flatMap((name) => servers.find((server) => server.name === name && server.error?.code !== 'server.not-built') ?? []);
}

/** What a running server has to tell, at most three figures: what runs now, then what went wrong. */
export function figuresOf(server: ServerStatus): readonly Figure[] {
  if (!isUp(server.state)) return [];
  const of = (name: string): number => server.figures[name] ?? 0;
  switch (server.name) {
    case 'dhcp':
      return [{ word: 'leases', count: of('leases'), of: of('pool') }, { word: 'naks', count: of('naks') }];
    case 'tftp':
      return [{ word: 'transfers', count: of('transfers') }, { word: 'delivered', count: of('delivered') }, ...some('broken', of('broken'))];
    case 'http':
    case 'https':
      return [{ word: 'transfers', count: of('transfers') }, { word: 'rate', count: of('bytesPerSecond') }, ...some('refused', of('refused'))];
    case 'syslog': {
      const lost = of('lost') + of('dropped');
      return [{ word: 'lines', count: of('linesPerMinute') }, lost === 0 ? { word: 'none-lost', count: 0 } : { word: 'lost', count: lost }];
    }
    case 'dns':
      return [{ word: 'questions', count: of('queries') }, ...some('refused', of('refused'))];
    case 'sntp':
      return [{ word: 'answered', count: of('answered') }, ...some('refused', of('limited'))];
    default:
      return [];
  }
}

/** `67/udp`, `514/udp, 6587/tcp`; without a port the transport alone. */
export function portWords(server: ServerStatus): string {
  const both = server.name === 'syslog' || server.name === 'dns';
  const transports: readonly string[] = server.name === 'http' || server.name === 'https' ? ['tcp'] : both ? ['udp', 'tcp'] : ['udp'];
  const port = server.port ?? portOfError(server);
  if (port === null) return transports.join(', ');
  if (!both) return `${port}/${transports[0]}`;
  const tcp = server.tcpPort ?? port;
  return tcp === port ? `${port}/udp+tcp` : `${port}/udp, ${tcp}/tcp`;
}

/** How many servers are in which state, in the order in which a person wants to hear it. */
export function stateCounts(servers: readonly ServerStatus[]): readonly { readonly state: 'listening' | 'starting' | 'degraded' | 'failed' | 'off'; readonly count: number }[] {
  const groups = [
    ['listening', ['listening']], ['starting', ['starting']], ['degraded', ['degraded']], ['failed', ['failed']], ['off', ['off', 'stopped']],
  ] as const;
  return groups
    .map(([state, states]) => ({ state, count: servers.filter((server) => (states as readonly ServerState[]).includes(server.state)).length }))
    .filter(({ count }) => count > 0);
}

export function isUp(state: ServerState): boolean {
  return state === 'listening' || state === 'degraded';
}

/** A person must do something: it could not start, it loses data, or a rule stopped it. */
export function isTrouble(server: ServerStatus): boolean {
  return server.state === 'failed' || server.state === 'degraded' || server.error?.code === 'dhcp.conflict' || server.error?.code === 'dhcp.deaf';
}

/** The card, or where no card is picked the address, that the running servers stand on. */
export function placeOf(view: ServersView): string | null {
  return view.picked ?? view.servers.find((server) => isUp(server.state))?.address ?? null;
}

function some(word: FigureWord, count: number): readonly Figure[] {
  return count > 0 ? [{ word, count }] : [];
}

function portOfError(server: ServerStatus): number | null {
  const port = server.error?.params['port'];
  return typeof port === 'number' ? port : null;
}
