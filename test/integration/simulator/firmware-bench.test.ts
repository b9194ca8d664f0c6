import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ipv4 } from '../../../common/values/ip.ts';
import type { Model } from '../../../common/values/model.ts';
import type { PhoneEvent } from '../../../main/simulator/events.ts';
import type { Fault } from '../../../main/simulator/faults.ts';
import { startFleet } from '../../../main/simulator/fleet.ts';
import type { Fleet, FleetOptions } from '../../../main/simulator/fleet.ts';
import { reachFirmware } from '../../../main/simulator/fleet-firmware.ts';
import { dialbench, FREE_PORTS, startBench, temporaryFolder } from '../../support/bench-process.ts';
import type { BenchProcess } from '../../support/bench-process.ts';

const OLD = 'sip88xx.11-0-0MPP-376';
const HOP = 'sip88xx.11-3-1MSR3-1';
const TARGET = 'sip88xx.12-0-7MPP0201-66';
/** A model for each scheme: profiles are given by model. */
const SCHEMES = { tftp: '8811', http: '8841', https: '8851' } as const;
type Scheme = keyof typeof SCHEMES;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let bench: BenchProcess;
const fleets: Fleet[] = [];
const hashes = new Map<string, string>();

async function command(...args: string[]): Promise<void> {
  const [name = '', ...rest] = args;
  const ran = await dialbench(name, '--data', join(folder.path, 'bench'), ...rest);
  expect(ran.code, ran.stderr + ran.stdout).toBe(0);
}

beforeAll(async () => {
  folder = await temporaryFolder();
  const at = (name: string): string => join(folder.path, name);
  for (const load of [HOP, TARGET]) {
    const made = await dialbench('firmware', 'make-sample', at('sample'), '--mb', '0.4', '--load', `${load}.loads`);
    expect(made.code, made.stderr).toBe(0);
  }
  for (const name of readdirSync(at('sample'))) hashes.set(name, createHash('sha256').update(readFileSync(join(at('sample'), name))).digest('hex'));
  bench = await startBench(['--data', at('bench'), ...FREE_PORTS, '--https', '0', '--adopt', 'all']);
  await command('firmware', 'add', at('sample'));
  await mkdir(at('templates'));
  for (const [scheme, model] of Object.entries(SCHEMES)) {
    const server = bench.servers[scheme as Scheme];
    const base = `${scheme}://${scheme === 'https' ? 'bench.internal' : '127.0.0.1'}:${server.port}/firmware`;
    const parameters = {
      Upgrade_Rule: `( $SWVER lt ${HOP} )? ${base}/${HOP}.loads | ( $SWVER lt ${TARGET} )? ${base}/${TARGET}.loads`,
      Peer_Firmware_Sharing: 'No', Upgrade_Error_Retry_Delay: '1800', Resync_Random_Delay: '0', Syslog_Server: `127.0.0.1:${bench.servers.syslog.port}`,
      ...(scheme === 'https' ? { Custom_CA_Rule: `http://127.0.0.1:${bench.servers.http.port}/ca.pem` } : {}),
    };
    const lines = Object.entries(parameters).map(([name, value]) => `<${name} ua="na">${value}</${name}>`);
    await writeFile(at(`templates/${scheme}.xml`), `<flat-profile>\n${lines.join('\n')}\n</flat-profile>\n`);
    await command('profiles', 'add', scheme, at(`templates/${scheme}.xml`), '--for', `CP-${model}-3PCC`);
  }
});

afterAll(async () => {
  for (const fleet of fleets) await fleet.stop();
  await bench.stop();
  await folder.remove();
});

function plugIn(scheme: Scheme, seed: number, count: number, log: (event: PhoneEvent) => void, more: Partial<FleetOptions> = {}): Fleet {
  const { tftp, http, https, syslog, dns } = bench.servers;
  const fleet = startFleet({
    count, seed, source: 'given', pace: 200, staggerMs: 0, log,
    server: { address: '127.0.0.1' as Ipv4, dhcpPort: null, tftpPort: tftp.port, httpPort: http.port, httpsPort: https.port, syslogPort: syslog.port, dnsPort: dns.port },
    identity: (born) => ({ ...born, model: `CP-${SCHEMES[scheme]}-3PCC` as Model, firmware: OLD }),
    ...more,
  });
  fleets.push(fleet);
  return fleet;
}

describe('virtual phones take firmware from the real bench', () => {
  it.each([['tftp', 1, 1], ['tftp', 16, 2], ['http', 1, 3], ['https', 1, 4]] as const)('through two hops over %s (TFTP window %i), every byte as it was added', async (scheme, tftpWindow, seed) => {
    const got = new Map<string, string>();
    const fleet = plugIn(scheme, seed, 3, (event) => {
      if (event.kind === 'got' && event.url.includes('/firmware/')) got.set(event.url.split('/').at(-1) ?? '', event.sha256);
    }, { own: () => ({ tftpWindow }) });
    const ends = await reachFirmware(fleet, { target: TARGET, withinMs: 150_000 });
    expect(ends.map(({ kind, state }) => [kind, state.upgrades, state.upgradeError])).toEqual(ends.map(() => ['reached', 2, null]));
    const asked = fleet.phones[0]?.events.find((event) => event.kind === 'said' && event.line.includes('Requesting upgrade'));
    expect(asked).toMatchObject({ line: expect.stringContaining(`Requesting upgrade ${scheme}://127.0.0.1:${bench.servers[scheme].port}/firmware/${HOP}.loads`) as string });
    expect(new Map([...got].sort())).toEqual(new Map([...hashes].sort()));
  });

  it('with every fault at once: each phone ends at its target, or where its fault leaves it', async () => {
    const faults: readonly (readonly Fault[])[] = [
      [], ['reboot-mid-upgrade'], ['never-upgrades'], ['loses-power-each-upgrade'], ['wrong-hash'], ['stops-acking'], ['vanish-before-last-ack'], ['reboot-mid-transfer'], ['slow'],
    ];
    const hopeless = (index: number): boolean => [2, 3, 4, 5].includes(index);
    const fleet = plugIn('tftp', 5, faults.length, () => undefined, { faults: (index) => faults[index] ?? [] });
    const ends = await reachFirmware(fleet, {
      target: TARGET, withinMs: 150_000,
      givenUp: (state, index) => hopeless(index) && (state.upgradeTries >= 2 || state.upgradeError !== null),
    });
    expect(ends.map(({ kind }) => kind)).toEqual(faults.map((_, index) => (hopeless(index) ? 'given-up' : 'reached')));
    expect(ends.flatMap(({ state }, index) => (hopeless(index) ? [state.firmware] : []))).toEqual([OLD, OLD, OLD, OLD]);
    expect(ends[4]?.state.upgradeError).toMatch(/signature verification failed/);
    expect(ends[5]?.state.upgradeError).toBe('Timed out');
  });
});
