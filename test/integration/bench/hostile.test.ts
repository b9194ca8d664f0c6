import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dialbench, startBench, temporaryFolder, type BenchProcess } from '../../support/bench-process.ts';
import { openPage, type PageClient } from '../../support/page-client.ts';
import { fetchFile, openPhone, request } from '../../support/tftp-client.ts';
import { junkOf, MUTATED } from '../../support/junk.ts';

const PROFILE = '<flat-profile><Station_Name>00562b043615</Station_Name></flat-profile>';

describe('a bench among strangers', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let bench: BenchProcess;
  let page: PageClient;

  beforeAll(async () => {
    folder = await temporaryFolder();
    await writeFile(join(folder.path, 'list.csv'), 'mac\n00562b043615\n');
    await writeFile(join(folder.path, 'profile.xml'), '<flat-profile><Station_Name>{{mac}}</Station_Name></flat-profile>');
    await dialbench('phones', '--data', folder.path, 'import', join(folder.path, 'list.csv'));
    await dialbench('profiles', '--data', folder.path, 'add', 'all', join(folder.path, 'profile.xml'), '--for', '*');
    bench = await startBench(['--data', folder.path, '--tftp', '0', '--http', '0', '--syslog', '0', '--dns', '0', '--https', 'off', '--sntp', '0', '--ui', '0']);
    page = await openPage(bench.ui ?? '');
  });
  afterAll(async () => {
    page.close();
    expect(await bench.stop()).toBe(0);
    expect(bench.stderr()).toBe('');
    expect((await dialbench('evidence', '--data', folder.path, 'verify')).code).toBe(0);
    await folder.remove();
  });
  // Whatever came before: the enrolled phone gets its profile over both, and the person sees the bench.
  afterEach(async () => {
    const { http, tftp } = bench.servers;
    const answer = await fetch(`http://127.0.0.1:${http.port}/00562b043615.cfg`);
    expect(await answer.text()).toBe(PROFILE);
    expect(await byTftp(tftp.port)).toBe(PROFILE);
    expect((await page.client.bench.view()).counts.all).toBe(1);
  });

  it('takes any bytes on every UDP port', async () => {
    const socket = createSocket('udp4');
    for (const [index, bytes] of [...MUTATED, ...Array.from({ length: 3000 }, (_, seed) => junkOf(seed, seed % 1400))].entries()) {
      for (const port of [bench.servers.tftp.port, bench.servers.syslog.port]) socket.send(bytes, port, '127.0.0.1');
      if (index % 100 === 0) await wait(5);
    }
    await wait(300);
    socket.close();
  });

  it('takes any bytes on every TCP port, and connections that are reset', async () => {
    const ports = [bench.servers.http.port, bench.servers.syslog.tcpPort ?? 0, Number(new URL(bench.ui ?? '').port)];
    for (const port of ports) {
      for (let seed = 0; seed < 120; seed += 1) await throwAt({ port, host: '127.0.0.1' }, seed < MUTATED.length ? MUTATED[seed] ?? Buffer.of() : junkOf(seed, seed * 40));
    }
    for (let seed = 0; seed < 60; seed += 1) await throwAt({ path: join(folder.path, 'control.sock') }, junkOf(seed, 200));
  });

  it('stays as large as it was, however often somebody comes with the same', async () => {
    const port = bench.servers.syslog.port;
    const socket = createSocket('udp4');
    let seed = 0;
    const round = async (): Promise<number> => {
      for (let n = 0; n < 3000; n += 1) {
        const mac = junkOf((seed += 1), 6).toString('hex').replaceAll(/..(?!$)/g, '$&:');
        socket.send(`<134>CP-8841-3PCC ${mac} -- Resync failed: ${'x'.repeat(100)}`, port, '127.0.0.1');
        if (n % 100 === 0) await wait(5);
      }
      await wait(500);
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${bench.pid}/status`, 'utf8'))?.[1]);
    };
    for (let n = 0; n < 2; n += 1) await round();
    const before = await round();
    for (let n = 0; n < 2; n += 1) await round();
    expect(await round()).toBeLessThan(before + 80_000);
    // Made-up phones are shown, and they end somewhere.
    expect((await page.client.bench.view()).counts.strangers).toBeLessThanOrEqual(1000);
    socket.close();
  });

  it('serves on beside 1,500 half-open transfers and 200 open connections', async () => {
    const phones = await Promise.all(Array.from({ length: 300 }, openPhone));
    for (const phone of phones) for (let n = 0; n < 5; n += 1) phone.send(request(`00562b04361${n}.cfg`), bench.servers.tftp.port);
    const open = Array.from({ length: 200 }, () => connect(bench.servers.http.port, '127.0.0.1', function (this: ReturnType<typeof connect>) { this.write('GET / HT'); }));
    for (const socket of open) socket.on('error', () => undefined);
    await wait(500);
    expect(await byTftp(bench.servers.tftp.port)).toBe(PROFILE);
    for (const socket of open) socket.resetAndDestroy();
    for (const phone of phones) phone.close();
  });
});

async function byTftp(port: number): Promise<string> {
  return Buffer.from(await fetchFile({ port, path: '00562b043615.cfg' })).toString();
}

function throwAt(target: { readonly port: number; readonly host: string } | { readonly path: string }, bytes: Buffer): Promise<void> {
  return new Promise((done) => {
    const socket = connect(target, () => {
      socket.write(bytes);
      setTimeout(() => ('port' in target ? socket.resetAndDestroy() : socket.destroy()), 2);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => done());
  });
}
