import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { HTTP_LIMITS } from '../../../main/servers/http/config.ts';
import type { HttpAnswer } from '../../../main/servers/http/needs.ts';
import { createHttpServer } from '../../../main/servers/http/server.ts';
import { connectRaw, type RawClient } from '../../support/http/clients.ts';
import { quietPort } from '../../support/ports.ts';
import { missingAnswer, PROFILE, profileAnswer, serveHttp, waitFor, type Served, type ServedOptions } from '../../support/http/served.ts';

let served: Served | null = null;
afterEach(async () => {
  await served?.end();
  served = null;
});

async function open(options: ServedOptions = {}, answers: Readonly<Record<string, HttpAnswer>> = {}): Promise<Served> {
  served = await serveHttp((ask) => answers[ask.path] ?? (ask.path === '/p.xml' ? profileAnswer : missingAnswer), options);
  return served;
}

const status = (client: RawClient): string => client.received().slice(0, 12);
const answered = (client: RawClient): Promise<boolean> => waitFor(() => client.received().includes('\r\n\r\n'), () => 'no answer');

describe('clients that are slow', () => {
  it('is cut off with 408 when it never ends its header', async () => {
    const { port, saw } = await open({ limits: { headerMs: 500 } });
    const client = await connectRaw(port);
    client.write('GET /p.xml HTTP/1.1\r\nHost: x\r\n');
    const drip = setInterval(() => { client.write('X-A: b\r\n'); }, 50);
    await client.closed;
    clearInterval(drip);
    expect(status(client)).toBe('HTTP/1.1 408');
    expect((await saw((each) => each.outcome.kind === 'refused')).outcome).toMatchObject({ code: 'http.timeout', answer: '408' });
  });

  it('is cut off without a word when it connects and says nothing', async () => {
    const { port, seen } = await open({ limits: { headerMs: 500 } });
    const client = await connectRaw(port);
    await client.closed;
    expect(client.received()).toBe('');
    expect(seen).toEqual([]);
  });

  it('is cut off when its body stops coming, and nothing of it stays', async () => {
    const { port, saw, spooled } = await open({ limits: { bodyIdleMs: 500 } });
    const client = await connectRaw(port);
    client.write('PUT /r HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
    await client.closed;
    expect((await saw((each) => each.asked === 'PUT')).outcome).toEqual({ kind: 'broken', code: 'http.body-broken', bytes: 4 });
    await waitFor(() => spooled().length === 0, () => 'the half body is still there');
  });

  it('is cut off when it stops taking a large file', async () => {
    const { port, saw } = await open({ limits: { stallMs: 600 } }, { '/big': { kind: 'bytes', bytes: Buffer.alloc(64_000_000), sha256: 'x', contentType: 'a/b' } });
    const client = await connectRaw(port, { reads: false });
    client.socket.pause();
    client.write('GET /big HTTP/1.1\r\nHost: x\r\n\r\n');
    const seen = await saw((each) => each.outcome.kind === 'broken');
    expect(seen.outcome).toMatchObject({ code: 'http.stalled' });
    client.socket.resume();
    await client.closed;
  });

  it.runIf(process.platform === 'linux')('is not taken for served when the system took the bytes and the client never did', async () => {
    const { port, saw, seen } = await open({ limits: { stallMs: 700 } }, { '/mid': { kind: 'bytes', bytes: Buffer.alloc(6_000_000), sha256: 'x', contentType: 'a/b' } });
    const client = await connectRaw(port, { reads: false });
    client.socket.pause();
    client.write('GET /mid HTTP/1.1\r\nHost: x\r\nRange: bytes=0-2999999\r\n\r\n');
    expect((await saw((each) => each.outcome.kind === 'broken')).outcome).toMatchObject({ code: 'http.stalled' });
    expect(seen.some((each) => each.outcome.kind === 'delivered')).toBe(false);
    client.socket.destroy();
  });

  it('loses its connection after a while without a request', async () => {
    const { port } = await open({ limits: { keepAliveMs: 300 } });
    const client = await connectRaw(port);
    client.write('GET /p.xml HTTP/1.1\r\nHost: x\r\n\r\n');
    await client.closed;
    expect(status(client)).toBe('HTTP/1.1 200');
  });

  it('does not hinder others: 300 half-open requests and a phone', async () => {
    const { port, url } = await open();
    const slow = await Promise.all(Array.from({ length: 300 }, () => connectRaw(port)));
    for (const client of slow) client.write('GET /p.xml HTTP/1.1\r\nHo');
    const response = await fetch(`${url}/p.xml`);
    expect(Buffer.from(await response.arrayBuffer()).equals(PROFILE)).toBe(true);
    for (const client of slow) client.socket.destroy();
  });
});

describe('clients that leave', () => {
  it('in the middle of a file are told as broken, with the bytes that went', async () => {
    const { port, saw } = await open({}, { '/big': { kind: 'bytes', bytes: Buffer.alloc(64_000_000), sha256: 'x', contentType: 'a/b' } });
    const client = await connectRaw(port);
    const first = once(client.socket, 'data');
    client.write('GET /big HTTP/1.1\r\nHost: x\r\n\r\n');
    await first;
    client.socket.destroy();
    const { outcome, detail } = await saw((each) => each.outcome.kind === 'broken');
    expect(outcome).toMatchObject({ code: 'http.gone' });
    expect(outcome.kind === 'broken' && outcome.bytes > 0 && outcome.bytes < 64_000_000).toBe(true);
    expect(detail).toEqual({ total: 64_000_000 });
  });

  it('in the middle of an upload leave nothing behind', async () => {
    const { port, saw, spooled } = await open();
    const client = await connectRaw(port);
    client.write('PUT /r HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n');
    await waitFor(() => spooled().length === 1, () => 'not spooled');
    client.socket.destroy();
    expect((await saw((each) => each.asked === 'PUT')).outcome).toMatchObject({ kind: 'broken', code: 'http.body-broken' });
    await waitFor(() => spooled().length === 0, () => 'still there');
  });

  it('only on their sending side still get their answer', async () => {
    const { port, saw } = await open();
    const client = await connectRaw(port, { allowHalfOpen: true });
    client.socket.end('GET /p.xml HTTP/1.0\r\n\r\n');
    await client.closed;
    expect(Buffer.from(client.received(), 'latin1').subarray(-PROFILE.length).equals(PROFILE)).toBe(true);
    expect((await saw((each) => each.outcome.kind === 'delivered')).outcome).toMatchObject({ bytes: PROFILE.length });
  });
});

describe('bytes that are no request', () => {
  it.each([
    ['HELLO\r\n\r\n', '400'],
    ['GET /p.xml HTTP/1.1\r\n\r\n', '400'],
    ['GET /p.xml HTTP/9.9\r\nHost: x\r\n\r\n', '505'],
    ['GET /p.xml HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n', '400'],
    ['POST /r HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', '400'],
    ['POST /r HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc', '400'],
    ['POST /r HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', '400'],
    ['POST /r HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n', '501'],
    ['PUT /r HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', '400'],
    ['CONNECT phone:80 HTTP/1.1\r\nHost: x\r\n\r\n', '501'],
    ['BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n', '501'],
    ['PUT /r HTTP/1.1\r\nHost: x\r\nExpect: 200-maybe\r\nContent-Length: 1\r\n\r\n', '417'],
    [`GET /p.xml HTTP/1.1\r\nHost: x\r\nA: ${'b'.repeat(20_000)}\r\n\r\n`, '431'],
    [`GET /${'b'.repeat(3_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, '414'],
    ['GET * HTTP/1.1\r\nHost: x\r\n\r\n', '404'],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '505'],
  ])('%j is answered %s', async (bytes, expected) => {
    const { port } = await open();
    const client = await connectRaw(port);
    client.write(bytes);
    await answered(client);
    expect(status(client)).toBe(`HTTP/1.1 ${expected}`);
    client.socket.destroy();
  });

  it('TLS on the plain port is closed and named for what it is', async () => {
    const { port, saw } = await open();
    const client = await connectRaw(port);
    client.write(Buffer.from('16030100c8010000c40303', 'hex'));
    await client.closed;
    expect((await saw(() => true)).outcome).toEqual({ kind: 'ignored', code: 'http.tls-on-plain' });
  });

  it('10,000 of them in all shapes harm nobody, and are one row for each cause and minute', async () => {
    const { port, url, seen, server } = await open();
    const began = Date.now();
    const shapes = (index: number): Uint8Array => {
      const noise = randomBytes(1 + (index % 300));
      const text = noise.toString('latin1');
      return Buffer.from([text, `GET ${text} HTTP/1.1\r\n\r\n`, `GET / HTTP/1.1\r\n${text}\r\n\r\n`, `PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${text}`, `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${text}\r\n\r\n`][index % 5] ?? '', 'latin1');
    };
    for (let round = 0; round < 100; round += 1) {
      const clients = await Promise.all(Array.from({ length: 100 }, () => connectRaw(port)));
      for (const [index, client] of clients.entries()) client.socket.end(shapes(round * 100 + index));
      await Promise.all(clients.map(async (client) => { await Promise.race([client.closed, wait(200)]); client.socket.destroy(); }));
    }
    const response = await fetch(`${url}/p.xml`);
    expect(Buffer.from(await response.arrayBuffer()).equals(PROFILE)).toBe(true);
    expect(server.status().state).toBe('listening');
    await waitFor(() => (server.status().figures['connections'] ?? 0) <= 1, () => `connections left: ${server.status().figures['connections']}`);
    const unreadable = seen.filter((each) => each.outcome.kind === 'refused' && each.outcome.code === 'http.bad-request');
    expect(unreadable.length).toBeGreaterThan(0);
    expect(unreadable.length).toBeLessThanOrEqual(1 + Math.floor((Date.now() - began) / 60_000));
    expect(server.status().figures['bad']).toBeGreaterThan(1_000);
  });

  it('requests without end on one connection end the connection', async () => {
    let asked = 0;
    served = await serveHttp(async () => {
      asked += 1;
      await wait(2_000);
      return profileAnswer;
    });
    const client = await connectRaw(served.port);
    client.write('GET /p.xml HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(1_000));
    await client.closed;
    expect(asked).toBeLessThanOrEqual(HTTP_LIMITS.pipelined);
    expect((await served.saw((each) => each.outcome.kind === 'ignored')).outcome).toEqual({ kind: 'ignored', code: 'http.too-many' });
  });

  it('answers requests that came in one piece, in their order', async () => {
    const { port } = await open();
    const client = await connectRaw(port);
    client.write('GET /p.xml HTTP/1.1\r\nHost: x\r\n\r\nGET /no HTTP/1.1\r\nHost: x\r\n\r\nHEAD /p.xml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await client.closed;
    expect(client.received().match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404', 'HTTP/1.1 200']);
  });

  it('turns connections away beyond what one address may hold', async () => {
    const { port, saw, server } = await open({ limits: { connectionsPerAddress: 5 } });
    const clients = await Promise.all(Array.from({ length: 8 }, () => connectRaw(port)));
    await saw((each) => each.asked === 'connection');
    await waitFor(() => server.status().figures['connections'] === 5, () => JSON.stringify(server.status().figures));
    expect(server.status().figures['turnedAway']).toBe(3);
    for (const client of clients) client.socket.destroy();
  });
});

describe('files that are not what they were', () => {
  const file = (path: string, size: number): HttpAnswer => ({ kind: 'file', file: path, size, sha256: null, contentType: 'a/b' });

  it('are 404 when gone or no file, 503 when of another size', async () => {
    const answers: Record<string, HttpAnswer> = {};
    const { folder, url, saw } = await open({}, answers);
    writeFileSync(join(folder, 'f'), 'abc');
    mkdirSync(join(folder, 'd'));
    symlinkSync('nowhere', join(folder, 'l'));
    spawnSync('mkfifo', [join(folder, 'pipe')]);
    Object.assign(answers, { '/f': file(join(folder, 'f'), 4), '/d': file(join(folder, 'd'), 3), '/l': file(join(folder, 'l'), 3), '/none': file(join(folder, 'none'), 3), '/pipe': file(join(folder, 'pipe'), 3) });
    const got = async (path: string): Promise<number> => (await fetch(url + path)).status;
    expect([await got('/f'), await got('/d'), await got('/l'), await got('/none'), await got('/pipe')]).toEqual([503, 404, 404, 404, 404]);
    expect((await saw((each) => each.facts.path === '/f')).outcome).toEqual({ kind: 'refused', answer: '503', code: 'http.file-changed' });
  });

  it('are never completed when they change while they are sent', async () => {
    const answers: Record<string, HttpAnswer> = {};
    const { folder, port, saw } = await open({}, answers);
    const path = join(folder, 'f');
    writeFileSync(path, Buffer.alloc(32_000_000));
    answers['/f'] = file(path, 32_000_000);
    const client = await connectRaw(port);
    const first = once(client.socket, 'data');
    client.socket.once('data', () => { client.socket.pause(); });
    client.write('GET /f HTTP/1.1\r\nHost: x\r\n\r\n');
    await first;
    await wait(50);
    appendFileSync(path, 'more');
    client.socket.resume();
    await client.closed;
    expect(client.received().length).toBeLessThan(32_000_000);
    expect((await saw((each) => each.outcome.kind === 'broken')).outcome).toMatchObject({ code: 'http.file-changed' });
  });

  it('of no bytes are delivered as such', async () => {
    const answers: Record<string, HttpAnswer> = {};
    const { folder, url, saw } = await open({}, answers);
    writeFileSync(join(folder, 'e'), '');
    answers['/e'] = file(join(folder, 'e'), 0);
    expect(await (await fetch(`${url}/e`)).text()).toBe('');
    expect((await saw((each) => each.outcome.kind === 'delivered')).outcome).toMatchObject({ bytes: 0, sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' });
  });

  it('show how far they are while they are on their way', async () => {
    const { port, progress, server } = await open({}, { '/big': { kind: 'bytes', bytes: Buffer.alloc(64_000_000), sha256: 'x', contentType: 'a/b' } });
    const client = await connectRaw(port);
    // By its own count, not by a clock: a quick machine sends all of it in a moment.
    client.socket.on('data', () => { if (client.socket.bytesRead > 4_000_000) client.socket.pause(); });
    client.write('GET /big HTTP/1.1\r\nHost: x\r\n\r\n');
    const first = await waitFor(() => progress[0], () => 'no progress');
    expect(first).toMatchObject({ server: 'http', path: '/big', total: 64_000_000 });
    expect(first.bytes).toBeGreaterThan(0);
    expect(first.bytes).toBeLessThan(64_000_000);
    await waitFor(() => (server.status().figures['bytesPerSecond'] ?? 0) > 0, () => 'the rate counts only what has ended');
    expect(server.status().figures).toMatchObject({ transfers: 1 });
    client.socket.destroy();
  });
});

describe('the server itself', () => {
  it('answers 500 when the app fails, and goes on', async () => {
    served = await serveHttp(() => { throw new TypeError('a fault'); });
    expect((await fetch(`${served.url}/a`)).status).toBe(500);
    expect((await served.saw(() => true))).toMatchObject({ outcome: { kind: 'refused', code: 'http.failed' }, detail: { reason: 'TypeError' } });
    expect((await fetch(`${served.url}/b`)).status).toBe(500);
  });

  it('waits for the app only so long', async () => {
    served = await serveHttp(() => new Promise(() => undefined), { limits: { answerMs: 300 } });
    const client = await connectRaw(served.port);
    client.write('GET /p.xml HTTP/1.1\r\nHost: x\r\n\r\n');
    await client.closed;
    expect(await served.saw(() => true)).toMatchObject({ outcome: { kind: 'broken', code: 'http.failed' }, detail: { reason: 'no answer in time' } });
  });

  it('says that the port is taken, by code', async () => {
    const port = await quietPort();
    const holder = createServer();
    await new Promise<void>((resolve) => { holder.listen(port, '127.0.0.1', resolve); });
    const none = { answer: async () => missingAnswer, spool: async () => ({ refuse: { status: 404, code: 'x' } }), observe: () => undefined, progress: () => undefined, changed: () => undefined };
    const server = createHttpServer({ name: 'http', address: '127.0.0.1', port }, none, () => Date.now());
    expect(await server.start()).toMatchObject({ state: 'failed', port: null, error: { code: 'server.port-taken-unknown', params: { port, transport: 'tcp' } } });
    await server.stop();
    await new Promise((resolve) => holder.close(resolve));
    expect(await server.start()).toMatchObject({ state: 'listening', port, error: null });
    await server.stop();
    const elsewhere = createHttpServer({ name: 'http', address: '192.0.2.77', port: 0 }, none, () => Date.now());
    expect(await elsewhere.start()).toMatchObject({ state: 'failed', error: { code: 'server.address-missing' } });
  });

  it('stops in the middle of everything, and starts again', async () => {
    const { port, server, saw } = await open({}, { '/big': { kind: 'bytes', bytes: Buffer.alloc(64_000_000), sha256: 'x', contentType: 'a/b' } });
    const clients = await Promise.all(Array.from({ length: 50 }, () => connectRaw(port)));
    for (const [index, client] of clients.entries()) {
      client.write(['GET /big HTTP/1.1\r\nHost: x\r\n\r\n', 'GET /p', 'PUT /r HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab', ''][index % 4] ?? '');
      client.socket.pause();
    }
    await waitFor(() => (server.status().figures['transfers'] ?? 0) > 10, () => JSON.stringify(server.status().figures));
    const stopped = server.stop().then(() => 'stopped');
    expect(await Promise.race([stopped, wait(30_000, 'late', { ref: false })])).toBe('stopped');
    expect(server.status()).toMatchObject({ state: 'stopped', port: null });
    await saw((each) => each.outcome.kind === 'broken');
    expect((await server.start()).state).toBe('listening');
    for (const client of clients) client.socket.destroy();
  });
});
