import { ORPCError, os } from '@orpc/server';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request, type ClientRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { run } from '../../support/bench-process.ts';
import { startHeadless, type HeadlessHost } from '../../../main/headless/host.ts';

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('skipped: an upload onto a disk that fills (needs root)');

describe('files that a page sends', () => {
  let folder: string;
  let incoming: string;
  let host: HeadlessHost;
  let url: URL;
  let cookie: string;
  let took: { name: string; text: string; replace: boolean }[];
  let wait: Promise<void>;

  const add = os.input(z.object({ paths: z.array(z.string()), replace: z.boolean() })).handler(async ({ input }) => {
    const [path = ''] = input.paths;
    took.push({ name: basename(path), text: await readFile(path, 'latin1'), replace: input.replace });
    await wait;
    if (path.endsWith('bad.zip')) throw new ORPCError('BAD_REQUEST', { data: { code: 'firmware.zip-damaged', params: { file: 'bad.zip', cause: 'x' } } });
    return { files: [{ name: basename(path), verdict: 'added', bytes: 1, failure: null }], loads: [] };
  });

  beforeEach(async () => {
    took = [];
    wait = Promise.resolve();
    folder = await mkdtemp(join(tmpdir(), 'dialbench-upload-'));
    incoming = join(folder, 'incoming');
    await writeFile(join(folder, 'index.html'), '');
    await mkdir(join(incoming, 'sent-left'), { recursive: true });
    host = await startHeadless({ address: '127.0.0.1', port: 0, pages: folder, incoming }, () => ({ firmware: { add } }));
    url = new URL(host.url);
    const session = await fetch(new URL('/session', url), { method: 'POST', headers: { Origin: url.origin }, body: JSON.stringify({ token: url.hash.replace('#token=', '') }) });
    cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  });
  afterEach(async () => {
    await host.close();
    await rm(folder, { recursive: true });
  });

  function open(path: string, headers: Record<string, string | number>, done: (answer: Answer | null) => void): ClientRequest {
    const sent = request({ host: url.hostname, port: url.port, path, method: 'PUT', headers: { Host: url.host, Origin: url.origin, Cookie: cookie, ...headers } }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => done({ status: response.statusCode ?? 0, body: text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {} }));
    });
    sent.on('error', () => done(null));
    return sent;
  }
  const put = (path: string, body: string | Buffer, headers: Record<string, string | number> = {}): Promise<Answer | null> =>
    new Promise((done) => open(path, { 'Content-Length': Buffer.byteLength(body), ...headers }, done).end(body));

  it('are handed to the catalogue under their own name and removed afterwards', async () => {
    const bytes = Buffer.alloc(3_000_000, 'fw');
    const answer = await put('/firmware/cmterm-88xx.12-0-7_REL.zip?replace', bytes);
    expect(answer).toMatchObject({ status: 200, body: { files: [{ name: 'cmterm-88xx.12-0-7_REL.zip', verdict: 'added' }] } });
    expect(took).toEqual([{ name: 'cmterm-88xx.12-0-7_REL.zip', text: bytes.toString('latin1'), replace: true }]);
    await expect.poll(() => readdir(incoming)).toEqual([]);
  });

  it('that a crash left are gone when the host starts', async () => {
    expect(await readdir(folder)).not.toContain('sent-left');
    expect(await readdir(incoming).catch(() => [])).toEqual([]);
  });

  it('are refused without a session, from another page, or with a name that is no flat name', async () => {
    expect((await put('/firmware/a.sbn', 'x', { Cookie: 'dialbench=guess' }))?.status).toBe(401);
    expect((await put('/firmware/a.sbn', 'x', { Origin: 'https://evil.example' }))?.status).toBe(403);
    for (const name of ['..%2Fa.sbn', '.hidden', 'a%00.sbn', 'a%2Fb.sbn', '', 'a..b.sbn', '%E0%A4', `${'a'.repeat(130)}.sbn`]) {
      expect((await put(`/firmware/${name}`, 'x'))?.status, name).toBe(400);
    }
    expect(took).toEqual([]);
  });

  it('say why they are refused: too large, without a length, or by the catalogue', async () => {
    expect(await new Promise((done) => open('/firmware/a.zip', { 'Content-Length': 4_000_000_001 }, done).end())).toMatchObject({ status: 413, body: { code: 'upload.too-large' } });
    // An image is refused here, not behind minutes of sending by the catalogue.
    expect(await new Promise((done) => open('/firmware/a.sbn', { 'Content-Length': 1_000_000_001 }, done).end())).toMatchObject({ status: 413, body: { code: 'firmware.too-large', params: { name: 'a.sbn' } } });
    expect(await new Promise((done) => open('/firmware/a.sbn', { 'Transfer-Encoding': 'chunked' }, done).end('x'))).toMatchObject({ status: 411, body: { code: 'upload.no-length' } });
    expect(await put('/firmware/bad.zip', 'x')).toMatchObject({ status: 400, body: { code: 'firmware.zip-damaged', params: { file: 'bad.zip' } } });
  });

  it('come one at a time', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    wait = promise;
    const first = put('/firmware/a.sbn', 'first');
    await expect.poll(() => took.length).toBe(1);
    expect(await put('/firmware/b.sbn', Buffer.alloc(2_000_000))).toMatchObject({ status: 409, body: { code: 'upload.busy' } });
    resolve();
    expect((await first)?.status).toBe(200);
    expect((await put('/firmware/b.sbn', 'second'))?.status).toBe(200);
  });

  it('come one at a time, also when both come at once', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    wait = promise;
    const both = ['a', 'b', 'c'].map((name) => put(`/firmware/${name}.sbn`, name));
    await expect.poll(() => took.length).toBe(1);
    const refused = await Promise.race(both);
    expect(refused).toMatchObject({ status: 409, body: { code: 'upload.busy' } });
    resolve();
    expect((await Promise.all(both)).map((answer) => answer?.status).toSorted()).toEqual([200, 409, 409]);
    expect(took).toHaveLength(1);
  });

  it.skipIf(!isRoot)('say that the disk is full when that happens in the middle, and leave nothing', async () => {
    await mkdir(incoming, { recursive: true });
    expect((await run('mount', ['-t', 'tmpfs', '-o', 'size=300m', 'tmpfs', incoming])).code).toBe(0);
    try {
      const half = Buffer.alloc(8_000_000, 'fw');
      const answer = await new Promise<Answer | null>((done) => {
        const sent = open('/firmware/a.sbn', { 'Content-Length': 2 * half.length }, done);
        sent.write(half);
        void expect.poll(async () => (await readdir(incoming)).length).toBe(1).then(async () => {
          // Another program takes the rest.
          await run('fallocate', ['-l', '290M', join(incoming, 'other')]);
          sent.end(half);
        });
      });
      expect(answer).toMatchObject({ status: 507, body: { code: 'firmware.disk-full', params: { name: 'a.sbn' } } });
      await expect.poll(() => readdir(incoming)).toEqual(['other']);
      expect(took).toEqual([]);
    } finally {
      await run('umount', [incoming]);
    }
  });

  it('that break off leave nothing and hold up nobody', async () => {
    const sent = open('/firmware/a.sbn', { 'Content-Length': 1_000_000 }, () => undefined);
    sent.write(Buffer.alloc(100_000));
    await expect.poll(async () => (await readdir(incoming).catch(() => [])).length).toBe(1);
    sent.destroy();
    await expect.poll(() => readdir(incoming)).toEqual([]);
    expect((await put('/firmware/a.sbn', 'again'))?.status).toBe(200);
    expect(took.map(({ text }) => text)).toEqual(['again']);
  });
});
