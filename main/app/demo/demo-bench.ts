import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { done, type Result } from '../../../common/values/failure.ts';
import type { Ipv4 } from '../../../common/values/ip.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { startFleet, type Fleet } from '../../simulator/fleet.ts';
import { fleetIdentity, type PhoneIdentity } from '../../simulator/identity.ts';
import { openBench, type Bench } from '../bench.ts';
import type { BenchOptions } from '../options.ts';
import { useStarter } from '../areas/profiles-area.ts';
import { writeSample } from '../firmware/write-sample.ts';
import type { DemoDoor } from './door.ts';

/** A bench on loopback with a small fleet of virtual phones. */
export interface DemoBench {
  readonly bench: Bench;
  readonly macs: readonly Mac[];
  stop(): Promise<void>;
}

const LOOPBACK = '127.0.0.1' as Ipv4;
/** The same fleet at every start: what a person saw once is seen again. */
const SEED = 7;
/** Five of the phone’s seconds in one real second: slow enough to watch, quick enough not to wait. */
const PACE = 5;
const STAGGER_MS = 2000;
/** This one's template asks for an extension that the list does not give: a fault to be seen and understood. */
const FAILING = 4;

/** A hop and a target for the demo's 8800 phones. */
const SAMPLES = ['sip88xx.12-0-1MPP0001-48.loads', 'sip88xx.14-1-1MPP0101-99.loads'] as const;
const SAMPLE_BYTES = 12_000_000;

const ROOMS = ['Reception', 'Ward 1', 'Ward 2', 'Pharmacy', 'Imaging', 'Secretary'] as const;

/** @param folder an empty folder that belongs to this demo alone */
export async function openDemoBench(base: BenchOptions, folder: string, count: number, door: DemoDoor): Promise<Result<DemoBench>> {
  let fleet: Fleet | null = null;
  const phoneWeb = (mac: Mac): { address: Ipv4; port: number } | null => {
    const state = fleet?.phones.map((phone) => phone.state()).find((phone) => phone.mac === mac);
    return state?.webPort && state.ip ? { address: state.ip, port: state.webPort } : null;
  };
  const opened = await openBench({ ...base, ...LOOPBACK_ONLY, folder, phoneWeb }, door);
  if (!opened.ok) return opened;
  const bench = opened.value;
  try {
    await bench.ready;
    const phones = Array.from({ length: count }, (_, index) => fleetIdentity(index, SEED));
    await prepare(bench, base.resources, phones);
    await addSamples(bench, folder);
    const running = plugIn(bench, count);
    fleet = running;
    return done({
      bench,
      macs: phones.map(({ mac }) => mac),
      stop: async () => {
        await running.stop();
        await bench.stop();
      },
    });
  } catch (error) {
    // A demo that cannot be prepared leaves no server behind.
    await bench.stop();
    throw error;
  }
}

/** The list and the templates that a technician would bring. */
async function prepare(bench: Bench, resources: string, phones: readonly PhoneIdentity[]): Promise<void> {
  await bench.workspace.roll.take(
    phones.map(({ mac, model, serial }, index) => ({
      mac, model, serial,
      name: roomOf(index),
      variables: index === FAILING ? {} : { extension: String(3001 + index) },
    })),
  );
  await useStarter({ templates: bench.workspace.templates, resources });
  await addFailing(bench, resources, phones[FAILING]?.mac ?? null);
}

const LOOPBACK_ONLY = {
  demo: true,
  serve: true,
  card: null,
  address: LOOPBACK,
  ports: { dhcp: 0, tftp: 0, http: 0, https: 0, syslog: 0, dns: 0, sntp: 0, cwmp: 'off' },
  dhcp: { start: true, pool: null, policy: 'phones', stopAfter: null },
  adopt: 'enrolled',
} as const;

/** Two loads that no phone takes, so that a plan and a wave can be tried: the demo's phones play the upgrade. */
async function addSamples(bench: Bench, folder: string): Promise<void> {
  const samples = await mkdtemp(join(folder, 'samples-'));
  try {
    for (const load of SAMPLES) await writeSample({ load, bytes: SAMPLE_BYTES, seed: 'demo' }, samples, new AbortController().signal);
    await bench.workspace.catalogue.add([samples], false, new AbortController().signal);
  } finally {
    await rm(samples, { recursive: true, force: true });
  }
}

async function addFailing(bench: Bench, resources: string, mac: Mac | null): Promise<void> {
  if (!mac) return;
  const text = await readFile(join(resources, 'templates', 'extension.xml'), 'utf8');
  await bench.workspace.templates.put({ name: 'with extension', text, scope: mac });
}

function plugIn(bench: Bench, count: number): Fleet {
  const port = (name: string): number => bench.servers().find((server) => server.name === name)?.port ?? 0;
  return startFleet({
    count,
    server: { address: LOOPBACK, dhcpPort: port('dhcp'), tftpPort: port('tftp'), httpPort: port('http'), syslogPort: port('syslog') },
    source: 'dhcp',
    pace: PACE,
    leases: 'bench',
    staggerMs: STAGGER_MS,
    seed: SEED,
    web: 0,
  });
}

function roomOf(index: number): string {
  return ROOMS[index] ?? `Room ${index + 1}`;
}
