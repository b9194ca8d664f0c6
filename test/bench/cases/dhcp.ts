import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startMeasured, type MeasuredProcess } from '../measure.ts';
import { findPeer, missingPeers, scratch, type Peer } from '../peers.ts';
import { ratio, type BenchCase } from '../table.ts';
import type { ServeSettings } from '../../support/dhcp/serve.ts';
import { makeTestNetwork, namespacesRefused, type TestNetwork } from '../../support/network/namespace.ts';

const SOURCE = fileURLToPath(new URL('../load/dhcp-phones.c', import.meta.url));
const ALONE = fileURLToPath(new URL('../../support/dhcp/serve.ts', import.meta.url));
const WHOLE = fileURLToPath(new URL('../../../main/cli/dialbench.ts', import.meta.url));
const POOL = { from: '10.66.0.100', to: '10.66.11.250' } as const;
const CROWD = 500;
const WITH_FILE = 'dnsmasq, lease file';
const WITHOUT_FILE = 'dnsmasq, in memory';

/** What the load client prints. */
interface Load {
  readonly bound: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly repeats: number;
  readonly naks: number;
  readonly twice: number;
  readonly notSent: number;
  readonly cpuMs: number;
}

interface Sample {
  readonly load: Load;
  readonly serverCpuMs: number;
}

interface Contender {
  readonly name: string;
  /** Whom it is set against: the one that does as much for a lease. */
  readonly against: string;
  /** `home` is an empty folder of its own. */
  start(network: TestNetwork, home: string): Promise<MeasuredProcess>;
}

/** 500 phones powered on in one moment, and exchanges a second at 50 and 200 under way, beside dnsmasq in interleaved rounds. */
export const dhcp: BenchCase = {
  name: 'dhcp',
  run: async ({ quick }) => {
    const title = 'DHCP: 500 phones powered on at once, and exchanges (DORA) per second';
    const refused = namespacesRefused() ?? compilerRefused();
    if (refused !== null) return { title, columns: [], rows: [], notes: [`not measured: ${refused}`] };
    const home = scratch('dhcp');
    const client = join(home, 'dhcp-phones');
    execFileSync('cc', ['-O2', '-o', client, SOURCE]);
    const peer = findPeer('dnsmasq');
    const contenders = [whole, alone, ...(peer ? [dnsmasq(peer, true), dnsmasq(peer, false)] : [])];
    const scenes = [
      { name: `${CROWD} at once`, args: ['crowd', String(CROWD)] },
      { name: '50 under way', args: ['stream', '50', quick ? '1' : '3'] },
      { name: '200 under way', args: ['stream', '200', quick ? '1' : '3'] },
    ];
    const samples = new Map<string, Sample[]>();
    const memory = new Map<string, number>();
    for (let round = 0; round < (quick ? 1 : 3); round += 1) {
      for (const contender of contenders) {
        const network = makeTestNetwork('bench-dhcp', { cidr: '10.66.0.1/20', clients: 1 });
        try {
          const inside = network.clients[0] ?? '';
          execFileSync('ip', ['-n', inside, 'address', 'add', '10.66.15.250/20', 'dev', 'phone0']);
          const server = await contender.start(network, mkdtempSync(join(home, 'run-')));
          try {
            for (const scene of scenes) {
              const before = server.usage().cpuMs;
              const load = await run(['ip', 'netns', 'exec', inside, client, 'phone0', ...scene.args]);
              const key = `${scene.name}\n${contender.name}`;
              samples.set(key, [...(samples.get(key) ?? []), { load, serverCpuMs: server.usage().cpuMs - before }]);
            }
            memory.set(contender.name, Math.max(memory.get(contender.name) ?? 0, server.usage().pssMb ?? 0));
          } finally {
            await server.stop();
          }
        } finally {
          network.remove();
        }
      }
    }
    const rows = scenes.flatMap((scene) => contenders.map((contender) => row(scene.name, contender, samples, memory)));
    return {
      title,
      columns: ['scene', 'server', 'bound', 'all bound s', 'DORA/s', 'against dnsmasq', 'p50 ms', 'p99 ms', 'asked again', 'CPU ms/DORA', 'MB', 'client ms/DORA'],
      rows,
      notes: [
        'Medians of interleaved rounds, one machine for client and server, a bridge and a veth pair between them; a phone repeats after 1 s of silence.',
        'Whole bench: the product as it ships, every lease committed to SQLite before its ACK, every exchange in the evidence; set against dnsmasq with its lease file (rewritten for each lease, not synced). Alone: the DHCP server with leases in memory; set against dnsmasq without a lease file. dnsmasq runs with --quiet-dhcp and --no-ping.',
        'The load client is C on one UDP socket; its cost stands in the last column. Answers nobody waited for and addresses given twice fail the run.',
        'Goals: 500 bound in under 2 s; no fewer DORA/s than dnsmasq.',
        ...missingPeers(['dnsmasq']),
      ],
    };
  },
};

const whole: Contender = {
  name: 'dialbench, whole bench',
  against: WITH_FILE,
  start: (network, home) =>
    startMeasured(
      'ip',
      ['netns', 'exec', network.server, process.execPath, '--disable-warning=ExperimentalWarning', WHOLE, 'serve', '--data', home, '--ui', 'off', '--tftp', '0',
        '--http', 'off', '--syslog', 'off', '--dns', 'off', '--https', 'off', '--sntp', 'off', '--dhcp', network.card, '--dhcp-pool', `${POOL.from}-${POOL.to}`, '--adopt', 'all'],
      { ready: (output) => output.includes('"ready":true'), readyWithin: 25_000 },
    ),
};

const alone: Contender = {
  name: 'dialbench, alone',
  against: WITHOUT_FILE,
  start: (network) => {
    const settings: ServeSettings = { address: '10.66.0.1', prefix: 20, ...POOL, leaseSeconds: 600, leaseFile: null, answer: 'phones', tell: false, card: network.card };
    return startMeasured(
      'ip',
      ['netns', 'exec', network.server, process.execPath, '--disable-warning=ExperimentalWarning', ALONE, JSON.stringify(settings)],
      { ready: (output) => output.includes('"state":"listening"'), readyWithin: 25_000 },
    );
  },
};

function dnsmasq(peer: Peer, withFile: boolean): Contender {
  const name = withFile ? WITH_FILE : WITHOUT_FILE;
  return {
    name,
    against: name,
    start: (network, home) => {
      // It broadcasts by the routing table.
      spawnSync('ip', ['-n', network.server, 'route', 'add', 'default', 'dev', network.card]);
      const args = ['--keep-in-foreground', '--conf-file=/dev/null', '--user=root', '--port=0', `--interface=${network.card}`, '--bind-dynamic', '--quiet-dhcp', '--no-ping',
        `--dhcp-range=${POOL.from},${POOL.to},10m`, '--dhcp-authoritative', '--dhcp-lease-max=5000', '--dhcp-option=66,10.66.0.1', '--dhcp-option=150,10.66.0.1',
        `--dhcp-leasefile=${join(home, 'leases')}`, ...(withFile ? [] : ['--leasefile-ro']), '--pid-file=', '--log-facility=-'];
      return startMeasured('ip', ['netns', 'exec', network.server, peer.file, ...args], { env: peer.env, ready: (output) => output.includes('DHCP, IP range') });
    },
  };
}

function row(scene: string, { name: server, against }: Contender, samples: ReadonlyMap<string, readonly Sample[]>, memory: ReadonlyMap<string, number>): (string | number | null)[] {
  const of = (name: string): readonly Sample[] => samples.get(`${scene}\n${name}`) ?? [];
  const median = (name: string, value: (sample: Sample) => number): number => {
    const sorted = of(name).map(value).toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  const perSecond = ({ load }: Sample): number => load.bound / load.seconds;
  const crowd = scene.startsWith(String(CROWD));
  return [
    scene,
    server,
    median(server, ({ load }) => load.bound),
    crowd ? median(server, ({ load }) => load.seconds) : null,
    Math.round(median(server, perSecond)),
    ratio(median(server, perSecond), of(against).length > 0 ? median(against, perSecond) : null),
    median(server, ({ load }) => load.p50),
    median(server, ({ load }) => load.p99),
    median(server, ({ load }) => load.repeats),
    median(server, ({ serverCpuMs, load }) => serverCpuMs / load.bound),
    memory.get(server) ?? null,
    median(server, ({ load }) => load.cpuMs / load.bound),
  ];
}

async function run(command: readonly [string, ...string[]]): Promise<Load> {
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the load client ended with ${String(code)}`);
  const load = JSON.parse(output) as Load;
  const isCrowd = args.includes('crowd');
  if (load.twice > 0 || load.naks > 0 || (isCrowd && load.bound < CROWD)) throw new Error(`not every phone was served right: ${output}`);
  return load;
}

function compilerRefused(): string | null {
  return spawnSync('cc', ['--version']).status === 0 ? null : 'no C compiler (cc) for the load client';
}
