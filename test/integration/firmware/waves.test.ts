import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WavesView } from '../../../common/contract/views/wave.ts';
import type { Ipv4 } from '../../../common/values/ip.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { findModel } from '../../../common/values/model.ts';
import { reachFirmware } from '../../../main/simulator/fleet-firmware.ts';
import { startFleet, type Fleet, type FleetOptions } from '../../../main/simulator/fleet.ts';
import { dialbench, FREE_PORTS, startBench, temporaryFolder, type BenchProcess } from '../../support/bench-process.ts';

const HOP = 'sip88xx.11-3-1MSR3-1.loads';
const TARGET = 'sip88xx.12-0-7MPP0201-66.loads';
const MODEL = findModel('CP-8851-3PCC');
const PROFILE = `<flat-profile>
  <Resync_Periodic ua="na">60</Resync_Periodic>
  <Syslog_Server ua="na">{{bench_syslog}}</Syslog_Server>
  <Upgrade_Rule ua="na"></Upgrade_Rule>
</flat-profile>`;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let bench: BenchProcess | null = null;
let fleet: Fleet | null = null;

beforeEach(async () => { folder = await temporaryFolder(); });
afterEach(async () => {
  await fleet?.stop();
  await bench?.stop();
  fleet = bench = null;
  await folder.remove();
});

const at = (...names: string[]): string => join(folder.path, ...names);
const macOf = (index: number): Mac => `00562b0431${(index + 16).toString(16).padStart(2, '0')}` as Mac;

async function command(...args: string[]): Promise<string> {
  const [name = '', ...rest] = args;
  const ended = await dialbench(name, '--data', at('bench'), ...rest);
  expect(ended.code, `${args.join(' ')}: ${ended.stderr}`).toBe(0);
  return ended.stdout;
}

/** Two loads, phones on a list, and a template that names neither server nor load. */
async function prepare(count: number, megabytes = '1'): Promise<void> {
  for (const load of [HOP, TARGET]) {
    expect((await dialbench('firmware', 'make-sample', at('samples'), '--load', load, '--mb', megabytes)).code).toBe(0);
  }
  await command('firmware', 'add', at('samples'));
  await writeFile(at('phones.csv'), ['mac,model', ...Array.from({ length: count }, (_, index) => `${macOf(index)},CP-8851-3PCC`)].join('\n'));
  await command('phones', 'import', at('phones.csv'));
  await writeFile(at('profile.xml'), PROFILE);
  await command('profiles', 'add', 'ours', at('profile.xml'), '--for', '*');
}

const serve = async (): Promise<BenchProcess> => (bench = await startBench(['--data', at('bench'), ...FREE_PORTS]));

function plugIn(count: number, more: Partial<FleetOptions> = {}): Fleet {
  const port = (name: 'tftp' | 'http' | 'syslog'): number => bench?.servers[name].port ?? 0;
  fleet = startFleet({
    count, source: 'given', pace: 100, staggerMs: 20, seed: 5,
    server: { address: '127.0.0.1' as Ipv4, dhcpPort: null, tftpPort: port('tftp'), httpPort: port('http'), syslogPort: port('syslog') },
    identity: (born, index) => ({ ...born, mac: macOf(index), model: MODEL ?? born.model, firmware: 'sip88xx.11-0-1MPP-376' }),
    ...more,
  });
  return fleet;
}

const waves = async (): Promise<WavesView> => JSON.parse(await command('firmware', 'waves', '--json')) as WavesView;

describe('a wave of firmware', () => {
  it('leads phones through a hop to the target, and believes only the version that they show', async () => {
    await prepare(5);
    await serve();
    const pushed = JSON.parse(await command('firmware', 'push', TARGET, '--through', HOP, '--into', 'ours', '--json')) as { queued: string[] };
    expect(pushed.queued).toHaveLength(5);
    const ends = await reachFirmware(plugIn(5), { target: 'sip88xx.12-0-7MPP0201-66', withinMs: 120_000 });
    expect(ends.map(({ kind }) => kind), JSON.stringify(ends.map(({ state }) => state))).toEqual(Array.from({ length: 5 }, () => 'reached'));
    await expect.poll(async () => (await waves()).waves[0]?.state).toBe('ended');
    const [wave] = (await waves()).waves;
    expect(wave?.phones.map(({ state, stage }) => `${state} ${stage}`)).toEqual(Array.from({ length: 5 }, () => 'done 2'));
    const status = JSON.parse(await command('status', '--json')) as { phones: { firmware: string; attention: unknown }[] };
    expect(status.phones.map(({ attention }) => attention)).toEqual(Array.from({ length: 5 }, () => null));
  });
});
