import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dialbench, FREE_PORTS, run, startBench, temporaryFolder } from '../../support/bench-process.ts';
import { eventually } from '../../support/eventually.ts';
import { makeTestNetwork, namespacesRefused } from '../../support/network/namespace.ts';
import { openPage } from '../../support/page-client.ts';

const isRoot = process.getuid?.() === 0;
const refused = namespacesRefused();
if (!isRoot) console.warn('skipped: a full disk and a card that disappears need root');

interface Served {
  readonly servers: Readonly<Record<string, { readonly state: string; readonly error: { readonly code: string; readonly sentence: string } | null }>>;
}

async function status(folder: string): Promise<Served> {
  return JSON.parse((await dialbench('status', '--data', folder, '--json')).stdout) as Served;
}

describe('a bench in trouble', () => {
  it('names who holds a port and starts the other servers all the same', async () => {
    const folder = await temporaryFolder();
    const first = await startBench(['--data', join(folder.path, 'one'), ...FREE_PORTS]);
    const port = String(first.servers.http.port);
    const second = await startBench(['--data', join(folder.path, 'two'), '--tftp', '0', '--http', port, '--syslog', '0', '--dns', '0', '--https', 'off', '--sntp', '0', '--ui', 'off']);
    expect(second.servers.http).toMatchObject({ state: 'failed', error: { code: 'server.port-taken' } });
    expect(second.servers.http.error?.sentence).toContain(String(first.pid));
    expect(second.servers.tftp.state).toBe('listening');
    await Promise.all([first.stop(), second.stop()]);
    await folder.remove();
  });

  it('refuses a card that does not exist with exit 2 and an address that is not the card’s', async () => {
    const folder = await temporaryFolder();
    expect(await dialbench('serve', '--data', folder.path, '--dhcp', 'nosuch0', '--ui', 'off')).toMatchObject({
      code: 2, stderr: expect.stringContaining('nosuch0') as string,
    });
    expect(await dialbench('serve', '--data', folder.path, '--dhcp', 'lo', '--address', '10.1.2.3', '--ui', 'off')).toMatchObject({ code: 2 });
    await folder.remove();
  });

  it.skipIf(!isRoot)('keeps serving on a full disk, says so, and writes down what it held once there is room', async () => {
    const folder = await temporaryFolder();
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder.path]);
    expect(mounted.code, mounted.stderr).toBe(0);
    try {
      await writeFile(join(folder.path, 'list.csv'), 'mac\n00562b043615\n');
      await writeFile(join(folder.path, 'profile.xml'), '<flat-profile><Station_Name>{{mac}}</Station_Name></flat-profile>');
      await dialbench('phones', '--data', folder.path, 'import', join(folder.path, 'list.csv'));
      await dialbench('profiles', '--data', folder.path, 'add', 'all', join(folder.path, 'profile.xml'), '--for', '*');
      const bench = await startBench(['--data', folder.path, '--tftp', '0', '--http', '0', '--syslog', '0', '--dns', '0', '--https', 'off', '--sntp', '0', '--ui', '0']);
      const page = await openPage(bench.ui ?? '');
      await run('dd', ['if=/dev/zero', `of=${join(folder.path, 'ballast')}`, 'bs=64k', 'count=1000']);
      const fetchProfile = () => run('curl', ['-s', `http://127.0.0.1:${bench.servers.http.port}/00562b043615.cfg`]);
      for (let round = 0; round < 300; round += 1) expect((await fetchProfile()).stdout).toContain('00562b043615');
      await eventually(async () => {
        const { remarks } = await page.client.servers.view();
        expect(remarks.map(({ code }) => code).join()).toMatch(/disk-full|write-failed/);
      });
      await rm(join(folder.path, 'ballast'));
      await eventually(async () => {
        const { rows } = await page.client.activity.requests({ text: 'server:http', limit: 500 });
        expect(rows).toHaveLength(300);
      });
      page.close();
      expect(await bench.stop()).toBe(0);
      expect((await dialbench('evidence', '--data', folder.path, 'verify')).code).toBe(0);
    } finally {
      await run('umount', [folder.path]);
      await folder.remove();
    }
  });

  it.skipIf(refused !== null)('stops and says why when its card disappears', async () => {
    const network = makeTestNetwork('gone', { cidr: '10.67.0.1/24', clients: 1 });
    const folder = await temporaryFolder();
    const bench = await startBench(['--data', folder.path, '--dhcp', network.card, '--ui', 'off'], network.inside(network.server));
    try {
      expect(bench.servers.dhcp.state).toBe('listening');
      await run('ip', ['-n', network.server, 'link', 'delete', network.card]);
      await eventually(async () => {
        const { servers } = await status(folder.path);
        for (const name of ['dhcp', 'tftp', 'http', 'syslog']) {
          expect(servers[name], name).toMatchObject({ state: 'failed', error: { sentence: expect.stringContaining(network.card) as string } });
        }
      });
    } finally {
      await bench.stop();
      network.remove();
      await folder.remove();
    }
  });
});
