import { os } from '@orpc/server';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { connectControl, startControl } from '../../../main/headless/control.ts';
import { startHeadless, type HeadlessHost } from '../../../main/headless/host.ts';
import { openPage } from '../../support/page-client.ts';

const router = { bench: { view: os.handler(() => 'the view') } };

/** A request with any Host and Origin, which fetch would not allow. */
function ask(url: URL, path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<{ status: number; cookie: string | null; text: string }> {
  return new Promise((done, fail) => {
    const sent = request({ host: url.hostname, port: url.port, path, method, headers: { Host: url.host, ...headers } }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => done({ status: response.statusCode ?? 0, cookie: response.headers['set-cookie']?.[0] ?? null, text }));
    });
    sent.on('error', fail);
    sent.end(body);
  });
}

describe('the browser’s door', () => {
  let pages: string;
  let host: HeadlessHost;
  let url: URL;

  beforeAll(async () => {
    pages = await mkdtemp(join(tmpdir(), 'dialbench-pages-'));
    await writeFile(join(pages, 'index.html'), '<!doctype html><title>bench</title>');
    host = await startHeadless({ address: '127.0.0.1', port: 0, pages }, () => router);
    url = new URL(host.url);
  });
  afterAll(async () => {
    await host.close();
    await rm(pages, { recursive: true });
  });

  it('serves the page with a policy that allows nothing from elsewhere', async () => {
    const response = await fetch(url);
    expect(await response.text()).toContain('<title>bench</title>');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it('opens the contract to the holder of the token, and keeps it open when the page is loaded again', async () => {
    const page = await openPage(host.url);
    expect(await page.client.bench.view()).toBe('the view');
    page.close();
  });

  it('gives no session for a wrong token or none', async () => {
    for (const body of ['{"token":"guess"}', '{}', 'not json', '']) {
      const answer = await ask(url, '/session', { Origin: url.origin }, 'POST', body);
      expect([400, 401], body).toContain(answer.status);
      expect(answer.cookie).toBeNull();
    }
  });

  it('refuses a foreign page and a foreign name even with the right token', async () => {
    const body = JSON.stringify({ token: url.hash.replace('#token=', '') });
    expect((await ask(url, '/session', { Origin: 'https://evil.example' }, 'POST', body)).status).toBe(403);
    expect((await ask(url, '/session', { Host: 'evil.example', Origin: url.origin }, 'POST', body)).status).toBe(403);
    expect((await ask(url, '/', { Host: `evil.example:${url.port}` })).status).toBe(403);
  });

  it('opens no WebSocket without a session or from another origin', async () => {
    const refused = (headers: Record<string, string>) =>
      new Promise<number>((done) => {
        const socket = new WebSocket(`ws://${url.host}/rpc`, { headers });
        socket.on('unexpected-response', (_, response) => done(response.statusCode ?? 0));
        socket.on('open', () => done(101));
        socket.on('error', () => undefined);
      });
    expect(await refused({ Origin: url.origin })).toBe(403);
    expect(await refused({ Origin: url.origin, Cookie: `dialbench-${url.port}=guess` })).toBe(403);
  });

  it('outlives strangers who ask for a WebSocket and hang up hard', async () => {
    const hello = `GET /rpc HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'A'.repeat(22)}==\r\n\r\n`;
    for (let n = 0; n < 100; n += 1) {
      await new Promise<void>((done) => {
        const stranger = connect(Number(url.port), '127.0.0.1', () => {
          stranger.write(hello + 'x'.repeat(5000));
          stranger.resetAndDestroy();
        });
        stranger.on('error', () => undefined);
        stranger.on('close', () => done());
      });
    }
    expect((await ask(url, '/')).status).toBe(200);
  });

  it.each(['/../package.json', '/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/assets/../../x.js', '/nothing.js', '/'.repeat(50)])(
    'serves nothing outside the built pages for %s',
    async (path) => {
      const answer = await ask(url, path);
      expect(answer.status === 404 || answer.text.includes('<title>bench</title>')).toBe(true);
    },
  );

  it.each(['junk', '{"i":1}', 'null', '{"i":"1","p":{}}', Buffer.from([0, 255, 3])])('ends a pipe that speaks %j, and serves the next', async (frame) => {
    const page = await openPage(host.url);
    const closed = new Promise((done) => page.socket.once('close', done));
    page.socket.send(frame);
    expect(await closed).toBe(1007);
    const next = await openPage(host.url);
    expect(await next.client.bench.view()).toBe('the view');
    next.close();
  });

  it('ends the pipes of every page when the bench behind it changes', async () => {
    const page = await openPage(host.url);
    const closed = new Promise((done) => page.socket.once('close', done));
    host.reconnect();
    expect(await closed).toBe(1012);
  });
});

describe('the command line’s door', () => {
  it('is a socket that only its owner can open, and it outlives a bench that was killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dialbench-control-'));
    const path = join(folder, 'control.sock');
    await writeFile(path, '');
    const first = await startControl(path, router);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const { client, close } = await connectControl(path);
    expect(await client.bench.view()).toBe('the view');
    close();
    await first.close();
    await expect(connectControl(path)).rejects.toThrow();
    await rm(folder, { recursive: true });
  });

  it('tells a command in words that the bench ended before it answered', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dialbench-control-'));
    const path = join(folder, 'control.sock');
    const host = await startControl(path, { bench: { view: os.handler(() => new Promise(() => undefined)) } });
    const { client } = await connectControl(path);
    const asked = client.bench.view();
    setTimeout(() => void host.close(), 100);
    await expect(asked).rejects.toMatchObject({ code: 'BAD_REQUEST', data: { code: 'workspace.bench-ended' } });
    await rm(folder, { recursive: true });
  });
});
