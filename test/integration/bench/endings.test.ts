import { createSocket } from 'node:dgram';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dialbench, FREE_PORTS, run, startBench, temporaryFolder, type BenchProcess } from '../../support/bench-process.ts';
import { eventually } from '../../support/eventually.ts';
import { makeTestNetwork, namespacesRefused } from '../../support/network/namespace.ts';
import { request } from '../../support/tftp-client.ts';

const LONG_LIST = `mac,name\n${Array.from({ length: 8_000 }, (_, n) => `00562b${n.toString(16).padStart(6, '0')},Phone ${n}`).join('\n')}\n`;
const refused = namespacesRefused();
const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('skipped: a bench that is stopped on a full disk (needs root)');
if (refused !== null) console.warn(`skipped: a bench that is stopped while it probes (${refused})`);

/** The program is started as another user, who may not read a checkout below a closed folder. */
const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] as const;
const readable = (await run('setpriv', [...asNobody.slice(1), 'test', '-r', fileURLToPath(import.meta.url)])).code === 0;
if (!readable) console.warn('skipped: a folder that nobody may write to (needs root, and a checkout that other users may read)');

describe('a bench that ends in the middle of its work', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let list: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    list = join(folder.path, 'list.csv');
    await writeFile(list, LONG_LIST);
  });
  afterEach(() => folder.remove());
  const enrolled = async (): Promise<number> =>
    (JSON.parse((await dialbench('phones', '--data', folder.path, 'list', '--json')).stdout) as readonly unknown[]).length;
  const whole = async (): Promise<void> => expect((await dialbench('evidence', '--data', folder.path, 'verify')).code).toBe(0);

  it.each([['killed', 1200], ['stopped', 900]] as const)('has taken a list whole or not at all when it is %s after %i ms of it', async (how, after) => {
    const bench = await startBench(['--data', folder.path, ...FREE_PORTS]);
    const importing = dialbench('phones', '--data', folder.path, 'import', list);
    await wait(after);
    if (how === 'killed') await bench.kill();
    else expect(await bench.stop()).toBe(0);
    expect(bench.stderr()).toBe('');
    const { code, stderr } = await importing;
    expect(stderr).not.toContain('    at ');
    const found = await enrolled();
    expect(code === 0 ? [8_000] : [0, 8_000]).toContain(found);
    await whole();
  });

  it('stops clean and soon while phones load, upload and hang', async () => {
    const bench = await startBench(['--data', folder.path, ...FREE_PORTS, '--adopt', 'all']);
    await writeFile(join(folder.path, 'files', 'large.bin'), Buffer.alloc(20_000_000));
    const { tftp, http, syslog } = bench.servers;
    const phone = createSocket('udp4');
    for (const bytes of [request('large.bin', { blksize: 1428 }), request('report.xml', {}, 2)]) phone.send(bytes, tftp.port, '127.0.0.1');
    const sockets = ['GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n', 'PUT /r.xml HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\nhalf', 'GET / HT'].map((text) => {
      const socket = connect(http.port, '127.0.0.1', () => socket.write(text));
      socket.pause();
      return socket.on('error', () => undefined);
    });
    sockets.push(connect(syslog.tcpPort ?? 0, '127.0.0.1').on('error', () => undefined));
    await wait(500);
    const code = await Promise.race([bench.stop(), wait(60_000, 'still there', { ref: false })]);
    expect([code, bench.stderr()]).toEqual([0, '']);
    for (const socket of sockets) socket.destroy();
    phone.close();
    await whole();
    expect((await run('ls', [join(folder.path, 'uploads')])).stdout).toBe('');
  });

  it.skipIf(!isRoot)('stops soon on a full disk, and the workspace opens again', async () => {
    await rm(list);
    expect((await run('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder.path])).code).toBe(0);
    try {
      const bench = await startBench(['--data', folder.path, ...FREE_PORTS]);
      await run('dd', ['if=/dev/zero', `of=${join(folder.path, 'ballast')}`, 'bs=4k', 'count=1000']);
      for (let n = 0; n < 200; n += 1) await fetch(`http://127.0.0.1:${bench.servers.http.port}/00562b0000${String(n % 10)}0.cfg`);
      expect(await Promise.race([bench.stop(), wait(60_000, 'still there', { ref: false })])).toBe(0);
      await rm(join(folder.path, 'ballast'));
      await whole();
    } finally {
      await run('umount', ['-l', folder.path]);
    }
  });

  it.skipIf(refused !== null)('stops clean while it still listens for other DHCP servers', async () => {
    const network = makeTestNetwork('probing', { cidr: '10.69.0.1/24', clients: 0 });
    try {
      const starting = startBench(['--data', folder.path, '--dhcp', network.card, '--ui', 'off'], network.inside(network.server)).then(
        () => 'ready', (error: unknown) => String(error),
      );
      // Port 67 is bound for the asking, three times over 5 s.
      await eventually(async () => expect((await run('ip', ['netns', 'exec', network.server, 'cat', '/proc/net/udp'])).stdout).toContain(':0043 '));
      const { stdout } = await run('pgrep', ['-f', `serve --data ${folder.path} `]);
      const pids = stdout.match(/\d+/g) ?? [];
      expect(pids).not.toEqual([]);
      for (const pid of pids) process.kill(Number(pid), 'SIGTERM');
      // Code 0, and not a word on stderr behind it.
      expect(await starting).toMatch(/serve ended with 0: $/);
      await whole();
    } finally {
      network.remove();
    }
  });
});

describe('a workspace that is none', () => {
  it.each(['bench.sqlite', 'syslog.sqlite', 'lock.sqlite', 'uploads'])('is told in one sentence with exit 3 when %s is something else', async (name) => {
    const folder = await temporaryFolder();
    if (name === 'uploads') await writeFile(join(folder.path, name), 'a file');
    else await mkdir(join(folder.path, name));
    const { code, stderr, stdout } = await dialbench('serve', '--data', folder.path, ...FREE_PORTS);
    expect({ code, stdout, lines: stderr.trim().split('\n').length }, stderr).toEqual({ code: 3, stdout: '', lines: 1 });
    expect(stderr).toContain(folder.path);
    await folder.remove();
  });

  it.skipIf(!readable)('is told the same way when nobody may write there', async () => {
    const folder = await temporaryFolder();
    await run('chmod', ['555', folder.path]);
    const serve: Promise<BenchProcess> = startBench(['--data', folder.path, ...FREE_PORTS], [...asNobody]);
    const text = await serve.then(() => 'ready', (error: unknown) => String(error));
    expect(text).toMatch(/serve ended with 3: [^\n]+\n?$/);
    await folder.remove();
  });
});
