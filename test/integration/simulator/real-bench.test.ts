import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ipv4 } from '../../../common/values/ip.ts';
import { requestResync } from '../../../main/phone/direct-action.ts';
import { startFleet } from '../../../main/simulator/fleet.ts';
import type { Fleet, FleetOptions } from '../../../main/simulator/fleet.ts';
import { quietPort } from '../../support/ports.ts';
import { until } from '../../support/simulator/plug-in.ts';

const CLI = join(import.meta.dirname, '../../../main/cli/dialbench.ts');
const HERE = '127.0.0.1' as Ipv4;

interface ServerLine {
  readonly port: number;
  readonly state: string;
}

interface PhoneLine {
  readonly mac: string;
  readonly stage: string;
  readonly attention: unknown;
}

/** One bench for the whole file, as a process of its own, the way a person starts it. */
let folder = '';
let bench: ChildProcess;
let servers: Record<string, ServerLine> = {};
const fleets: Fleet[] = [];

async function dialbench(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (out += part));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`dialbench ${args[0]} ended with ${code}: ${out}`);
  return out;
}

async function phones(): Promise<readonly PhoneLine[]> {
  return (JSON.parse(await dialbench('status', '--data', folder, '--json')) as { phones: PhoneLine[] }).phones;
}

function plugIn(more: Partial<FleetOptions>): Fleet {
  const port = (name: string): number => servers[name]?.port ?? 0;
  const fleet = startFleet({
    count: 20, source: 'given', pace: 200, staggerMs: 0, seed: 11,
    server: { address: HERE, dhcpPort: null, tftpPort: port('tftp'), httpPort: port('http'), syslogPort: port('syslog') },
    ...more,
  });
  fleets.push(fleet);
  return fleet;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbench-simulator-'));
  const flags = ['--tftp', '0', '--http', '0', '--syslog', '0', '--dns', '0', '--https', 'off', '--sntp', '0', '--ui', 'off', '--adopt', 'all'];
  bench = spawn(process.execPath, [CLI, 'serve', '--data', folder, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!bench.stdout) throw new Error('no output to read');
  const [line] = (await once(createInterface(bench.stdout), 'line')) as [string];
  servers = (JSON.parse(line) as { servers: Record<string, ServerLine> }).servers;
  const template = join(folder, 'template.xml');
  const profile = {
    Syslog_Server: `127.0.0.1:${servers['syslog']?.port}`,
    Report_Rule: `http://127.0.0.1:${servers['http']?.port}/report/$MA.xml`,
    Display_Name_1_: 'x'.repeat(4000),
  };
  const lines = Object.entries(profile).map(([name, value]) => `<${name} ua="na">${value}</${name}>`);
  await writeFile(template, `<flat-profile>${lines.join('')}</flat-profile>`);
  await dialbench('profiles', '--data', folder, 'add', 'all', template, '--for', '*');
});

afterAll(async () => {
  for (const fleet of fleets) await fleet.stop();
  const ended = once(bench, 'close');
  bench.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true, force: true });
});

describe('virtual phones against the real bench', () => {
  it('twenty at once are provisioned by TFTP, report, and stand as resynced or further', async () => {
    const fleet = plugIn({ seed: 11 });
    await fleet.finished;
    const states = fleet.phones.map((phone) => phone.state());
    expect(states.map((state) => state.reaction)).toEqual(states.map(() => 'A'));
    expect(states.every((state) => /^tftp:\/\/127\.0\.0\.1:\d+\/Cisco\//.test(state.url ?? ''))).toBe(true);
    const reported = fleet.phones.map((phone) => phone.events.filter((event) => event.kind === 'reported').length);
    expect(reported).toEqual(states.map(() => 1));
    const macs = new Set<string>(states.map((state) => state.mac));
    await until(async () => (await phones()).filter((phone) => macs.has(phone.mac) && /^(?:resynced|reported|proved)$/.test(phone.stage)).length === 20);
  });

  it('gets the profile by HTTP where TFTP is not reached', async () => {
    const fleet = plugIn({
      seed: 12, count: 3,
      server: { address: HERE, dhcpPort: null, tftpPort: servers['syslog']?.port ?? 0, httpPort: servers['http']?.port ?? 0, syslogPort: servers['syslog']?.port ?? 0 },
    });
    await fleet.finished;
    for (const phone of fleet.phones) expect(phone.state()).toMatchObject({ reaction: 'A' });
    expect(fleet.phones[0]?.state().url).toMatch(/^http:/);
  });

  it('a phone that never sends its last acknowledgement, one that reboots and a slow one come through as well', async () => {
    const fleet = plugIn({
      seed: 13, count: 3,
      faults: (index) => [(['vanish-before-last-ack', 'reboot-mid-transfer', 'slow'] as const)[index] ?? 'slow'],
    });
    await fleet.finished;
    expect(fleet.phones.map((phone) => phone.state().reaction)).toEqual(['A', 'A', 'A']);
  });

  it('an enterprise load is not provisioned, and the bench says so', async () => {
    const fleet = plugIn({ seed: 14, count: 1, faults: () => ['enterprise-load'] });
    await fleet.finished;
    const mac = fleet.phones[0]?.state().mac;
    await until(async () => JSON.stringify((await phones()).find((phone) => phone.mac === mac)?.attention).includes('enterprise-load'));
  });

  it('a resync asked for by the bench is seen as a second fetch', async () => {
    const port = await quietPort();
    const fleet = plugIn({ seed: 15, count: 1, web: port });
    await fleet.finished;
    expect(await requestResync({ address: HERE, port }, { timeoutMs: 60_000 })).toMatchObject({ ok: true });
    await until(async () => fleet.phones[0]?.state().resyncs === 2);
  });

  it('the probe finds it right', async () => {
    const port = (name: string): string => String(servers[name]?.port);
    const out = await dialbench(
      'probe', '--server', HERE, '--tftp-port', port('tftp'), '--http-port', port('http'), '--syslog-port', port('syslog'),
      '--dns-port', port('dns'), '--sntp-port', port('sntp'), '--json',
    );
    expect(JSON.parse(out)).toMatchObject({ right: true });
  });
});
