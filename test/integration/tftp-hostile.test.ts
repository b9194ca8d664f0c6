import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { bindQuietly } from '../support/ports.ts';
import { fetchFile, openPhone, request } from '../support/tftp-client.ts';
import { bytesSource, sha256, someBytes, startTftp, type TftpUnderTest } from '../support/tftp-server.ts';

const BODY = someBytes(20_000);
let bench: TftpUnderTest | null = null;
afterEach(async () => {
  await bench?.stop();
  bench = null;
});

async function start(...rest: Partial<Parameters<typeof startTftp>> extends [unknown?, ...infer More] ? More : never): Promise<TftpUnderTest> {
  bench = await startTftp({ profile: bytesSource(BODY) }, ...rest);
  return bench;
}

const ack = (block: number): Buffer => Buffer.from([0, 4, block >> 8, block & 255]);
const errorOf = (bytes: Buffer): number | null => (bytes[1] === 5 ? bytes.readUInt16BE(2) : null);

describe('bad links', () => {
  it.each([[1, 0.05], [4, 0.05], [16, 0.05], [1, 0.2]])('gives every phone its bytes with windows of %i at a loss of %d', async (window, loss) => {
    const { port } = await start();
    const got = await Promise.all(Array.from({ length: 40 }, () => fetchFile({ port, path: 'profile', blockSize: 1428, window, loss })));
    expect(new Set(got.map(sha256))).toEqual(new Set([sha256(BODY)]));
  });

  it('goes on after 65,535 blocks', async () => {
    const large = someBytes(8 * 70_000);
    bench = await startTftp({ large: bytesSource(large) });
    const got = await fetchFile({ port: bench.port, path: 'large', blockSize: 8, window: 64, within: 150_000 });
    expect(sha256(got)).toBe(sha256(large));
  });
});

describe('phones that vanish', () => {
  it('counts a transfer whose last acknowledgement lacks as delivered, unconfirmed, and keeps no slot for it', async () => {
    const { port, server, observed } = await start({ maxTransfersPerPeer: 20 });
    const phones = 200;
    for (let n = 0; n < phones / 10; n += 1) {
      await Promise.all(Array.from({ length: 10 }, () => fetchFile({ port, path: 'profile', blockSize: 1428, vanish: true })));
    }
    expect(await fetchFile({ port, path: 'profile' })).toHaveLength(BODY.length);
    // Waiting for their last acknowledgement counts against no limit: twenty at once would not have let two hundred through.
    await eventually(() => expect(server.status().figures['transfers']).toBe(0));
    const unconfirmed = (): number => observed.filter(({ outcome }) => outcome.kind === 'delivered' && !outcome.confirmed).length;
    await eventually(() => expect(unconfirmed()).toBe(phones));
  });

  it('serves others while 2,000 requests from five addresses stay half open', async () => {
    const { port, server, observed, asked } = await start();
    const sockets: Socket[] = [];
    for (let n = 0; n < 2_000; n += 1) {
      const socket = createSocket('udp4');
      sockets.push(socket);
      await bindQuietly(socket, `127.0.1.${String(1 + (n % 5))}`);
    }
    for (const [n, socket] of sockets.entries()) {
      socket.send(request('profile', { blksize: 1428 }), port, '127.0.0.1');
      // What is under way must fit into the smallest receive buffer.
      if (n % 100 === 99) await eventually(() => expect(asked.length).toBeGreaterThan(n - 50));
    }
    expect(await fetchFile({ port, path: 'profile', blockSize: 1428 })).toEqual(BODY);
    for (const socket of sockets) socket.close();
    const unanswered = (): number => observed.filter(({ outcome }) => outcome.kind === 'broken' && outcome.code === 'tftp.never-answered').length;
    await eventually(() => expect(unanswered()).toBeGreaterThan(1_900));
    await eventually(() => expect(server.status().figures['transfers']).toBe(0));
  });

  it('stays silent above the limit of one address, and says so once', async () => {
    const { port, asked, observed, server } = await start({ maxTransfersPerPeer: 10, workers: 1 });
    const phones = await Promise.all(Array.from({ length: 30 }, openPhone));
    for (const phone of phones) phone.send(request('profile'), port);
    await eventually(() => expect(server.status().figures['ignored']).toBe(20));
    expect(asked).toHaveLength(10);
    expect(observed.filter(({ outcome }) => outcome.kind === 'ignored')).toMatchObject([{ outcome: { code: 'tftp.too-many' } }]);
    for (const phone of phones) phone.close();
  });
});

describe('names', () => {
  it('hands every spelling of a path to the bench untouched', async () => {
    const { port, asked } = await start();
    const paths = ['/../../etc/passwd', '..\\..\\boot.ini', '%2e%2e%2fetc', 'C:\\x', '//server/share', '/Cisco/CP-8841-3PCC/00562b043615.cfg', '/'];
    for (const path of paths) await expect(fetchFile({ port, path })).rejects.toThrow('File not found');
    expect(asked.map(({ path }) => path)).toEqual(paths);
  });

  it('refuses a NUL inside, an empty or an overlong name without asking the bench', async () => {
    const { port, asked } = await start();
    const phone = await openPhone();
    for (const [path, code] of [['safe\0../../etc/passwd', 4], ['', 1], ['x'.repeat(600), 1], ['a\r\nb', 1]] as const) {
      phone.send(request(path), port);
      expect(errorOf((await phone.next()).bytes), JSON.stringify(path)).toBe(code);
    }
    expect(asked).toEqual([]);
    phone.close();
  });
});

describe('strangers', () => {
  it('survives junk, counts all of it and tells of it once for each address', async () => {
    const { port, server, observed } = await start({ workers: 1 });
    const phone = await openPhone();
    for (let n = 0; n < 2_000; n += 1) {
      const junk = someBytes(n % 700);
      if (junk.length > 1 && n % 2 === 0) junk[0] = 0;
      if (junk.length > 1 && n % 4 === 0) junk[1] = n % 9;
      phone.send(junk, port);
      if (n % 100 === 0) await wait(5);
    }
    expect(await fetchFile({ port, path: 'profile' })).toEqual(BODY);
    await eventually(() => expect(server.status().figures['ignored']).toBeGreaterThan(1_000));
    const told = (): readonly unknown[] => observed.filter(({ outcome }) => outcome.kind === 'ignored').map(({ outcome }) => 'code' in outcome && outcome.code);
    await eventually(() => expect(told().toSorted()).toEqual(['tftp.bad-packet', 'tftp.bad-request', 'tftp.unknown-transfer']));
    phone.close();
  });

  it('answers packets of another port with error 5 and does not let them touch the transfer', async () => {
    const { port } = await start({ workers: 1 });
    const phone = await openPhone();
    const stranger = await openPhone();
    phone.send(request('profile'), port);
    const first = await phone.next();
    const again = first.bytes;
    stranger.send(ack(1), first.port);
    expect(errorOf((await stranger.next()).bytes)).toBe(5);
    stranger.send(Buffer.from([0, 5, 0, 0, 0x78, 0]), first.port);
    phone.send(ack(1), first.port);
    expect((await phone.nextBut(again)).bytes.readUInt16BE(2)).toBe(2);
    expect(stranger.heard).toHaveLength(1);
    phone.close();
    stranger.close();
  });

  it('opens a file once for a doubled request, and anew for a phone that starts over from the same port', async () => {
    const { port, asked, seen } = await start({ workers: 1 });
    const phone = await openPhone();
    phone.send(request('profile'), port);
    phone.send(request('profile'), port);
    const first = await phone.next();
    expect(first.bytes.readUInt16BE(2)).toBe(1);
    await wait(50);
    expect(asked).toHaveLength(1);
    phone.send(ack(1), first.port);
    // Only when the second block is here was the first one's acknowledgement taken: it came on another socket than the request will.
    while ((await phone.next()).bytes.readUInt16BE(2) !== 2);
    // It asks by its own timer until it is answered, and says nothing else.
    const timer = setInterval(() => { phone.send(request('profile'), port); }, 300);
    try {
      await seen(({ outcome }) => outcome.kind === 'broken' && outcome.code === 'tftp.restarted');
    } finally {
      clearInterval(timer);
    }
    expect(asked).toHaveLength(2);
    phone.close();
  });

  it('goes on with a transfer whose request comes once more after its first acknowledgement, as over another socket', async () => {
    const { port, asked } = await start({ workers: 1 });
    const phone = await openPhone();
    phone.send(request('profile', { blksize: 1_428 }), port);
    const first = await phone.next();
    const parts: Buffer[] = [];
    phone.send(ack(0), first.port);
    for (;;) {
      const { bytes } = await phone.next();
      if (bytes[1] !== 3 || bytes.readUInt16BE(2) !== parts.length + 1) continue;
      parts.push(bytes.subarray(4));
      if (parts.length < 5) phone.send(request('profile', { blksize: 1_428 }), port);
      phone.send(ack(parts.length), first.port);
      if (bytes.length < 4 + 1_428) break;
    }
    expect(sha256(Buffer.concat(parts))).toBe(sha256(BODY));
    expect(asked).toHaveLength(1);
    phone.close();
  });
});

describe('single-port mode', () => {
  it('answers from the request port alone, whole files and uploads too', async () => {
    const { port, uploads } = await start({ singlePort: true });
    const phone = await openPhone();
    phone.send(request('profile', { blksize: 1000 }), port);
    expect((await phone.next()).port).toBe(port);
    phone.close();
    expect(await fetchFile({ port, path: 'profile', blockSize: 1428, window: 4 })).toEqual(BODY);
    const writer = await openPhone();
    writer.send(request('up', {}, 2), port);
    expect(await writer.next()).toEqual({ bytes: ack(0), port });
    writer.send(Buffer.from([0, 3, 0, 1, 65]), port);
    expect(await writer.nextBut(ack(0))).toEqual({ bytes: ack(1), port });
    expect(uploads).toMatchObject([{ bytes: 1, sha256: sha256(Buffer.from('A')) }]);
    writer.close();
  });
});
