import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, renameSync, truncateSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpAnswer, HttpAsk } from '../../../main/servers/http/needs.ts';
import { powerUp } from '../../../main/simulator/phone.ts';
import { connectRaw, type RawClient } from '../../support/http/clients.ts';
import { missingAnswer, serveHttp, sha256, waitFor, type Served, type ServedOptions } from '../../support/http/served.ts';
import { startTinyBench } from '../../support/simulator/tiny-bench.ts';

const SIZE = 24_000_000;
const linux = process.platform === 'linux';
const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function open(answer: (ask: HttpAsk) => HttpAnswer, options: ServedOptions = {}): Promise<Served> {
  const served = await serveHttp(answer, options);
  ends.push(() => served.end());
  return served;
}

interface Load {
  readonly served: Served;
  readonly file: string;
  readonly bytes: Buffer;
}

/** A server with one file of 24 MB under every name. */
async function load(promised: 'hashed' | 'not hashed' = 'not hashed', options: ServedOptions = {}): Promise<Load> {
  const bytes = randomBytes(SIZE);
  const hash = promised === 'hashed' ? sha256(bytes) : null;
  let file = '';
  const served = await open(() => ({ kind: 'file', file, size: SIZE, sha256: hash, contentType: 'a/b' }), options);
  file = join(served.folder, 'load.bin');
  writeFileSync(file, bytes);
  return { served, file, bytes };
}

/** Asks, and stops reading after the first bytes. */
async function begin({ served }: Load, path = '/load.bin'): Promise<RawClient> {
  const client = await connectRaw(served.port);
  // At the first piece, not a moment later: a quick machine sends 24 MB meanwhile.
  client.socket.once('data', () => { client.socket.pause(); });
  client.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  await waitFor(() => client.received().length > 0, () => 'nothing came');
  await wait(50);
  return client;
}

async function rest(client: RawClient): Promise<Buffer> {
  client.socket.resume();
  await client.closed;
  return Buffer.from(client.received().slice(client.received().indexOf('\r\n\r\n') + 4), 'latin1');
}

/** The whole of a name, or how it ended. */
function fetched(url: string): Promise<Buffer | 'broken' | number> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => { pieces.push(piece); });
      response.on('error', () => { resolve('broken'); });
      response.on('end', () => { resolve(response.statusCode === 200 ? Buffer.concat(pieces) : (response.statusCode ?? 0)); });
    }).on('error', () => { resolve('broken'); });
  });
}

function overwrite(file: string, at: number, bytes: Uint8Array): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, bytes, 0, bytes.length, at);
  closeSync(handle);
}

describe('a file that changes under its phones', () => {
  it('in place is given to none of them, and the next phone gets the new one whole', async () => {
    const scene = await load();
    const phones = await Promise.all(['/a', '/b', '/c'].map((path) => begin(scene, path)));
    overwrite(scene.file, SIZE - 10, Buffer.from('other'));
    const got = await Promise.all(phones.map(rest));
    for (const bytes of got) expect(bytes.length).toBeLessThan(SIZE);
    const broken = await waitFor(() => {
      const rows = scene.served.seen.filter(({ outcome }) => outcome.kind === 'broken');
      return rows.length === 3 && rows;
    }, () => JSON.stringify(scene.served.seen.map(({ outcome }) => outcome)));
    expect(broken.every(({ outcome }) => outcome.kind === 'broken' && outcome.code === 'http.file-changed')).toBe(true);
    const now = readFileSync(scene.file);
    const next = await fetched(`${scene.served.url}/next`);
    expect(Buffer.isBuffer(next) && next.equals(now)).toBe(true);
  });

  it('that is cut short ends the connection, not the content', async () => {
    const scene = await load();
    const phone = await begin(scene);
    truncateSync(scene.file, 20_000_000);
    const got = await rest(phone);
    expect(got.length).toBeLessThanOrEqual(20_000_000);
    expect((await scene.served.saw(({ outcome }) => outcome.kind === 'broken')).outcome).toMatchObject({ code: 'http.file-changed' });
    expect(await fetched(`${scene.served.url}/next`)).toBe(503);
  });

  it.skipIf(process.platform === 'win32')('that is replaced or removed is given whole as it was, and never mixed with the other', async () => {
    const scene = await load();
    const phone = await begin(scene);
    const other = randomBytes(SIZE);
    writeFileSync(`${scene.file}.new`, other);
    renameSync(`${scene.file}.new`, scene.file);
    const later = await begin(scene, '/later');
    unlinkSync(scene.file);
    expect(await fetched(`${scene.served.url}/gone`)).toBe(404);
    expect((await rest(phone)).equals(scene.bytes)).toBe(true);
    expect((await rest(later)).equals(other)).toBe(true);
  });

  it('is never completed when it is not what its SHA-256 promised, and refused from then on', async () => {
    const scene = await load('hashed');
    overwrite(scene.file, 1_000_000, Buffer.from('a bit that tipped on the disk'));
    expect(await fetched(`${scene.served.url}/a`)).toBe('broken');
    expect((await scene.served.saw(({ outcome }) => outcome.kind === 'broken')).outcome).toMatchObject({ code: 'http.file-changed' });
    expect(await fetched(`${scene.served.url}/b`)).not.toBeInstanceOf(Buffer);
    expect(scene.served.seen.some(({ outcome }) => outcome.kind === 'delivered')).toBe(false);
  });
});

describe('many downloads of one file', () => {
  it('500 at once get it whole, from one descriptor', async () => {
    const bytes = randomBytes(200_000);
    let file = '';
    const served = await open(() => ({ kind: 'file', file, size: bytes.length, sha256: sha256(bytes), contentType: 'a/b' }));
    file = join(served.folder, 'small.bin');
    writeFileSync(file, bytes);
    let most = 0;
    const count = linux ? setInterval(() => { most = Math.max(most, descriptors(file)); }, 100) : undefined;
    const got = await Promise.all(Array.from({ length: 500 }, (_, index) => fetched(`${served.url}/${index}`)));
    clearInterval(count);
    for (const each of got) expect(Buffer.isBuffer(each) && each.equals(bytes)).toBe(true);
    expect(most).toBeLessThanOrEqual(1);
    await waitFor(() => served.seen.filter(({ outcome }) => outcome.kind === 'delivered' && outcome.confirmed && outcome.sha256 === sha256(bytes)).length === 500, () => 'not all are proved');
    if (linux) await waitFor(() => descriptors(file) === 0, () => `${descriptors(file)} descriptors are left`);
  });

  it('from 120 slow phones, each at its own place, hold no more memory than their pieces', async () => {
    const scene = await load();
    await wait(20);
    const before = process.memoryUsage().arrayBuffers;
    const phones = await Promise.all(Array.from({ length: 120 }, () => connectRaw(scene.served.port, { reads: false })));
    for (const [index, phone] of phones.entries()) {
      phone.socket.pause();
      phone.write(`GET /${index} HTTP/1.1\r\nHost: x\r\nRange: bytes=${index * 170_000}-\r\n\r\n`);
    }
    await waitFor(() => scene.served.server.status().figures['transfers'] === 120, () => JSON.stringify(scene.served.server.status().figures));
    await wait(500);
    // Pieces of 256 KB for those that came first, of 64 KB for the others, and what is kept for followers.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 262_144 + 56 * 65_536 + 24 * 1_048_576);
    for (const phone of phones) phone.socket.destroy();
  });
});

describe.skipIf(!linux)('progress', () => {
  it('counts what the phone\'s system acknowledged, never what only ours has taken', async () => {
    const scene = await load();
    const phone = await begin(scene);
    const told = await waitFor(() => scene.served.progress.findLast(({ bytes }) => bytes > 0), () => 'no progress');
    const arrived = phone.socket.bytesRead + unread(phone, scene.served.port);
    expect(told).toMatchObject({ total: SIZE });
    expect(told.bytes).toBeLessThanOrEqual(arrived);
    await rest(phone);
  });

  it('goes on while the last bytes are still on their way, and a slow phone is not cut as long as it takes some', async () => {
    const scene = await load('not hashed', { limits: { stallMs: 3_000 } });
    const phone = await connectRaw(scene.served.port);
    phone.write('GET /part HTTP/1.1\r\nHost: x\r\nConnection: close\r\nRange: bytes=0-2999999\r\n\r\n');
    for (let turn = 0; turn < 20; turn += 1) {
      phone.socket.once('data', () => { phone.socket.pause(); });
      await wait(180);
      phone.socket.resume();
    }
    expect(scene.served.seen.some(({ outcome }) => outcome.kind === 'broken')).toBe(false);
    expect((await rest(phone)).equals(scene.bytes.subarray(0, 3_000_000))).toBe(true);
    expect((await scene.served.saw(({ outcome }) => outcome.kind === 'delivered')).outcome).toMatchObject({ answer: '206', bytes: 3_000_000, confirmed: true });
  });
});

describe('a redirect to another store', () => {
  async function store(): Promise<Served> {
    const profile = Buffer.from('<flat-profile>\n<GPP_A ua="na">from the other store</GPP_A>\n</flat-profile>\n');
    return open(() => ({ kind: 'bytes', bytes: profile, sha256: sha256(profile), contentType: 'text/xml' }));
  }

  async function phoneAt(served: Served): Promise<{ readonly reaction: string | null; readonly error: string | null }> {
    const tiny = await startTinyBench({});
    const { server } = tiny.phone();
    const phone = powerUp(tiny.phone({ server: { ...server, httpPort: served.port } }));
    ends.push(() => tiny.stop(), () => phone.powerOff());
    return phone.finished;
  }

  it.each([301, 302] as const)('is followed by the virtual phone (%i), and both stores tell it', async (status) => {
    const other = await store();
    const first = await open((ask) => (ask.path.endsWith('.cfg') ? { kind: 'redirect', status, location: `${other.url}${ask.path}` } : missingAnswer));
    expect(await phoneAt(first)).toMatchObject({ reaction: 'A', error: null });
    const told = await first.saw(({ outcome }) => outcome.kind === 'answered');
    expect(told).toMatchObject({ outcome: { kind: 'answered', answer: String(status) }, detail: { location: expect.stringContaining(other.url) } });
    expect((await other.saw(({ outcome }) => outcome.kind === 'delivered')).outcome).toMatchObject({ confirmed: true });
  });
});

/** Descriptors of this process for a file. */
function descriptors(file: string): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === file;
    } catch {
      return false;
    }
  }).length;
}

/** Bytes that the client's system has acknowledged and the client has not read: `rx_queue` of its end. */
function unread(client: RawClient, port: number): number {
  const hex = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');
  const ends = `0100007F:${hex(client.socket.localPort ?? 0)} 0100007F:${hex(port)}`;
  const row = readFileSync('/proc/net/tcp', 'latin1').split('\n').find((line) => line.includes(ends));
  return Number.parseInt(/ [0-9A-F]{8}:([0-9A-F]{8}) /.exec(row?.slice((row.indexOf(ends) ?? 0) + ends.length) ?? '')?.[1] ?? '0', 16);
}
