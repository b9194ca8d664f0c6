import { createSocket } from 'node:dgram';
import { open, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startMeasured, type MeasuredProcess } from '../bench/measure.ts';
import { afterwards, scratchFolder } from '../support/afterwards.ts';
import { eventually } from '../support/eventually.ts';
import { bindQuietly } from '../support/ports.ts';
import { fetchFile, openPhone, request } from '../support/tftp-client.ts';
import { bytesSource, sha256, someBytes, startTftpHere } from '../support/tftp-server.ts';
import { randomOf } from '../support/tftp-proxy.ts';

const BODY = someBytes(20_000);

/** The server in a process of its own, whose memory is nobody else's. */
async function serve(folder: string): Promise<{ readonly running: MeasuredProcess; readonly port: number }> {
  const program = new URL('../bench/load/tftp-server.ts', import.meta.url).pathname;
  const running = await startMeasured(process.execPath, ['--disable-warning=ExperimentalWarning', program, '127.0.0.1', '0', '2', 'two', folder], {
    ready: (output) => output.includes('"listening"'), readyWithin: 60_000,
  });
  afterwards(() => running.stop());
  const { port } = JSON.parse(running.output().split('\n')[0] ?? '') as { readonly port: number };
  return { running, port };
}

const ack = (block: number): Buffer => Buffer.from([0, 4, (block >> 8) & 255, block & 255]);
const data = (block: number, bytes: Uint8Array): Buffer => Buffer.concat([Buffer.from([0, 3, block >> 8, block & 255]), bytes]);
/** The options of an OACK. */
const granted = (packet: Buffer): Record<string, string> => {
  expect(packet.readUInt16BE(0)).toBe(6);
  const words = packet.toString('latin1', 2).split('\0').slice(0, -1);
  return Object.fromEntries(words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1] ?? '']] : [])));
};

describe('hostile options', () => {
  it.each([
    [{ blksize: 1 }, null, 512],
    [{ blksize: 7 }, null, 512],
    [{ blksize: 8 }, { blksize: '8' }, 8],
    [{ blksize: 65_464 }, { blksize: '65464' }, 65_464],
    [{ blksize: 4_294_967_295 }, { blksize: '65464' }, 65_464],
    [{ windowsize: 65_535 }, { windowsize: '64' }, 512],
    [{ blksize: 65_464, windowsize: 65_535 }, { blksize: '65464', windowsize: '2' }, 65_464],
    [{ windowsize: 65_535, blksize: 1_468, tsize: 999_999_999 }, { windowsize: '64', blksize: '1468', tsize: '20000' }, 1_468],
    [{ blksize: '512; rm -rf', windowsize: '-1', tsize: '0x10', timeout: 0 }, null, 512],
  ] as const)('%j is answered with %j, and the whole file follows in blocks of %i', async (options, answer, blockSize) => {
    const { port } = await startTftpHere({ profile: bytesSource(BODY) });
    const phone = await openPhone();
    afterwards(() => { phone.close(); });
    phone.send(request('profile', options), port);
    const first = await phone.next();
    const parts: Buffer[] = [];
    const take = ({ bytes }: { readonly bytes: Buffer }): void => {
      // In order, as a reader does; what comes twice or too early is not taken.
      if (bytes[1] === 3 && bytes.readUInt16BE(2) === ((parts.length + 1) & 0xffff)) parts.push(bytes.subarray(4));
      phone.send(ack(parts.length), first.port);
    };
    if (answer === null) take(first);
    else {
      expect(granted(first.bytes)).toEqual(answer);
      phone.send(ack(0), first.port);
    }
    while ((parts.at(-1)?.length ?? blockSize) === blockSize) take(await phone.next());
    expect(parts.slice(0, -1).every((part) => part.length === blockSize)).toBe(true);
    expect(sha256(Buffer.concat(parts))).toBe(sha256(BODY));
  });

  it('never has more than 128 KB in flight to one phone', async () => {
    const folder = await scratchFolder();
    await writeFile(join(folder, 'load'), someBytes(2_000_000));
    const { port } = await startTftpHere({ load: { kind: 'file', file: join(folder, 'load'), size: 2_000_000, sha256: null } });
    const phone = await openPhone();
    afterwards(() => { phone.close(); });
    phone.send(request('load', { blksize: 16_000, windowsize: 65_535 }), port);
    const first = await phone.next();
    phone.send(ack(0), first.port);
    const blocks = (): readonly number[] => phone.heard.filter(({ bytes }) => bytes[1] === 3).map(({ bytes }) => bytes.readUInt16BE(2));
    // Until it has sent them again.
    await eventually(() => expect(blocks().length).toBeGreaterThan(16));
    expect([...new Set(blocks())].toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('sizes that are not true', () => {
  it('tells a reader the real size, whatever it said', async () => {
    const { port } = await startTftpHere({ profile: bytesSource(BODY) });
    const phone = await openPhone();
    afterwards(() => { phone.close(); });
    phone.send(request('profile', { tsize: 7 }), port);
    expect(granted((await phone.next()).bytes)).toEqual({ tsize: '20000' });
  });

  it.each([[10, 3_000], [900_000, 3_000]])('takes the %i announced bytes of a writer for a claim, and records the %i that came', async (claimed, real) => {
    const bench = await startTftpHere({});
    const phone = await openPhone();
    afterwards(() => { phone.close(); });
    const body = someBytes(real);
    phone.send(request('report', { tsize: claimed, blksize: 1_428 }, 2), bench.port);
    const first = await phone.next();
    expect(granted(first.bytes)).toEqual({ tsize: String(claimed), blksize: '1428' });
    let seen = first.bytes;
    for (let block = 1; block <= 3; block += 1) {
      phone.send(data(block, body.subarray((block - 1) * 1_428, block * 1_428)), first.port);
      seen = (await phone.nextBut(seen)).bytes;
      expect(seen).toEqual(ack(block));
    }
    expect(bench.uploads).toMatchObject([{ bytes: real, sha256: sha256(body) }]);
  });

  it('stops a writer that announced little and sends without end', async () => {
    const bench = await startTftpHere({}, {}, {}, 5_000);
    const phone = await openPhone();
    afterwards(() => { phone.close(); });
    phone.send(request('report', { tsize: 10 }, 2), bench.port);
    const first = await phone.next();
    let seen = first.bytes;
    for (let block = 1; seen[1] !== 5; block += 1) {
      expect(block).toBeLessThan(12);
      phone.send(data(block, new Uint8Array(512)), first.port);
      seen = (await phone.nextBut(seen)).bytes;
    }
    expect(seen.readUInt16BE(2)).toBe(3);
    await bench.seen(({ outcome }) => outcome.kind === 'broken' && outcome.code === 'tftp.too-large');
  });
});

describe('10,000 requests from invented ports', () => {
  it('cost bounded memory, and an honest phone gets its file meanwhile', async () => {
    const folder = await scratchFolder();
    await writeFile(join(folder, 'profile'), BODY);
    const { running, port } = await serve(folder);
    const fetched: Uint8Array[] = [];
    for (let round = 0; round < 50; round += 1) {
      const sockets = await Promise.all(Array.from({ length: 200 }, async (_none, n) => {
        const socket = createSocket('udp4');
        await bindQuietly(socket, `127.0.${String(1 + round)}.${String(1 + n)}`);
        return socket;
      }));
      for (const socket of sockets) socket.send(request('profile', { blksize: 1_428 }), port, '127.0.0.1');
      await wait(5);
      for (const socket of sockets) socket.close(); // whatever comes back finds nobody
      // Also gives a server that is late the time to empty its buffers.
      fetched.push(await fetchFile({ port, path: 'profile', blockSize: 1_428 }));
    }
    expect(new Set(fetched.map(sha256))).toEqual(new Set([sha256(BODY)]));
    const pss = running.usage().pssMb;
    console.info(`PSS of the server after 10,000 requests: ${String(pss)} MB`);
    if (pss !== null) expect(pss).toBeLessThan(250);
    // Nobody holds a place any more; what never answered is told as such. The honest phone may have asked twice on a slow machine.
    let figures: Partial<Record<string, number>> = {};
    await eventually(() => {
      process.kill(running.pid, 'SIGUSR2');
      figures = JSON.parse(running.output().trim().split('\n').at(-1) ?? '{}') as typeof figures;
      expect(figures).toMatchObject({ transfers: 0, broken: expect.closeTo(10_000, -3) as number });
    });
    expect(figures['delivered']).toBeGreaterThanOrEqual(50);
  });
});

describe('large blocks that never arrive', () => {
  it('are remembered by all workers, whichever of them learnt it', async () => {
    const { port } = await startTftpHere({ profile: bytesSource(BODY) }, { workers: 2, workerFile: new URL('../support/tftp-learning-worker.ts', import.meta.url) });
    const learn = new BroadcastChannel('dialbench-test-learn');
    afterwards(() => { learn.close(); });
    learn.postMessage('now');
    const sixteen = async (): Promise<void> => {
      for (let n = 0; n < 16; n += 1) { // from 16 ports, so that both workers are asked
        const socket = createSocket('udp4');
        await bindQuietly(socket, '127.0.0.77');
        const answer = new Promise<Buffer>((resolve) => { socket.once('message', resolve); });
        socket.send(request('profile', { blksize: 1_428 }), port, '127.0.0.1');
        const bytes = await answer;
        socket.close();
        expect(granted(bytes)).toEqual({ blksize: '512' });
      }
    };
    await eventually(sixteen);
  });
});

describe('a file whose name goes away', () => {
  it('is sent whole to the phone that has begun, and is missing for the next', async () => {
    const folder = await scratchFolder();
    const file = join(folder, 'load');
    const body = someBytes(900_000);
    await writeFile(file, body);
    const { port, seen } = await startTftpHere({ load: { kind: 'file', file, size: body.length, sha256: null } });
    const first = fetchFile({ port, path: 'load', blockSize: 512 });
    await seen(({ outcome }) => outcome.kind === 'started');
    await unlink(file);
    expect(sha256(await first)).toBe(sha256(body));
    await expect(fetchFile({ port, path: 'load' })).rejects.toThrow('File not found');
  });
});

describe('more than 65,535 blocks with a window', () => {
  it.each([[512, 16], [1_428, 64]])('goes on behind the last number, blocks of %i in windows of %i', async (blockSize, window) => {
    const folder = await scratchFolder();
    const size = blockSize * 65_700 + 5;
    const file = join(folder, 'load');
    const handle = await open(file, 'w');
    const random = randomOf(blockSize);
    const expected = Buffer.alloc(size);
    // Bytes that differ around the place where the numbers begin again; the rest of the file is a hole.
    for (let at = blockSize * 65_400; at < size; at += 1) expected[at] = Math.floor(random() * 256);
    await handle.truncate(size);
    await handle.write(expected, blockSize * 65_400, size - blockSize * 65_400, blockSize * 65_400);
    await handle.close();
    const { port } = await startTftpHere({ load: { kind: 'file', file, size, sha256: null } });
    const got = await fetchFile({ port, path: 'load', blockSize, window, within: 150_000 });
    expect(sha256(got)).toBe(sha256(expected));
  });
});

const canRead = process.platform === 'linux';
if (!canRead) console.warn('SKIPPED: the memory of another process is read on Linux only');

describe.skipIf(!canRead)('memory', () => {
  it('stays under 200 MB in all while 500 phones load one file of 80 MB, each at another place of it', async () => {
    const folder = await scratchFolder();
    const size = 80 * 1_000_000;
    const handle = await open(join(folder, 'firmware'), 'w');
    await handle.truncate(size);
    await handle.close();
    const { running, port } = await serve(folder);
    const phones = await Promise.all(Array.from({ length: 500 }, openPhone));
    afterwards(() => { for (const phone of phones) phone.close(); });
    let standing = 0;
    for (const [index, phone] of phones.entries()) {
      // Phone n stops at block 3 n, so that they hold some 190 different pieces of eight blocks, and those read ahead.
      let expected = 1;
      phone.socket.on('message', (bytes, from) => {
        phone.heard.length = 0;
        if (bytes[1] === 6) { phone.send(ack(0), from.port); return; }
        if (bytes[1] !== 3 || bytes.readUInt16BE(2) !== expected || expected > index * 3) return;
        if (expected === index * 3) standing += 1;
        expected += 1;
        if (expected % 8 === 1 || expected > index * 3) phone.send(ack(expected - 1), from.port);
      });
      phone.send(request('firmware', { blksize: 8_192, windowsize: 8 }), port);
    }
    let most = 0;
    for (let tries = 0; tries < 900 && standing < 499; tries += 1) {
      await wait(100);
      most = Math.max(most, running.usage().pssMb ?? Infinity);
    }
    expect(standing).toBeGreaterThan(450);
    await wait(300);
    most = Math.max(most, running.usage().pssMb ?? Infinity);
    console.info(`PSS of the server: ${String(most)} MB at most, ${String(standing)} phones at their places`);
    expect(most).toBeLessThan(200);
  });
});
