import { describe, expect, it } from 'vitest';
import { matchesOwnPath, readOwnPath } from '../../../../../main/domain/profile/own-path.ts';

describe('a template with a name of its own', () => {
  it.each([['b/$MA.xml', 'b/$MA.xml'], ['/b/$MA.xml', 'b/$MA.xml'], [' common.xml ', 'common.xml'], ['p/$(MA)-x.cfg', 'p/$(MA)-x.cfg']])(
    '%s is kept as %s', (text, path) => expect(readOwnPath(text)).toEqual({ ok: true, value: path }),
  );
  it.each(['', '/', 'a//b', '../x', 'a/../b', 'a/./b', 'http://h/x', 'a\\b', 'a?b', '.hidden/x', `${'a'.repeat(201)}`])('%j is refused', (text) => {
    expect(readOwnPath(text)).toMatchObject({ ok: false, failure: { code: 'template.path-wrong' } });
  });
  it.each([
    ['b/$MA.xml', '/b/00562b043615.xml', true],
    ['b/$MA.xml', '/b/00562B043615.xml', true],
    ['b/$MAC.xml', '/b/00:56:2b:04:36:15.xml', true],
    ['b/$MA.xml', '/b/8841-3PCC.xml', false],
    ['b/$PSN.xml', '/b/8841-3PCC.xml', true],
    ['b/$PN/$MAU.cfg', '/b/CP-8841-3PCC/00562B043615.cfg', true],
    ['common.xml', '/common.xml', true],
    ['common.xml', '/a/common.xml', false],
    ['a.b.xml', '/aXb.xml', false],
    ['b/$MA.xml', '/b/00562b043615.xml.bak', false],
  ])('%s answers %s: %s', (own, path, answer) => {
    expect(matchesOwnPath(own, path)).toBe(answer);
  });
});
