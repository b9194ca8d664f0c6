import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMeasured } from '../bench/measure.ts';
import { makeTestNetwork, namespacesRefused } from '../support/network/namespace.ts';
import { openProxy, randomOf, type Weather } from '../support/tftp-proxy.ts';
import { runProgram } from '../support/real-program.ts';
import { bytesSource, sha256, someBytes, startTftp, type TftpUnderTest } from '../support/tftp-server.ts';

interface NpmTftp { createClient(options: object): { get(remote: string, local: string, done: (error?: Error) => void): void } }
const npmTftp = createRequire(import.meta.url)('tftp') as NpmTftp;

const has = (program: string): boolean => (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
for (const program of ['curl', 'tftp', 'atftp', 'busybox', 'nft']) {
  if (!has(program)) console.warn(`SKIPPED: ${program} is not on this machine, its TFTP proofs are not run`);
}

/** As large as firmware's parts for most; a client with blocks of 8 bytes would need a quarter of a million round trips for it. */
const FIRMWARE = someBytes(2_500_003);
const SMALL = someBytes(90_001);
/** For bad weather, where some clients wait for their own second after each lost acknowledgement. Above what is held whole in memory. */
const PART = someBytes(500_001);
const TEXT = new TextEncoder().encode(Array.from({ length: 3_000 }, (_none, n) => `line ${String(n)}${n % 3 === 0 ? '\r' : ''}`).join('\n'));
let folder: string;
let bench: TftpUnderTest;
let single: TftpUnderTest;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbench-tftp-proof-'));
  await writeFile(join(folder, 'firmware'), FIRMWARE);
  await writeFile(join(folder, 'small'), SMALL);
  await writeFile(join(folder, 'part'), PART);
  const sources = {
    firmware: { kind: 'file', file: join(folder, 'firmware'), size: FIRMWARE.length, sha256: null },
    part: { kind: 'file', file: join(folder, 'part'), size: PART.length, sha256: null }, small: bytesSource(SMALL), text: bytesSource(TEXT),
  } as const;
  bench = await startTftp(sources);
  single = await startTftp(sources, { singlePort: true });
});
afterAll(async () => {
  await bench.stop();
  await single.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Other people's clients; each answers with the hash of what it wrote. `window` only where the client knows it. */
type Get = (port: number, name: string, blockSize: number, window: number) => Promise<string>;
let serial = 0;
async function got(load: (local: string) => Promise<unknown>): Promise<string> {
  serial += 1;
  const local = join(folder, `got-${String(serial)}`);
  await load(local);
  const hash = sha256(await readFile(local));
  await rm(local);
  return hash;
}
const host = '127.0.0.1';
const clients: Readonly<Record<'curl' | 'atftp' | 'busybox' | 'tftp' | 'npm', Get>> = {
  curl: (port, name, blockSize) => got((local) => run('curl', '-sS', '--tftp-blksize', String(blockSize), '-o', local, `tftp://${host}:${String(port)}/${name}`)),
  atftp: (port, name, blockSize, window) => got((local) => run('atftp', '--tftp-timeout', '1', '--option', `blksize ${String(blockSize)}`,
    ...(window > 1 ? ['--option', `windowsize ${String(window)}`] : []), '-g', '-r', name, '-l', local, host, String(port))),
  busybox: (port, name, blockSize) => got((local) => run('busybox', 'tftp', '-g', '-b', String(blockSize), '-r', name, '-l', local, host, String(port))),
  tftp: (port, name) => got((local) => run('tftp', '-m', 'binary', host, String(port), '-c', 'get', name, local)),
  npm: (port, name, blockSize, window) => got((local) => new Promise<void>((resolve, reject) => {
    npmTftp.createClient({ host, port, blockSize, windowSize: window, retries: 8, timeout: 1_000 }).get(name, local, (error) => { if (error) reject(error); else resolve(); });
  })),
};

function run(program: string, ...args: readonly string[]): Promise<string> {
  return runProgram(folder, program, ...args);
}

const expected = (name: string): string => sha256(name === 'firmware' ? FIRMWARE : name === 'part' ? PART : SMALL);

describe('every block size and window that a client knows, by hash', () => {
  it.skipIf(!has('curl')).each([8, 512, 1_024, 1_428, 1_468, 8_192, 65_464])('curl, blocks of %i bytes', async (blockSize) => {
    const name = blockSize === 8 ? 'small' : 'firmware';
    expect(await clients.curl(bench.port, name, blockSize, 1)).toBe(expected(name));
  });

  it.skipIf(!has('atftp')).each([[8, 64], [512, 1], [512, 16], [1_024, 2], [1_428, 4], [1_428, 16], [1_468, 8], [1_468, 64], [8_192, 16], [65_464, 64]])(
    'atftp, blocks of %i bytes in windows of %i', async (blockSize, window) => {
      const name = blockSize === 8 ? 'small' : 'firmware';
      expect(await clients.atftp(bench.port, name, blockSize, window)).toBe(expected(name));
    });

  // It puts its own file name into a buffer as large as its block, so 8 bytes cannot be asked for.
  it.skipIf(!has('busybox')).each([64, 512, 1_024, 1_428, 1_468, 8_192, 65_464])('busybox, blocks of %i bytes', async (blockSize) => {
    const name = blockSize === 64 ? 'small' : 'firmware';
    expect(await clients.busybox(bench.port, name, blockSize, 1)).toBe(expected(name));
  });

  it.each([[512, 1], [1_428, 1], [1_468, 4], [8_192, 1], [65_464, 1]])('npm tftp, blocks of %i bytes in windows of %i', async (blockSize, window) => {
    expect(await clients.npm(bench.port, 'firmware', blockSize, window)).toBe(expected('firmware'));
  });

  it.skipIf(!has('tftp'))('tftp-hpa, octet, and netascii there and back', async () => {
    expect(await clients.tftp(bench.port, 'firmware', 512, 1)).toBe(expected('firmware'));
    await run('tftp', '-m', 'ascii', host, String(bench.port), '-c', 'get', 'text', 'text.got');
    expect(sha256(await readFile(join(folder, 'text.got')))).toBe(sha256(TEXT));
    const before = bench.uploads.length;
    await run('tftp', '-m', 'ascii', host, String(bench.port), '-c', 'put', 'text.got', 'text.up');
    expect(sha256(await readFile(bench.uploads[before]?.file ?? ''))).toBe(sha256(TEXT));
  });
});

describe('single-port mode, firmware from the request port', () => {
  it.skipIf(!has('curl'))('curl', async () => { expect(await clients.curl(single.port, 'firmware', 1_428, 1)).toBe(expected('firmware')); });
  it.skipIf(!has('atftp'))('atftp with a window', async () => { expect(await clients.atftp(single.port, 'firmware', 1_468, 16)).toBe(expected('firmware')); });
  it.skipIf(!has('busybox'))('busybox', async () => { expect(await clients.busybox(single.port, 'firmware', 1_024, 1)).toBe(expected('firmware')); });
  it.skipIf(!has('tftp'))('tftp-hpa', async () => { expect(await clients.tftp(single.port, 'firmware', 512, 1)).toBe(expected('firmware')); });
  it('npm tftp', async () => { expect(await clients.npm(single.port, 'firmware', 1_428, 1)).toBe(expected('firmware')); });
});

const rough: Weather = { loss: 0.02, double: 0.03, late: 0.03, hold: 15 };

describe('packets lost, doubled and overtaken', () => {
  async function through(server: TftpUnderTest, get: (port: number) => Promise<string>): Promise<{ readonly hash: string; readonly troubles: readonly number[] }> {
    const proxy = await openProxy(server.port, rough, randomOf(7));
    try {
      const hash = await get(proxy.port);
      return { hash, troubles: [proxy.done.lost, proxy.done.doubled, proxy.done.delayed] };
    } finally {
      proxy.close();
    }
  }
  const cases = [['curl', 1_428, 1], ['curl', 65_464, 1], ['atftp', 1_428, 1], ['atftp', 1_428, 4], ['atftp', 1_468, 16], ['busybox', 1_428, 1], ['npm', 1_428, 1]] as const;

  it.each(cases.filter(([client]) => client === 'npm' || has(client)))('%s, blocks of %i in windows of %i, still gets every byte', async (client, blockSize, window) => {
    const { hash, troubles } = await through(bench, (port) => clients[client](port, 'part', blockSize, window));
    expect(hash).toBe(expected('part'));
    // Thirty of them are to be expected.
    if (blockSize < 2_000) expect(troubles.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(5);
  });

  it.skipIf(!has('atftp'))('atftp in single-port mode too', async () => {
    const { hash } = await through(single, (port) => clients.atftp(port, 'part', 1_428, 16));
    expect(hash).toBe(expected('part'));
  });

  it.skipIf(!has('tftp'))('tftp-hpa gets a small file', async () => {
    const { hash } = await through(bench, (port) => clients.tftp(port, 'small', 512, 1));
    expect(hash).toBe(expected('small'));
  });

  it.skipIf(!has('atftp'))('an upload arrives as it was', async () => {
    const before = bench.uploads.length;
    await through(bench, async (port) => {
      await run('atftp', '--tftp-timeout', '1', '--option', 'blksize 1428', '-p', '-l', join(folder, 'small'), '-r', 'report', host, String(port));
      return '';
    });
    expect(bench.uploads[before]).toMatchObject({ bytes: SMALL.length, sha256: sha256(SMALL) });
  });
});

const refused = namespacesRefused();
const canDrop = refused === null && ['nft', 'ip', 'curl', 'atftp', 'busybox'].every(has) && process.platform === 'linux';
if (!canDrop) console.warn(`SKIPPED: ${refused ?? 'nft is not on this machine'}, a switch that drops packets is not tried`);

describe.skipIf(!canDrop)('over a card of 1,500 bytes whose switch drops 3 % of the packets', () => {
  it('curl, atftp and busybox get every byte, in blocks of one frame however large they ask', async () => {
    const network = makeTestNetwork('tftp', { cidr: '10.66.9.1/24', clients: 1 });
    const [phone = ''] = network.clients;
    const [ip, ...enter] = network.inside(network.server);
    try {
      const inside = (...args: readonly string[]): Promise<string> => run(ip, 'netns', 'exec', phone, ...args);
      await inside('ip', 'address', 'add', '10.66.9.7/24', 'dev', 'phone0');
      // At both ends on the way in, since a packet that is dropped on its way out is an error to who sends it. Requests pass.
      const rough = 'add table inet rough; add chain inet rough in { type filter hook input priority 0; }; add rule inet rough in udp dport != 69 numgen random mod 100 < 3 drop';
      await inside('nft', rough);
      await run(ip, ...enter, 'nft', rough);
      const server = new URL('../bench/load/tftp-server.ts', import.meta.url).pathname;
      const running = await startMeasured(ip, [...enter, process.execPath, '--disable-warning=ExperimentalWarning', server, '10.66.9.1', '69', '2', 'two', folder], {
        ready: (output) => output.includes('"listening"'), readyWithin: 60_000,
      });
      try {
        const hash = (load: (local: string) => readonly string[]): Promise<string> => got((local) => inside(...load(local)));
        expect(await hash((local) => ['curl', '-sS', '--tftp-blksize', '1428', '-o', local, 'tftp://10.66.9.1/part'])).toBe(expected('part'));
        expect(await hash((local) => ['busybox', 'tftp', '-g', '-b', '1428', '-r', 'part', '-l', local, '10.66.9.1'])).toBe(expected('part'));
        const local = join(folder, 'traced');
        const trace = await inside('atftp', '--trace', '--tftp-timeout', '1', '--option', 'blksize 8192', '--option', 'windowsize 16', '-g', '-r', 'part', '-l', local, '10.66.9.1');
        expect(sha256(await readFile(local))).toBe(expected('part'));
        expect(trace).toMatch(/OACK <.*blksize: 1468/);
      } finally {
        await running.stop();
      }
    } finally {
      network.remove();
    }
  });
});
