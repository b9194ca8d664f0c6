import { createSocket } from 'node:dgram';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { dialbench, FREE_PORTS, startBench, temporaryFolder } from '../../support/bench-process.ts';
import { eventually } from '../../support/eventually.ts';

interface Status {
  readonly phones: readonly { readonly stage: string; readonly attention: unknown }[];
}

it('a clock that jumps by years, back and forth, costs no phone its profile and no row of the evidence', async () => {
  const folder = await temporaryFolder();
  const at = (name: string): string => join(folder.path, name);
  await writeFile(at('list.csv'), 'mac\n00562b043615\n');
  await writeFile(at('profile.xml'), '<flat-profile><Station_Name>{{mac}}</Station_Name></flat-profile>');
  // The clock of the bench's process alone: a file says by how many milliseconds it is wrong.
  await writeFile(at('clock.mjs'), `import { readFileSync } from 'node:fs';
    const right = Date.now;
    Date.now = () => right() + Number(readFileSync(${JSON.stringify(at('skew'))}, 'utf8'));`);
  await writeFile(at('skew'), '0');
  await dialbench('phones', '--data', folder.path, 'import', at('list.csv'));
  await dialbench('profiles', '--data', folder.path, 'add', 'all', at('profile.xml'), '--for', '*');
  const bench = await startBench(['--data', folder.path, ...FREE_PORTS], ['env', `NODE_OPTIONS=--import=${pathToFileURL(at('clock.mjs')).href}`]);
  const socket = createSocket('udp4');
  const years = 365 * 86_400_000;
  for (const skew of [10 * years, -20 * years, 0]) {
    await writeFile(at('skew'), String(skew));
    const url = `http://127.0.0.1:${bench.servers.http.port}/00562b043615.cfg`;
    expect(await (await fetch(url)).text()).toContain('00562b043615');
    socket.send('<134>CP-8841-3PCC 00:56:2b:04:36:15 -- Resync failed: timeout', bench.servers.syslog.port, '127.0.0.1');
    const phone = async (): Promise<Status['phones'][number] | undefined> =>
      (JSON.parse((await dialbench('status', '--data', folder.path, '--json')).stdout) as Status).phones[0];
    await eventually(async () => expect((await phone())?.attention).not.toBeNull());
    socket.send('<134>CP-8841-3PCC 00:56:2b:04:36:15 -- Successful resync http://x/', bench.servers.syslog.port, '127.0.0.1');
    await eventually(async () => expect(await phone()).toMatchObject({ stage: 'resynced', attention: null }));
  }
  socket.close();
  expect(await bench.stop()).toBe(0);
  expect(bench.stderr()).toBe('');
  expect((await dialbench('evidence', '--data', folder.path, 'verify')).code).toBe(0);
  await folder.remove();
});
