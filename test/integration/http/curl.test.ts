import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpAnswer, HttpAsk } from '../../../main/servers/http/needs.ts';
import { have, run } from '../../support/http/clients.ts';
import { missingAnswer, PROFILE, PROFILE_SHA256, profileAnswer, serveHttp, sha256, waitFor, type Served } from '../../support/http/served.ts';

const curl = have('curl');
const BIG = randomBytes(3_000_000);

function guarded(schemes: readonly ('Basic' | 'Digest')[], algorithms?: readonly ('MD5' | 'SHA-256')[]): HttpAnswer {
  return {
    kind: 'challenge',
    realm: 'bench',
    schemes,
    ...(algorithms === undefined ? {} : { algorithms }),
    password: (user) => (user === 'joe' ? 'pa:ss "wörd"' : null),
    proceed: async () => profileAnswer,
  };
}

describe.skipIf(!curl)('curl', () => {
  let served: Served;
  let file = '';
  const answers: Record<string, (ask: HttpAsk) => HttpAnswer> = {
    '/p.xml': () => profileAnswer,
    '/big.bin': () => ({ kind: 'file', file, size: BIG.length, sha256: null, contentType: 'application/octet-stream' }),
    '/moved': () => ({ kind: 'redirect', status: 301, location: '/p.xml' }),
    '/found': (ask) => ({ kind: 'redirect', status: 302, location: `http://${ask.local.address}:${ask.local.port}/p.xml` }),
    '/basic': () => guarded(['Basic']),
    '/digest': () => guarded(['Digest']),
    '/sha': () => guarded(['Digest'], ['SHA-256']),
    '/both': () => guarded(['Digest', 'Basic']),
    '/busy': () => ({ kind: 'refuse', status: 503, code: 'profile.variable-missing' }),
    '/made': () => ({ kind: 'stream', contentType: 'text/plain', chunks: pieces() }),
    '/report': (ask) => (ask.body === null ? missingAnswer : { kind: 'stored', status: ask.method === 'PUT' ? 201 : 200, as: 'report.xml' }),
    '/post': (ask) => (ask.body === null ? missingAnswer : profileAnswer),
  };
  async function* pieces(): AsyncIterable<Uint8Array> {
    for (const text of ['one, ', 'two, ', 'three']) yield Buffer.from(text);
  }

  beforeAll(async () => {
    served = await serveHttp((ask) => answers[ask.path]?.(ask) ?? missingAnswer);
    file = join(served.folder, 'big.bin');
    writeFileSync(file, BIG);
  });
  afterAll(() => served.end());

  const get = async (path: string, ...more: string[]) => {
    const { code, stdout } = await run('curl', ['-s', '-m', '60', '-D', '-', ...more, `${served.url}${path}`]);
    const end = stdout.lastIndexOf('\r\n\r\nHTTP/') < 0 ? stdout.indexOf('\r\n\r\n') : stdout.indexOf('\r\n\r\n', stdout.lastIndexOf('\r\n\r\nHTTP/') + 4);
    const head = stdout.subarray(0, end).toString();
    const last = head.slice(head.lastIndexOf('HTTP/1.1 '));
    return { code, head: last, status: Number(last.slice(9, 12)), body: stdout.subarray(end + 4) };
  };

  it('gets a profile with its length, and that is delivered, confirmed and hashed', async () => {
    const { status, head, body } = await get('/p.xml?x=1', '-A', 'Cisco-CP-8841-3PCC/11.0 (00562b043615)');
    expect(status).toBe(200);
    expect(head).toMatch(new RegExp(`content-length: ${PROFILE.length}\r?$`, 'im'));
    expect(head).toMatch(/content-type: text\/xml/i);
    expect(body.equals(PROFILE)).toBe(true);
    const seen = await served.saw((each) => each.facts.path === '/p.xml?x=1');
    expect(seen).toMatchObject({
      server: 'http', asked: 'GET', facts: { userAgent: 'Cisco-CP-8841-3PCC/11.0 (00562b043615)' },
      outcome: { kind: 'delivered', answer: '200', bytes: PROFILE.length, sha256: PROFILE_SHA256, confirmed: true },
    });
    expect(served.asks.at(-1)).toMatchObject({ path: '/p.xml', query: 'x=1', body: null, certificate: null });
  });

  it('gets the same over HTTP/1.0', async () => {
    const { status, body } = await get('/p.xml', '-0', '-A', 'ten');
    expect(status).toBe(200);
    expect(body.equals(PROFILE)).toBe(true);
    expect((await served.saw((each) => each.facts.userAgent === 'ten')).outcome).toMatchObject({ kind: 'delivered', confirmed: true });
  });

  it('learns the length by HEAD without the content', async () => {
    const { stdout } = await run('curl', ['-s', '-I', '-A', 'head', `${served.url}/p.xml`]);
    const head = stdout.toString();
    expect(head).toMatch(/^HTTP\/1.1 200 OK\r\n(?:\S+: .*\r\n)+\r\n$/);
    expect(head).toMatch(new RegExp(`content-length: ${PROFILE.length}`, 'i'));
    expect((await served.saw((each) => each.facts.userAgent === 'head')).outcome).toEqual({ kind: 'answered', answer: '200' });
  });

  it('gets a file of several pieces with every byte in its place, hashed while it was sent', async () => {
    const { status, body } = await get('/big.bin');
    expect(status).toBe(200);
    expect(body.equals(BIG)).toBe(true);
    const outcome = (await served.saw((each) => each.facts.path === '/big.bin' && each.outcome.kind === 'delivered')).outcome;
    expect(outcome).toMatchObject({ bytes: BIG.length, sha256: sha256(BIG), confirmed: true });
    expect(served.seen.some((each) => each.facts.path === '/big.bin' && each.outcome.kind === 'started')).toBe(true);
  });

  it('resumes a download where it was broken off', async () => {
    const first = await get('/big.bin', '-r', '0-999999');
    const rest = await get('/big.bin', '-r', '1000000-');
    expect([first.status, rest.status]).toEqual([206, 206]);
    expect(rest.head).toContain(`bytes 1000000-${BIG.length - 1}/${BIG.length}`);
    expect(Buffer.concat([first.body, rest.body]).equals(BIG)).toBe(true);
  });

  it('gets parts, several parts as the whole, and 416 behind the end', async () => {
    expect((await get('/p.xml', '-r', '-10')).body.equals(PROFILE.subarray(-10))).toBe(true);
    const several = await get('/p.xml', '-r', '0-1,5-9');
    expect([several.status, several.body.length]).toEqual([200, PROFILE.length]);
    const outside = await get('/p.xml', '-r', `${PROFILE.length}-`);
    expect(outside.status).toBe(416);
    expect(outside.head).toContain(`bytes */${PROFILE.length}`);
  });

  it('gets the whole when If-Range names other content', async () => {
    expect((await get('/p.xml', '-r', '0-1', '-H', 'If-Range: "other"')).status).toBe(200);
    expect((await get('/p.xml', '-r', '0-1', '-H', `If-Range: "${PROFILE_SHA256}"`)).status).toBe(206);
  });

  it('follows 301 and 302', async () => {
    expect((await get('/moved', '-L')).body.equals(PROFILE)).toBe(true);
    expect((await get('/found', '-L')).body.equals(PROFILE)).toBe(true);
    expect((await served.saw((each) => each.facts.path === '/moved')).outcome).toEqual({ kind: 'answered', answer: '301' });
  });

  it('is told 404 and 503 in one short line, and the reason stays here', async () => {
    const missing = await get('/nothing.xml');
    expect([missing.status, missing.body.toString()]).toEqual([404, '404 Not Found\n']);
    expect((await served.saw((each) => each.facts.path === '/nothing.xml')).outcome).toEqual({ kind: 'refused', answer: '404', code: 'file.not-found' });
    expect((await get('/busy')).status).toBe(503);
  });

  it.each([
    ['Basic', '/basic', ['--basic']],
    ['Digest with MD5', '/digest', ['--digest']],
    ['Digest with SHA-256 alone', '/sha', ['--digest']],
    ['whatever it likes best', '/both', ['--anyauth']],
  ])('signs in by %s', async (_name, path, flags) => {
    expect((await get(path, ...flags, '-u', 'joe:pa:ss "wörd"')).body.equals(PROFILE)).toBe(true);
    expect((await get(path, ...flags, '-u', 'joe:wrong')).status).toBe(401);
    expect((await get(path)).status).toBe(401);
    const wrong = await served.saw((each) => each.facts.path === path && each.outcome.kind === 'refused');
    expect(wrong.outcome).toEqual({ kind: 'refused', answer: '401', code: 'http.credentials-wrong' });
    expect(JSON.stringify(served.seen)).not.toContain('pa:ss');
  });

  it('gets content of unknown length, chunked over 1.1 and by the end of the connection over 1.0', async () => {
    const chunked = await get('/made');
    expect(chunked.head).toMatch(/transfer-encoding: chunked/i);
    expect(chunked.body.toString()).toBe('one, two, three');
    expect((await get('/made', '-0')).body.toString()).toBe('one, two, three');
  });

  it('puts a report with a length, and one in chunks', async () => {
    const body = randomBytes(300_000);
    for (const flags of [['-T', '-', '-H', `Content-Length: ${body.length}`, '-H', 'Transfer-Encoding:'], ['-T', '-', '-H', 'Transfer-Encoding: chunked']]) {
      const { stdout } = await run('curl', ['-s', '-w', '%{http_code}', '-o', '/dev/null', ...flags, `${served.url}/report`], body);
      expect(stdout.toString()).toBe('201');
      expect(served.asks.at(-1)).toMatchObject({ method: 'PUT', body: { bytes: body.length, sha256: sha256(body) } });
    }
    const seen = await served.saw((each) => each.asked === 'PUT' && each.outcome.kind === 'received');
    expect(seen.outcome).toEqual({ kind: 'received', answer: '201', bytes: body.length, sha256: sha256(body), stored: 'report.xml' });
    expect(served.spooled()).toHaveLength(2);
  });

  it('posts, gets a profile back, and the body is gone afterwards', async () => {
    const before = served.spooled().length;
    const { status, body } = await get('/post', '--data-binary', 'mac=00562b043615');
    expect(status).toBe(200);
    expect(body.equals(PROFILE)).toBe(true);
    expect(served.asks.at(-1)?.body?.bytes).toBe(16);
    await waitFor(() => served.spooled().length === before, () => `still there: ${served.spooled().join(' ')}`);
  });

  it('is told 413 before it has sent a body that is too large, and while it sends one in chunks', async () => {
    const large = randomBytes(1_500_000);
    const before = served.spooled().length;
    const declared = await run('curl', ['-s', '-w', '%{http_code}', '-o', '/dev/null', '-T', '-', '-H', `Content-Length: ${large.length}`, '-H', 'Transfer-Encoding:', `${served.url}/report`], large);
    expect(declared.stdout.toString()).toBe('413');
    const chunked = await run('curl', ['-s', '-w', '%{http_code}', '-o', '/dev/null', '-T', '-', '-H', 'Transfer-Encoding: chunked', `${served.url}/report`], large);
    expect(chunked.stdout.toString()).toBe('413');
    expect((await served.saw((each) => each.outcome.kind === 'refused' && each.outcome.code === 'upload.too-large')).detail).toMatchObject({ limit: 1_000_000 });
    expect(served.spooled()).toHaveLength(before);
  });

  it.each(['/../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%5c..%5cwindows', '/a%00.xml', '/c:/boot.ini', '/%252e%252e/x'])('never reaches the app with %s', async (path) => {
    const asked = served.asks.length;
    expect((await get(path, '--path-as-is')).status).toBe(404);
    expect(served.asks).toHaveLength(asked);
  });

  it('is told 501 for methods that phones do not use', async () => {
    for (const method of ['DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'BREW']) expect((await get('/p.xml', '-X', method)).status).toBe(501);
  });

  it('keeps one connection for several files', async () => {
    const { stdout } = await run('curl', ['-s', '-o', '/dev/null', '-o', '/dev/null', '-o', '/dev/null', '-w', '%{num_connects} ', `${served.url}/p.xml`, `${served.url}/big.bin`, `${served.url}/p.xml`]);
    expect(stdout.toString()).toBe('1 0 0 ');
  });
});

describe('other clients', () => {
  const wget = have('wget');
  const busybox = have('busybox', ['true']);
  let served: Served;
  beforeAll(async () => {
    served = await serveHttp((ask) => (ask.path === '/p.xml' ? profileAnswer : ask.path === '/digest' ? guarded(['Digest']) : missingAnswer));
  });
  afterAll(() => served.end());

  it.skipIf(!wget)('wget gets a profile, with a password and without', async () => {
    expect((await run('wget', ['-q', '-O', '-', `${served.url}/p.xml`])).stdout.equals(PROFILE)).toBe(true);
    expect((await run('wget', ['-q', '-O', '-', '--user=joe', '--password=pa:ss "wörd"', `${served.url}/digest`])).stdout.equals(PROFILE)).toBe(true);
    expect((await run('wget', ['-q', '-O', '-', `${served.url}/none`])).code).toBe(8);
  });

  it.skipIf(!busybox)('busybox wget gets a profile', async () => {
    expect((await run('busybox', ['wget', '-q', '-O', '-', `${served.url}/p.xml`])).stdout.equals(PROFILE)).toBe(true);
    expect((await run('busybox', ['wget', '-q', '-O', '-', `${served.url}/none`])).code).toBe(1);
  });

  it('the fetch of Node gets a profile and is proved to have it although it keeps the connection', async () => {
    const response = await fetch(`${served.url}/p.xml`, { headers: { 'user-agent': 'undici' } });
    expect(Buffer.from(await response.arrayBuffer()).equals(PROFILE)).toBe(true);
    expect((await served.saw((each) => each.facts.userAgent === 'undici')).outcome).toMatchObject({ kind: 'delivered', confirmed: true });
  });
});
