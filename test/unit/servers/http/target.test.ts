import { describe, expect, it } from 'vitest';
import { readTarget, shownPath } from '../../../../main/servers/http/target.ts';

const path = (text: string): string | null => {
  const found = readTarget(text);
  return found.ok ? found.target.path : null;
};
const code = (text: string): string | null => {
  const found = readTarget(text);
  return found.ok ? null : found.code;
};

describe('readTarget', () => {
  it.each([
    ['/8841-3PCC.xml', '/8841-3PCC.xml'],
    ['/Cisco/CP-8841-3PCC/00562b043615.cfg', '/Cisco/CP-8841-3PCC/00562b043615.cfg'],
    ['//8841-3PCC.xml', '//8841-3PCC.xml'],
    ['/00:56:2b:04:36:15.cfg', '/00:56:2b:04:36:15.cfg'],
    ['/a%20b%C3%A9.xml', '/a bé.xml'],
    ['/$PSN.xml', '/$PSN.xml'],
    ['/100%25.xml', '/100%.xml'],
    ['/..xml', '/..xml'],
    ['/a..b/...', '/a..b/...'],
    ['http://10.20.0.1:80/a.xml', '/a.xml'],
    ['HTTP://10.20.0.1', '/'],
    ['/a.xml#part', '/a.xml'],
  ])('%s is the path %s', (asked, expected) => {
    expect(path(asked)).toBe(expected);
  });

  it('keeps the query apart and undecoded, also an empty one that forces a program (`/config?`)', () => {
    expect(readTarget('/p.xml?mac=00%3A56&x=/../y')).toEqual({ ok: true, target: { rawPath: '/p.xml', query: 'mac=00%3A56&x=/../y', path: '/p.xml' } });
    expect(readTarget('/config?')).toEqual({ ok: true, target: { rawPath: '/config', query: '', path: '/config' } });
    expect(readTarget('http://h?x')).toEqual({ ok: true, target: { rawPath: '/', query: 'x', path: '/' } });
  });

  it('reads bytes that came without escaping as UTF-8', () => {
    expect(path(Buffer.from('/é.xml').toString('latin1'))).toBe('/é.xml');
  });

  it.each(['/../etc/passwd', '/a/../../b', '/%2e%2e/etc', '/%2E./etc', '/..%2fetc', '/..%5cetc', '/a/..', '/C:/Windows', '/c%3a/x', '/x/d:y', '/..\\..\\x'])(
    '%s leads out of the root',
    (asked) => {
      expect(code(asked)).toBe('file.outside-root');
    },
  );

  it.each(['/%252e%252e/x', '/a%00.xml', '/a%0d%0aSet-Cookie:x', '/a%', '/a%2', '/a%zz', '/%ff', '/%c0%ae%c0%ae/x', '/a\\b', '/a%5cb', '/./a', '*', 'x.xml', 'ftp://h/x', '/%7f'])(
    '%s is not a name',
    (asked) => {
      expect(code(asked)).toBe('file.bad-name');
    },
  );

  it('refuses names that are longer than any system keeps', () => {
    expect(readTarget(`/${'a'.repeat(2_047)}`).ok).toBe(true);
    expect(readTarget(`/${'a'.repeat(2_048)}`)).toEqual({ ok: false, code: 'file.bad-name', tooLong: true });
    expect(readTarget(`/a?${'b'.repeat(9_000)}`)).toEqual({ ok: false, code: 'file.bad-name', tooLong: true });
  });
});

describe('shownPath', () => {
  it('masks what looks like a secret and keeps the rest', () => {
    expect(shownPath('/p?user=joe&password=x&api_key=y&z=1')).toBe('/p?user=joe&password=***&api_key=***&z=1');
    expect(shownPath('http://joe:secret@h/p')).toBe('/p');
  });

  it('is at most 512 characters', () => {
    expect(shownPath(`/${'x'.repeat(900)}`)).toHaveLength(512);
  });
});
