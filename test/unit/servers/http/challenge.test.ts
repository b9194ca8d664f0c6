import { describe, expect, it } from 'vitest';
import { readAuthorization } from '../../../../main/servers/http/authorization.ts';
import { checkCredentials, type Challenge, type Verdict } from '../../../../main/servers/http/challenge.ts';
import { digestResponse } from '../../../../main/servers/http/digest.ts';
import { Nonces } from '../../../../main/servers/http/nonces.ts';

const challenge: Challenge = {
  kind: 'challenge',
  realm: 'bench',
  schemes: ['Digest', 'Basic'],
  password: (user) => (user === 'joe' ? 'pa:ss' : null),
  proceed: () => Promise.reject(new Error('not asked')),
};
const request = { method: 'GET', target: '/p.xml?x=1', now: 1_000_000 };

function makeNonces(): Nonces {
  let salt = 0;
  return new Nonces({ key: new Uint8Array(32), random: (bytes) => new Uint8Array(bytes).fill((salt += 1)) });
}

interface Changes {
  readonly user?: string;
  readonly password?: string;
  readonly realm?: string;
  readonly uri?: string;
  readonly nc?: string;
  readonly algorithm?: 'MD5' | 'SHA-256';
  readonly method?: string;
}

function digest(nonce: string, changes: Changes = {}): string {
  const { user = 'joe', password = 'pa:ss', realm = 'bench', uri = request.target, nc = '00000001', algorithm = 'MD5', method = 'GET' } = changes;
  const response = digestResponse({ algorithm, user, password, realm, method, uri, nonce, qop: { nc, cnonce: 'c' } });
  return `Digest username="${user}", realm="${realm}", uri="${uri}", nonce="${nonce}", nc=${nc}, cnonce="c", qop=auth, algorithm=${algorithm}, response="${response}"`;
}

const check = (nonces: Nonces, header: string | undefined, now = request.now): Verdict =>
  checkCredentials(challenge, readAuthorization(header), { ...request, now }, nonces);
const why = (verdict: Verdict): string => (verdict.kind === 'passed' ? 'passed' : verdict.why);

describe('checkCredentials', () => {
  it('asks with one line for each scheme and algorithm, MD5 first', () => {
    const verdict = check(makeNonces(), undefined);
    expect(verdict).toMatchObject({ kind: 'again', why: 'missing' });
    const headers = verdict.kind === 'again' ? verdict.headers : [];
    expect(headers.map((header) => header.replace(/nonce="[^"]+"/, 'nonce'))).toEqual([
      'Digest realm="bench", qop="auth", algorithm=MD5, nonce',
      'Digest realm="bench", qop="auth", algorithm=SHA-256, nonce',
      'Basic realm="bench", charset="UTF-8"',
    ]);
  });

  it('lets the right password pass, in Basic and in both algorithms of Digest', () => {
    const nonces = makeNonces();
    expect(why(check(nonces, `Basic ${btoa('joe:pa:ss')}`))).toBe('passed');
    expect(why(check(nonces, digest(nonces.issue('bench', request.now))))).toBe('passed');
    expect(why(check(nonces, digest(nonces.issue('bench', request.now), { algorithm: 'SHA-256' })))).toBe('passed');
  });

  it.each<[string, Changes]>([
    ['another password', { password: 'x' }],
    ['an unknown user', { user: 'eve' }],
    ['another realm', { realm: 'other' }],
    ['the address of another file', { uri: '/q.xml' }],
    ['another method', { method: 'PUT' }],
    ['a count that is no count', { nc: '1' }],
  ])('refuses Digest with %s', (_what, changes) => {
    const nonces = makeNonces();
    expect(why(check(nonces, digest(nonces.issue('bench', request.now), changes)))).toBe('wrong');
  });

  it('refuses Basic with a wrong password, an unknown user and no colon', () => {
    for (const text of ['joe:pa', 'eve:pa:ss', 'joe', ':']) expect(why(check(makeNonces(), `Basic ${btoa(text)}`))).toBe('wrong');
  });

  it('does not take Basic where only Digest was offered', () => {
    const only = { ...challenge, schemes: ['Digest'] as const };
    expect(why(checkCredentials(only, readAuthorization(`Basic ${btoa('joe:pa:ss')}`), request, makeNonces()))).toBe('wrong');
  });

  it('accepts a client of RFC 2069, which counts nothing', () => {
    const nonces = makeNonces();
    const nonce = nonces.issue('bench', request.now);
    const response = digestResponse({ algorithm: 'MD5', user: 'joe', password: 'pa:ss', realm: 'bench', method: 'GET', uri: request.target, nonce, qop: null });
    expect(why(check(nonces, `Digest username="joe", realm="bench", nonce="${nonce}", uri="${request.target}", response="${response}"`))).toBe('passed');
  });

  it('calls a replay and an old nonce stale, so that the client repeats by itself', () => {
    const nonces = makeNonces();
    const nonce = nonces.issue('bench', request.now);
    expect(why(check(nonces, digest(nonce)))).toBe('passed');
    const replay = check(nonces, digest(nonce));
    expect(replay).toMatchObject({ kind: 'again', why: 'stale' });
    expect(replay.kind === 'again' && replay.headers[0]).toMatch(/stale=true$/);
    expect(why(check(nonces, digest(nonce, { nc: '00000002' })))).toBe('passed');
    expect(why(check(nonces, digest(nonce, { nc: '00000003' }), request.now + 300_001))).toBe('stale');
  });
});

describe('Nonces', () => {
  it('are worth nothing with another key, another realm or a changed letter', () => {
    const nonces = makeNonces();
    const nonce = nonces.issue('bench', 5);
    const other = new Nonces({ key: new Uint8Array(32).fill(1), random: (bytes) => new Uint8Array(bytes) });
    expect(nonces.judge(nonce, 'bench', null, 5)).toBe('good');
    expect(other.judge(nonce, 'bench', null, 5)).toBe('forged');
    expect(nonces.judge(nonce, 'else', null, 5)).toBe('forged');
    expect(nonces.judge(`A${nonce.slice(1)}`, 'bench', null, 5)).not.toBe('good');
    expect(nonces.judge('', 'bench', null, 5)).toBe('forged');
  });

  it('of the future are stale: the clock was set back', () => {
    const nonces = makeNonces();
    expect(nonces.judge(nonces.issue('bench', 10), 'bench', 1, 5)).toBe('stale');
  });

  it('that were forgotten for lack of room cannot be replayed', () => {
    let salt = 0;
    const nonces = new Nonces({ key: new Uint8Array(32), random: (bytes) => Buffer.alloc(bytes, String(salt++)) });
    const first = nonces.issue('bench', 1);
    expect(nonces.judge(first, 'bench', 1, 1)).toBe('good');
    for (let at = 2; at < 4_200; at += 1) nonces.judge(nonces.issue('bench', at), 'bench', 1, at);
    expect(nonces.judge(first, 'bench', 1, 4_200)).toBe('stale');
  });
});
