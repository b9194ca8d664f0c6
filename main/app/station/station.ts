import type { CardView, DhcpPolicy } from '../../../common/contract/views/servers.ts';
import { done, failed, type Failure, type Result } from '../../../common/values/failure.ts';
import { parseIpv4, type Ipv4, type Subnet } from '../../../common/values/ip.ts';
import { DEFAULT_PORTS, type RunningServer, type ServerName, type ServerStatus } from '../../../common/values/server.ts';
import type { DhcpServer } from '../../servers/dhcp/server.ts';
import { NOT_BUILT, type BenchOptions } from '../options.ts';
import { createTurn } from '../turn.ts';
import { createRoster } from './roster.ts';
import { defaultPool } from './told.ts';

/** Makes a server that is not started yet. */
export interface ServerMakers {
  tftp(address: Ipv4, port: number, card: string | null): RunningServer;
  http(address: Ipv4, port: number): RunningServer;
  https(address: Ipv4, port: number): RunningServer;
  syslog(address: Ipv4, port: number): RunningServer;
  dns(address: Ipv4, port: number): RunningServer;
  sntp(address: Ipv4, port: number): RunningServer;
  dhcp(plan: DhcpPlan): DhcpServer;
}

export interface DhcpPlan {
  readonly card: { readonly name: string; readonly subnet: Subnet };
  readonly port: number;
  readonly pool: { readonly from: Ipv4; readonly to: Ipv4 };
  readonly stopAfterMs: number | null;
  readonly transport: 'nic' | 'loopback';
}

export interface StationNeeds {
  readonly make: ServerMakers;
  cards(picked: string | null): Promise<readonly CardView[]>;
  explain(status: ServerStatus): Promise<ServerStatus>;
  changed(): void;
}

/** Where the bench stands: the card that everything derives from, and the servers on it. */
export interface Station {
  /** Starts what the options ask for; resolves when no server is starting any more. */
  open(): Promise<Result<void>>;
  address(): Ipv4;
  picked(): string | null;
  cards(): readonly CardView[];
  statuses(): readonly ServerStatus[];
  dhcp(): DhcpServer | null;
  policy(): DhcpPolicy;
  setPolicy(policy: DhcpPolicy): void;
  pickCard(name: string): Promise<Result<void>>;
  start(name: ServerName): Promise<Result<void>>;
  stopServer(name: ServerName): Promise<void>;
  stopAll(): Promise<void>;
  setPort(name: ServerName, port: number): Promise<Result<void>>;
  setStopAfter(minutes: number | null): void;
  /** Looks at the cards again; a picked one that is gone stops everything on it. */
  refreshCards(): Promise<void>;
  close(): Promise<void>;
}

/** Servers that phones are served by; DHCP comes after them, because it tells what listens. */
const FILE_SERVERS = ['tftp', 'http', 'https', 'syslog', 'dns', 'sntp'] as const;
const LOOPBACK = '127.0.0.1' as Ipv4;
/** The demo lives inside loopback: any program may bind there, and nothing leaves this computer. */
const DEMO_SUBNET: Subnet = { address: LOOPBACK, prefix: 8 };
const DEMO_POOL = { from: '127.20.0.1' as Ipv4, to: '127.20.3.254' as Ipv4 };

export function createStation(options: BenchOptions, needs: StationNeeds): Station {
  const roster = createRoster(needs.explain, needs.changed);
  const ports: Record<ServerName, number | 'off'> = { ...options.ports };
  let cards: readonly CardView[] = [];
  let picked: string | null = null;
  let address: Ipv4 = options.address ?? LOOPBACK;
  let policy: DhcpPolicy = options.dhcp.policy;
  let stopAfter = options.dhcp.stopAfter;
  let dhcp: DhcpServer | null = null;
  /** One change at a time: a click on *Stop all* while DHCP still probes waits for nothing but its own turn. */
  const inTurn = createTurn();

  return {
    open: () => inTurn(open),
    address: () => address,
    picked: () => picked,
    cards: () => cards,
    statuses: () => roster.statuses(),
    dhcp: () => dhcp,
    policy: () => policy,
    setPolicy: (next) => {
      policy = next;
      needs.changed();
    },
    // The demo touches no network, whoever asks.
    pickCard: (name) => (options.demo ? Promise.resolve(failed('demo.no-card')) : inTurn(() => pickCard(name))),
    start: (name) => inTurn(() => start(name)),
    stopServer: async (name) => {
      // DHCP stops at once, also in the middle of its probe: stopping is never queued behind starting.
      if (name === 'dhcp') dhcp = null;
      await roster.stop(name, 'stopped', name === 'dhcp' ? failed('dhcp.stopped-by-hand').failure : undefined);
    },
    stopAll: async () => {
      dhcp = null;
      await roster.stopAll('stopped');
    },
    setPort: (name, port) => inTurn(() => setPort(name, port)),
    setStopAfter: (minutes) => {
      stopAfter = minutes;
      dhcp?.stopAt(minutes === null ? null : options.now() + minutes * 60_000);
      needs.changed();
    },
    refreshCards,
    close: async () => {
      dhcp = null;
      await roster.stopAll();
      await inTurn.idle();
    },
  };

  async function open(): Promise<Result<void>> {
    cards = await needs.cards(null);
    if (!options.serve) return done(undefined);
    if (options.card !== null) return pickCard(options.card, options.dhcp.start);
    await startFileServers();
    return options.demo ? startDhcp() : done(undefined);
  }

  async function pickCard(name: string, withDhcp = true): Promise<Result<void>> {
    cards = await needs.cards(name);
    const card = cards.find((candidate) => candidate.name === name);
    if (!card) return failed('card.unknown', { name });
    const own = card.address === null ? null : parseIpv4(card.address);
    if (!own) return failed('card.no-address', { name });
    await stopEverything();
    picked = name;
    address = own;
    await startFileServers();
    return withDhcp ? startDhcp() : done(undefined);
  }

  async function startFileServers(): Promise<void> {
    await Promise.all(FILE_SERVERS.map((name) => startFileServer(name)));
  }

  async function startFileServer(name: (typeof FILE_SERVERS)[number]): Promise<void> {
    const port = ports[name];
    if (port === 'off') return;
    await roster.start(name === 'tftp' ? needs.make.tftp(address, port, picked) : needs.make[name](address, port));
  }

  async function startDhcp(): Promise<Result<void>> {
    const plan = dhcpPlan();
    if (!plan.ok) return plan;
    dhcp = needs.make.dhcp(plan.value);
    await roster.start(dhcp);
    return done(undefined);
  }

  function dhcpPlan(): Result<DhcpPlan> {
    const port = ports.dhcp === 'off' ? DEFAULT_PORTS.dhcp : ports.dhcp;
    const stopAfterMs = stopAfter === null ? null : stopAfter * 60_000;
    if (options.demo) {
      const card = { name: 'lo', subnet: DEMO_SUBNET };
      return done({ card, port, pool: DEMO_POOL, stopAfterMs: null, transport: 'loopback' });
    }
    const card = cards.find((candidate) => candidate.name === picked);
    if (!card || card.prefix === null) return failed('dhcp.no-card');
    const subnet: Subnet = { address, prefix: card.prefix };
    const pool = options.dhcp.pool ?? defaultPool(subnet);
    if (!pool) return failed('dhcp.pool-outside', { from: '', to: '', subnet: `${address}/${card.prefix}` });
    return done({ card: { name: card.name, subnet }, port, pool, stopAfterMs, transport: 'nic' });
  }

  async function start(name: ServerName): Promise<Result<void>> {
    if (NOT_BUILT.includes(name)) return failed('server.not-built', { server: name.toUpperCase() });
    if (name === 'dhcp') return startDhcp();
    if (ports[name] === 'off') ports[name] = DEFAULT_PORTS[name];
    if (isFileServer(name)) await startFileServer(name);
    return done(undefined);
  }

  async function setPort(name: ServerName, port: number): Promise<Result<void>> {
    ports[name] = port;
    const state = roster.status(name).state;
    needs.changed();
    return state === 'off' || state === 'stopped' ? done(undefined) : start(name);
  }

  async function refreshCards(): Promise<void> {
    const before = cards;
    cards = await needs.cards(picked);
    if (JSON.stringify(before) !== JSON.stringify(cards)) needs.changed();
    if (picked === null) return;
    const card = cards.find((candidate) => candidate.name === picked);
    if (card?.address === address) return;
    const why: Failure = failed('card.gone', { name: picked }).failure;
    dhcp = null;
    if (roster.statuses().some(({ state }) => state === 'listening' || state === 'degraded')) await roster.stopAll('failed', why);
  }

  async function stopEverything(): Promise<void> {
    dhcp = null;
    await roster.stopAll();
  }
}

function isFileServer(name: ServerName): name is (typeof FILE_SERVERS)[number] {
  return (FILE_SERVERS as readonly ServerName[]).includes(name);
}

