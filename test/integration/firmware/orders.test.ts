import { createRouterClient } from '@orpc/server';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BenchClient } from '../../../common/contract/contract.ts';
import type { Ipv4 } from '../../../common/values/ip.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { ServerName } from '../../../common/values/server.ts';
import { findModel } from '../../../common/values/model.ts';
import { openBench, type Bench } from '../../../main/app/bench.ts';
import { installedFiles } from '../../../main/cli/installed.ts';
import { reachFirmware } from '../../../main/simulator/fleet-firmware.ts';
import { startFleet, type Fleet } from '../../../main/simulator/fleet.ts';
import { dialbench, temporaryFolder } from '../../support/bench-process.ts';

const LOAD = 'sip88xx.12-0-7MPP0201-66.loads';
const HERE = '127.0.0.1' as Ipv4;
/** A template that says nothing of firmware: phones must be told by their own web page. */
const PROFILE = '<flat-profile><Resync_Periodic ua="na">30</Resync_Periodic><Syslog_Server ua="na">{{bench_syslog}}</Syslog_Server></flat-profile>';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let bench: Bench | null = null;
let fleet: Fleet | null = null;
const stops: (() => void)[] = [];

beforeEach(async () => { folder = await temporaryFolder(); });
afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  await fleet?.stop();
  await bench?.stop();
  fleet = bench = null;
  await folder.remove();
});

const macOf = (index: number): Mac => `00562b0432${(index + 16).toString(16)}` as Mac;

async function open(count: number): Promise<BenchClient> {
  expect((await dialbench('firmware', 'make-sample', join(folder.path, 'samples'), '--load', LOAD, '--mb', '1')).code).toBe(0);
  const opened = await openBench({
    ...installedFiles(), folder: join(folder.path, 'bench'), now: Date.now, secrets: { kind: 'key-file' }, serve: true, demo: false, card: null, address: HERE,
    ports: { dhcp: 'off', tftp: 0, http: 0, https: 'off', syslog: 0, dns: 'off', sntp: 'off', cwmp: 'off' },
    dhcp: { start: false, pool: null, policy: 'phones', stopAfter: null }, tftpSinglePort: false, adopt: 'enrolled',
    phoneWeb: (mac) => {
      const port = fleet?.phones.map((phone) => phone.state()).find((state) => state.mac === mac)?.webPort;
      return port == null ? null : { address: HERE, port };
    },
  }, { status: () => ({ running: false, phones: [], ends: false }), start: () => Promise.reject(new Error('no demo')), stop: () => Promise.reject(new Error('no demo')) });
  if (!opened.ok) throw new Error(opened.failure.code);
  bench = opened.value;
  await bench.ready;
  const client: BenchClient = createRouterClient(bench.router, { context: {} });
  await client.firmware.add({ paths: [join(folder.path, 'samples')] });
  await client.imports.take({ text: ['mac,model', ...Array.from({ length: count }, (_, index) => `${macOf(index)},CP-8851-3PCC`)].join('\n') });
  await client.profiles.add({ name: 'ours', text: PROFILE, scope: '*' });
  return client;
}

function plugIn(count: number): Fleet {
  const port = (name: ServerName): number => bench?.servers().find((server) => server.name === name)?.port ?? 0;
  const model = findModel('CP-8851-3PCC');
  fleet = startFleet({
    count, source: 'given', pace: 50, staggerMs: 10, seed: 3, web: 0,
    server: { address: HERE, dhcpPort: null, tftpPort: port('tftp'), httpPort: port('http'), syslogPort: port('syslog') },
    identity: (born, index) => ({ ...born, mac: macOf(index), model: model ?? born.model, firmware: 'sip88xx.11-3-1MSR3-1' }),
  });
  return fleet;
}

describe('phones whose profile says nothing of firmware', () => {
  it('are told by their own web page, load from this bench, and are done when they show the version', async () => {
    const client = await open(2);
    await plugIn(2).finished;
    const pushed = await client.firmware.push({ target: LOAD });
    expect(pushed.queued).toEqual([macOf(0), macOf(1)]);
    const ends = await reachFirmware(fleet ?? plugIn(0), { target: 'sip88xx.12-0-7MPP0201-66', withinMs: 120_000, givenUp: () => false });
    expect(ends.map(({ kind }) => kind), JSON.stringify(await client.firmware.waves())).toEqual(['reached', 'reached']);
    await expect.poll(async () => (await client.firmware.waves()).waves[0]?.phones.map(({ state }) => state)).toEqual(['done', 'done']);
  });

  it('are sent to another store over HTTP, and are done when they show the version, though no byte came from here', async () => {
    const asked: string[] = [];
    const store = createServer((request, response) => {
      asked.push(basename(request.url ?? ''));
      createReadStream(join(folder.path, 'samples', basename(request.url ?? ''))).on('error', () => response.writeHead(404).end()).pipe(response);
    });
    await new Promise<void>((resolve) => store.listen(0, HERE, resolve));
    stops.push(() => { store.closeAllConnections(); store.close(); });
    const client = await open(1);
    await client.settings.put({ firmwareStore: `http://127.0.0.1:${(store.address() as AddressInfo).port}/mpp` });
    await plugIn(1).finished;
    await client.firmware.push({ target: LOAD });
    const ends = await reachFirmware(fleet ?? plugIn(0), { target: 'sip88xx.12-0-7MPP0201-66', withinMs: 120_000, givenUp: () => false });
    expect(ends.map(({ kind }) => kind), JSON.stringify([asked, await client.firmware.waves()])).toEqual(['reached']);
    expect(asked[0]).toBe(LOAD);
    await expect.poll(async () => (await client.firmware.waves()).waves[0]?.phones[0]?.state).toBe('done');
  });

  it('wait while they are paused, tell why they cannot be told, and leave their load free once they are taken out', async () => {
    const client = await open(1);
    await client.firmware.push({ target: LOAD });
    expect(await client.firmware.pause({ mac: macOf(0) })).toEqual({ changed: 1 });
    expect((await client.firmware.waves()).waves[0]?.phones[0]).toMatchObject({ paused: true });
    expect(await client.firmware.resume({})).toEqual({ changed: 1 });
    await expect.poll(async () => (await client.firmware.waves()).waves[0]?.phones[0]?.problem?.code).toBe('phone.no-address');
    expect(await client.firmware.cancel({})).toEqual({ changed: 1 });
    expect((await client.firmware.waves()).waves[0]).toMatchObject({ state: 'ended', phones: [{ state: 'cancelled' }] });
    await expect(client.firmware.remove({ name: LOAD })).resolves.toMatchObject({ removed: expect.arrayContaining([LOAD]) as string[] });
  });
});
