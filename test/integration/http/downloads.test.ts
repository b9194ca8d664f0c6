import { randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateFacts } from '../../../main/crypto/pki/facts.ts';
import type { HttpAnswer, HttpAsk } from '../../../main/servers/http/needs.ts';
import { tlsTransport } from '../../../main/servers/http/tls-transport.ts';
import { have, run } from '../../support/http/clients.ts';
import { startCuttingProxy } from '../../support/http/cutting-proxy.ts';
import { missingAnswer, serveHttp, sha256, waitFor, type Served } from '../../support/http/served.ts';
import { newAuthority, newServer } from '../../support/pki/certificates.ts';

const curl = have('curl');
const wget = have('wget');
const busybox = have('busybox', ['true']);

/** No multiple of any piece, so that the edges are uneven. */
const LOAD = randomBytes(6_000_123);
const SHA256 = sha256(LOAD);
/** More than the buffers of two systems hold, so that a client that is slow has not got it all in a moment. */
const HUGE = 48_000_000;

let plain: Served;
let secure: Served;
let folder = '';
let count = 0;

beforeAll(async () => {
  const answer = (ask: HttpAsk): HttpAnswer => {
    const file = { kind: 'file', file: join(folder, 'load.bin'), size: LOAD.length, contentType: 'application/octet-stream' } as const;
    if (ask.path === '/load.bin') return { ...file, sha256: SHA256 };
    if (ask.path === '/huge.bin') return { ...file, file: join(folder, 'huge.bin'), size: HUGE, sha256: null };
    return ask.path === '/static.bin' ? { ...file, sha256: null } : missingAnswer;
  };
  plain = await serveHttp(answer);
  folder = plain.folder;
  writeFileSync(join(folder, 'load.bin'), LOAD);
  writeFileSync(join(folder, 'huge.bin'), Buffer.alloc(HUGE, LOAD));
  const identity = await newServer(await newAuthority(), ['127.0.0.1']);
  const { names, from, to } = certificateFacts(new X509Certificate(identity.chain));
  secure = await serveHttp(answer, {
    transport: tlsTransport({ ...identity, facts: { names, from, to }, clientCertificates: 'off', clientAuthorities: [], floor: 'TLSv1.2' }, () => Date.now()),
  });
});
afterAll(async () => {
  await Promise.all([plain.end(), secure.end()]);
});

function place(): string {
  count += 1;
  return join(folder, `got-${count}`);
}

function hashOf(file: string): string {
  return sha256(readFileSync(file));
}

describe.each([['http', () => plain], ['https', () => secure]] as const)('downloads by %s, checked by SHA-256', (_name, served) => {
  const get = (...args: string[]) => run('curl', ['-sk', '-m', '60', ...args]);

  it.skipIf(!curl).each([['at once', []], ['with HTTP/1.0', ['-0']], ['at a limited rate', ['--limit-rate', '4M']], ['compressed if anybody liked', ['--compressed']]] as const)('curl %s', async (_how, flags) => {
    const file = place();
    await get(...flags, '-o', file, `${served().url}/load.bin`);
    expect(hashOf(file)).toBe(SHA256);
  });

  it.skipIf(!curl)('curl puts it together from ranges, uneven ones, single bytes and the end counted from behind', async () => {
    const edges = [0, 1, 65_535, 262_144, 262_145, 3_000_000, 5_999_000];
    const parts = await Promise.all(edges.map((from, index) => get('-r', index === edges.length - 1 ? `-${LOAD.length - from}` : `${from}-${(edges[index + 1] ?? 0) - 1}`, `${served().url}/load.bin`)));
    expect(sha256(Buffer.concat(parts.map(({ stdout }) => stdout)))).toBe(SHA256);
  });

  it.skipIf(!curl)('curl goes on with a part that it has', async () => {
    const file = place();
    writeFileSync(file, LOAD.subarray(0, 2_345_678));
    await get('-C', '-', '-o', file, `${served().url}/load.bin`);
    expect(hashOf(file)).toBe(SHA256);
  });

  it.skipIf(!curl)('curl gets it three times over one connection', async () => {
    const files = [place(), place(), place()];
    const { stdout } = await get('-w', '%{num_connects} ', ...files.flatMap((file) => ['-o', file, `${served().url}/load.bin`]));
    expect(stdout.toString()).toBe('1 0 0 ');
    expect(files.map(hashOf)).toEqual([SHA256, SHA256, SHA256]);
  });

  it.skipIf(!wget)('wget goes on after every cut of the connection until it has all', async () => {
    const proxy = await startCuttingProxy(served().port, 1_700_000);
    const file = place();
    const url = `${served().url.slice(0, served().url.lastIndexOf(':'))}:${proxy.port}/load.bin`;
    const { code } = await run('wget', ['-q', '--no-check-certificate', '-t', '10', '--waitretry=0', '-O', file, url]);
    await proxy.stop();
    expect(code).toBe(0);
    expect(hashOf(file)).toBe(SHA256);
    expect(proxy.connections()).toBe(4);
    const parts = served().seen.filter(({ outcome, detail }) => outcome.kind === 'delivered' && outcome.answer === '206' && detail?.['range'] !== undefined);
    expect(parts.length).toBeGreaterThan(0);
  });

  it.skipIf(!wget)('wget -c goes on with a file that it has, and takes a whole one for done (416)', async () => {
    const file = place();
    writeFileSync(file, LOAD.subarray(0, 4_000_001));
    const again = () => run('wget', ['-q', '-c', '--no-check-certificate', '-O', file, `${served().url}/load.bin`]);
    expect((await again()).code).toBe(0);
    expect(hashOf(file)).toBe(SHA256);
    expect((await again()).code).toBe(0);
    expect(hashOf(file)).toBe(SHA256);
    expect((await served().saw(({ outcome }) => outcome.kind === 'refused' && outcome.answer === '416')).outcome).toMatchObject({ code: 'http.range' });
  });
});

describe('downloads by other clients', () => {
  it.skipIf(!busybox)('busybox wget gets it whole, and goes on with a part', async () => {
    const file = place();
    writeFileSync(file, LOAD.subarray(0, 1_000_000));
    expect((await run('busybox', ['wget', '-q', '-c', '-O', file, `${plain.url}/load.bin`])).code).toBe(0);
    expect(hashOf(file)).toBe(SHA256);
    const whole = place();
    expect((await run('busybox', ['wget', '-q', '-O', whole, `${plain.url}/load.bin`])).code).toBe(0);
    expect(hashOf(whole)).toBe(SHA256);
  });

  it.skipIf(!curl)('curl that is killed in mid-transfer is told as broken, and its successor gets the rest', async () => {
    const file = place();
    const cut = await run('curl', ['-s', '-m', '3', '--limit-rate', '200K', '-A', 'cut', '-o', file, `${plain.url}/huge.bin`]);
    expect(cut.code).toBe(28);
    const got = statSync(file).size;
    expect(got).toBeLessThan(HUGE);
    const broken = await plain.saw(({ outcome, facts }) => facts.userAgent === 'cut' && outcome.kind === 'broken');
    expect(broken.outcome).toMatchObject({ code: 'http.gone' });
    await run('curl', ['-s', '-C', '-', '-o', file, `${plain.url}/huge.bin`]);
    expect(hashOf(file)).toBe(hashOf(join(folder, 'huge.bin')));
  });
});

describe.skipIf(!curl)('conditional requests by curl', () => {
  const head = async (...args: string[]): Promise<{ status: number; text: string }> => {
    const { stdout } = await run('curl', ['-s', '-m', '60', '-D', '-', '-o', '/dev/null', ...args]);
    return { status: Number(stdout.subarray(9, 12).toString()), text: stdout.toString() };
  };
  const url = (): string => `${plain.url}/load.bin`;

  it('an ETag that is the SHA-256 gives 304 with all that 200 would say of it, and no content', async () => {
    const first = await head(url());
    expect(first.text).toContain(`ETag: "${SHA256}"`);
    for (const flags of [[], ['-I']]) {
      const again = await head(...flags, '-H', `If-None-Match: "${SHA256}"`, '-A', 'again', url());
      expect(again.status).toBe(304);
      expect(again.text).toContain(`ETag: "${SHA256}"`);
      expect(again.text).not.toMatch(/content-length/i);
    }
    expect((await plain.saw(({ facts }) => facts.userAgent === 'again')).outcome).toEqual({ kind: 'answered', answer: '304' });
    expect((await head('-H', 'If-None-Match: "other"', url())).status).toBe(200);
  });

  it('the date of the file does the same, and an older date gets the file', async () => {
    const first = await head(url());
    const date = /^Last-Modified: (.*)\r$/m.exec(first.text)?.[1] ?? '';
    expect(Math.abs(Date.parse(date) - statSync(join(folder, 'load.bin')).mtimeMs)).toBeLessThan(1_000);
    expect((await head('-H', `If-Modified-Since: ${date}`, url())).status).toBe(304);
    expect((await head('-z', join(folder, 'load.bin'), url())).status).toBe(304);
    expect((await head('-H', 'If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT', url())).status).toBe(200);
  });

  it('who wants to go on with other content gets 412, before any part', async () => {
    const { status } = await head('-H', 'If-Match: "other"', '-r', '0-9', '-A', 'match', url());
    expect(status).toBe(412);
    expect((await plain.saw(({ facts }) => facts.userAgent === 'match')).outcome).toEqual({ kind: 'refused', answer: '412', code: 'http.condition' });
    expect((await head('-H', `If-Match: "${SHA256}"`, '-r', '0-9', url())).status).toBe(206);
  });

  it('If-Range gives the part of the same content and the whole of other', async () => {
    expect((await head('-H', `If-Range: "${SHA256}"`, '-r', '9-', url())).status).toBe(206);
    expect((await head('-H', `If-Range: W/"${SHA256}"`, '-r', '9-', url())).status).toBe(200);
    expect((await head('-H', 'If-Range: "other"', '-r', `${LOAD.length}-`, url())).status).toBe(200);
  });

  it('a file without a known hash gets its ETag once it was sent whole and has rested', async () => {
    const asked = async (): Promise<string> => {
      await run('curl', ['-s', '-o', '/dev/null', `${plain.url}/static.bin`]);
      return (await head('-I', `${plain.url}/static.bin`)).text;
    };
    const limit = Date.now() + 60_000;
    let text = await asked();
    while (!text.includes('ETag') && Date.now() < limit) text = await asked();
    expect(text).toContain(`ETag: "${SHA256}"`);
    await waitFor(() => plain.seen.find(({ facts, outcome }) => facts.path === '/static.bin' && outcome.kind === 'delivered' && outcome.sha256 === SHA256), () => 'not hashed');
  });
});
