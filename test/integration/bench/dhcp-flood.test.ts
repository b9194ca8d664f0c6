import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { dialbench, run, startBench, temporaryFolder } from '../../support/bench-process.ts';
import { makeTestNetwork, namespacesRefused } from '../../support/network/namespace.ts';

const FLOOD = fileURLToPath(new URL('../../support/dhcp/flood.ts', import.meta.url));
const hasDhclient = spawnSync('dhclient', ['--version']).status === 0;
const refused = namespacesRefused() ?? (hasDhclient ? null : 'dhclient is not installed');
if (refused !== null) console.warn(`skipped: a real phone beside thousands of false DHCP packets (${refused})`);

it.skipIf(refused !== null)('a real client gets its address beside thousands of packets that are broken, or share one MAC and one client id', async () => {
  const network = makeTestNetwork('flood', { cidr: '10.70.0.1/24', clients: 2 });
  const folder = await temporaryFolder();
  try {
    const [phone = '', stranger = ''] = network.clients;
    await writeFile(join(folder.path, 'dhclient.conf'), 'send vendor-class-identifier "Cisco Systems, Inc. IP Phone CP-8841-3PCC";\ntimeout 25;\n');
    await run('ip', ['-n', stranger, 'address', 'add', '10.70.0.9/24', 'dev', 'phone0']);
    const bench = await startBench(['--data', folder.path, '--dhcp', network.card, '--dhcp-pool', '10.70.0.100-10.70.0.150', '--ui', 'off'], network.inside(network.server));
    expect(bench.servers.dhcp.state).toBe('listening');
    const flood = run('ip', ['netns', 'exec', stranger, process.execPath, '--disable-warning=ExperimentalWarning', FLOOD, '10.70.0.1', '6000']);
    const leased = await run('ip', [
      'netns', 'exec', phone, 'dhclient', '-1', '-v', '-cf', join(folder.path, 'dhclient.conf'), '-lf', join(folder.path, 'leases'), '-pf', join(folder.path, 'pid'),
      '-sf', '/bin/true', 'phone0',
    ]);
    expect(leased.stderr).toMatch(/bound to 10\.70\.0\.1\d\d/);
    await run('ip', ['netns', 'exec', phone, 'dhclient', '-x', '-pf', join(folder.path, 'pid'), '-lf', join(folder.path, 'leases'), '-sf', '/bin/true', 'phone0']);
    expect((await flood).code).toBe(0);
    const rows = (await dialbench('events', '--data', folder.path, '--json')).stdout.split('\n').filter((row) => row.includes('"10.70.0.9"'));
    // Heard, and told of a bounded number of times.
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.length).toBeLessThan(6000);
    expect(await bench.stop()).toBe(0);
    expect(bench.stderr()).toBe('');
    expect((await dialbench('evidence', '--data', folder.path, 'verify')).code).toBe(0);
  } finally {
    network.remove();
    await folder.remove();
  }
});
