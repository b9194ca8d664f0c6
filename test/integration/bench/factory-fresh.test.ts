import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialbench, run, startBench, temporaryFolder, type BenchProcess } from '../../support/bench-process.ts';
import { eventually } from '../../support/eventually.ts';
import { makeTestNetwork, namespacesRefused, type TestNetwork } from '../../support/network/namespace.ts';

const refused = namespacesRefused();
if (refused !== null) console.warn(`skipped: a bench on a network of its own (${refused})`);

interface StatusJson {
  readonly phones: readonly { readonly mac: string; readonly ip: string | null; readonly stage: string; readonly model: string | null }[];
}

describe.skipIf(refused !== null)('a bench on the card that goes to the phones', () => {
  let network: TestNetwork;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let bench: BenchProcess;
  const mac = '00562b0a0b0c';
  const inPhone = (...command: string[]) => run('ip', ['netns', 'exec', network.clients[0] ?? '', ...command]);
  const phones = async (): Promise<StatusJson['phones']> =>
    (JSON.parse((await dialbench('status', '--data', folder.path, '--json')).stdout) as StatusJson).phones;

  beforeAll(async () => {
    network = makeTestNetwork('fresh', { cidr: '10.66.0.1/24', clients: 1 });
    folder = await temporaryFolder();
    await inPhone('ip', 'link', 'set', 'phone0', 'address', '00:56:2b:0a:0b:0c');
    await writeFile(join(folder.path, 'list.csv'), `mac,name,dhcp_ip\n${mac},Reception,10.66.0.77\n`);
    await writeFile(join(folder.path, 'profile.xml'), '<flat-profile><Station_Name>{{name}} at {{bench_address}}</Station_Name></flat-profile>');
    await writeFile(
      join(folder.path, 'dhclient.conf'),
      'option bench-150 code 150 = array of ip-address;\noption bench-160 code 160 = text;\n' +
        'send vendor-class-identifier "Cisco Systems, Inc. IP Phone CP-8841-3PCC";\n' +
        'request subnet-mask, broadcast-address, domain-name, tftp-server-name, bench-150, bench-160;\ntimeout 20;\n',
    );
    await dialbench('phones', '--data', folder.path, 'import', join(folder.path, 'list.csv'));
    await dialbench('profiles', '--data', folder.path, 'add', 'all', join(folder.path, 'profile.xml'), '--for', '*');
    bench = await startBench(['--data', folder.path, '--dhcp', network.card, '--ui', 'off'], network.inside(network.server));
  });
  afterAll(async () => {
    await bench.stop();
    network.remove();
    await folder.remove();
  });

  it('has probed for other servers and listens on the real ports with the card’s address', () => {
    expect(bench.servers).toMatchObject({
      dhcp: { state: 'listening', port: 67 },
      tftp: { state: 'listening', address: '10.66.0.1', port: 69 },
      http: { state: 'listening', address: '10.66.0.1', port: 80 },
      syslog: { state: 'listening', address: '10.66.0.1', port: 514 },
    });
  });

  it('gives the phone an address and tells it where its files are', async () => {
    const leases = join(folder.path, 'dhclient.leases');
    const got = await inPhone(
      'dhclient', '-1', '-v', '-cf', join(folder.path, 'dhclient.conf'), '-lf', leases, '-pf', join(folder.path, 'dhclient.pid'),
      '-sf', '/bin/true', 'phone0',
    );
    expect(got.stderr).toContain('bound to 10.66.0.77');
    const { stdout } = await run('cat', [leases]);
    expect(stdout).toContain('option tftp-server-name "10.66.0.1"');
    expect(stdout).toContain('option bench-150 10.66.0.1');
    expect(stdout).toContain('option bench-160 "http://10.66.0.1"');
    expect(stdout).toContain('option domain-name "bench.internal"');
    await inPhone('dhclient', '-x', '-pf', join(folder.path, 'dhclient.pid'), '-cf', join(folder.path, 'dhclient.conf'), '-lf', leases, '-sf', '/bin/true', 'phone0');
    await eventually(async () => expect((await phones())[0]).toMatchObject({ mac, stage: 'addressed', model: 'CP-8841-3PCC' }));
  });

  it('knows the phone by its leased address when the name carries only the model', async () => {
    const ip = (await phones())[0]?.ip ?? '';
    await inPhone('ip', 'address', 'add', `${ip}/24`, 'dev', 'phone0');
    const { stdout } = await inPhone('curl', '-s', '--max-time', '10', 'tftp://10.66.0.1/8841-3PCC.xml');
    expect(stdout).toBe('<flat-profile><Station_Name>Reception at 10.66.0.1</Station_Name></flat-profile>');
    await eventually(async () => expect((await phones())[0]).toMatchObject({ stage: 'profile' }));
  });

  it('is done when the phone says so', async () => {
    await inPhone('logger', '-n', '10.66.0.1', '-P', '514', '-d', 'CP-8841-3PCC 00:56:2b:0a:0b:0c -- Successful resync tftp://10.66.0.1:69/8841-3PCC.xml');
    await eventually(async () => expect((await phones())[0]).toMatchObject({ stage: 'resynced' }));
  });
});
