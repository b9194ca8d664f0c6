import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';

interface DownloadOptions {
  readonly url: string;
  readonly file: string;
  readonly sha256: string;
  readonly stallMs?: number;
  readonly tell?: (text: string) => void;
}

const { download } = (await import(new URL('../../../scripts/setup/download.mjs', import.meta.url).href)) as {
  readonly download: (options: DownloadOptions) => Promise<string | null>;
};
const { windowRefused } = (await import(new URL('../../../scripts/setup/electron.mjs', import.meta.url).href)) as {
  readonly windowRefused: (here: { platform: string; uid: number; env: Readonly<Record<string, string>> }) => string | null;
};

const folder = mkdtempSync(join(tmpdir(), 'dialbench-download-'));
const file = join(folder, 'electron.zip');
const body = Buffer.alloc(3_000_000, 'electron');
const sha256 = createHash('sha256').update(body).digest('hex');
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  rmSync(file, { force: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

function serve(answer: (response: ServerResponse) => void): Promise<string> {
  const running = createServer((_request, response) => answer(response)).listen(0, '127.0.0.1');
  server = running;
  return new Promise((resolve) => {
    running.once('listening', () => {
      const address = running.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/e.zip`);
    });
  });
}

describe('fetching the Electron binary', () => {
  it('names host and size and keeps the file when its hash is right', async () => {
    const told: string[] = [];
    const url = await serve((response) => response.writeHead(200, { 'content-length': body.length }).end(body));
    expect(await download({ url, file, sha256, tell: (text) => told.push(text) })).toBeNull();
    expect(readFileSync(file)).toEqual(body);
    expect(told[0]).toBe(`fetching 3 MB from ${new URL(url).host} …`);
  });

  it('keeps nothing of a file that is not the published one', async () => {
    const url = await serve((response) => response.end('something else'));
    expect(await download({ url, file, sha256, tell: () => undefined })).toBe('the file that came is not the published one (SHA-256 differs)');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('gives up when no bytes come, also in the middle of the file', async () => {
    const url = await serve((response) => response.writeHead(200, { 'content-length': body.length }).write(body.subarray(0, 1000)));
    expect(await download({ url, file, sha256, stallMs: 300, tell: () => undefined })).toMatch(/^no bytes for 0 s from 127\.0\.0\.1:/);
    expect(existsSync(file)).toBe(false);
  });

  it('says what the host answered', async () => {
    const url = await serve((response) => response.writeHead(403).end());
    expect(await download({ url, file, sha256, tell: () => undefined })).toMatch(/answered 403$/);
  });

  it('says that a host cannot be reached', async () => {
    const url = await serve((response) => response.end());
    await new Promise((resolve) => server?.close(resolve));
    expect(await download({ url, file, sha256, tell: () => undefined })).toMatch(/^127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)$/);
  });
});

describe('whether a window may open', () => {
  const display = { DISPLAY: ':0' };

  it('is no as root, since Electron would run without its sandbox', () => {
    expect(windowRefused({ platform: 'linux', uid: 0, env: display })).toMatch(/as root/);
  });

  it('is no without a display', () => {
    expect(windowRefused({ platform: 'linux', uid: 1000, env: {} })).toMatch(/no display/);
  });

  it('is yes for a person at a desktop', () => {
    expect(windowRefused({ platform: 'linux', uid: 1000, env: display })).toBeNull();
    expect(windowRefused({ platform: 'linux', uid: 1000, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeNull();
    expect(windowRefused({ platform: 'darwin', uid: 501, env: {} })).toBeNull();
  });
});
