import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { dialbench, FREE_PORTS, startBench, temporaryFolder, type BenchProcess } from '../../support/bench-process.ts';
import { hasProgram, ipInside, runInside, type Ran } from '../../support/dhcp/in-namespace.ts';
import { eventually } from '../../support/eventually.ts';
import { makeTestNetwork, namespacesRefused, type TestNetwork } from '../../support/network/namespace.ts';

const refused = namespacesRefused() ?? (hasProgram('busybox') ? null : 'busybox is not on this machine');
if (refused !== null) console.warn(`skipped: the whole bench with a DHCP client, ${refused}`);

const PHONE = 'Cisco Systems, Inc. IP Phone CP-8841-3PCC';
const MAC = '00562b000a01';

describe.skipIf(refused !== null)('a phone on the whole bench', () => {
  let network: TestNetwork | null = null;
  let bench: BenchProcess | null = null;
  afterEach(async () => {
    await bench?.stop();
    network?.remove();
    bench = network = null;
  });

  it('gets its lease, is seen as addressed, and keeps its address through a kill -9', async () => {
    const laid = makeTestNetwork('dhcp-whole', { cidr: '10.66.0.1/24', clients: 1 });
    network = laid;
    const phone = laid.clients[0] ?? '';
    ipInside(phone, 'link', 'set', 'phone0', 'down');
    ipInside(phone, 'link', 'set', 'phone0', 'address', MAC.replaceAll(/(..)(?!$)/g, '$1:'));
    ipInside(phone, 'link', 'set', 'phone0', 'up');
    const folder = await temporaryFolder();
    writeFileSync(join(folder.path, 'list.csv'), `mac,model\n${MAC},CP-8841-3PCC\n`);
    expect((await dialbench('phones', '--data', folder.path, 'import', join(folder.path, 'list.csv'))).code).toBe(0);
    const serve = (): Promise<BenchProcess> =>
      startBench(['--data', folder.path, ...FREE_PORTS, '--dhcp', 'bench0', '--dhcp-pool', '10.66.0.100-10.66.0.200'], laid.inside(laid.server));
    const ask = (...more: string[]): Promise<Ran> =>
      runInside([...laid.inside(phone), 'busybox', 'udhcpc', '-i', 'phone0', '-f', '-q', '-n', '-t', '3', '-T', '2', '-V', PHONE, '-s', '/bin/true', ...more]);

    bench = await serve();
    expect(bench.servers.dhcp).toMatchObject({ state: 'listening', address: '10.66.0.1', port: 67, error: null });
    expect((await ask('-r', '10.66.0.177')).output).toContain('lease of 10.66.0.177 obtained from 10.66.0.1');
    await bench.kill();

    bench = await serve();
    expect((await ask()).output).toContain('lease of 10.66.0.177 obtained from 10.66.0.1');
    await eventually(async () => {
      const { stdout } = await dialbench('status', '--data', folder.path, '--json');
      const status = JSON.parse(stdout) as { phones: { mac: string; ip: string; stage: string }[] };
      expect(status.phones).toContainEqual(expect.objectContaining({ mac: MAC, ip: '10.66.0.177', stage: 'addressed', model: 'CP-8841-3PCC' }));
    });
    await bench.stop();
    bench = null;
    await folder.remove();
  });
});
