import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAuthorization } from '../../main/servers/http/authorization.ts';
import { judgeBadRequest } from '../../main/servers/http/bad-request.ts';
import { readRange } from '../../main/servers/http/range.ts';
import { readTarget, shownPath } from '../../main/servers/http/target.ts';
import { parseTable } from '../../main/servers/http/unacknowledged.ts';

const latin1 = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 200 });
const nasty = fc.array(fc.constantFrom('/', '..', '.', '%2e', '%2f', '%5c', '\\', '%00', '%25', 'c:', 'C%3A', 'a', '?', '#', '//', '%', '%c0%ae', 'http://h', ' ', '\u00e9'), { maxLength: 20 }).map((pieces) => pieces.join(''));

describe('the request target', () => {
  it('never becomes a path that climbs, breaks a line or names a drive', () => {
    fc.assert(
      fc.property(fc.oneof(latin1, nasty, nasty.map((text) => `/${text}`)), (text) => {
        const found = readTarget(text);
        if (!found.ok) return;
        const { path } = found.target;
        expect(path.startsWith('/')).toBe(true);
        expect(path).not.toMatch(/[\u0000-\u001f\u007f\\]/);
        expect(path).not.toMatch(/%[0-9a-f]{2}/i);
        for (const segment of path.split('/')) {
          expect(segment).not.toBe('..');
          expect(segment).not.toMatch(/^[a-z]:/i);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('comes back from any encoding of a plain name', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9$_é -]{1,40}$/);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (names) => {
        const found = readTarget(`/${names.map(encodeURIComponent).join('/')}`);
        expect(found.ok && found.target.path).toBe(`/${names.join('/')}`);
      }),
    );
  });

  it('is shown in at most 512 characters, whatever it is', () => {
    fc.assert(fc.property(fc.string({ maxLength: 3_000 }), (text) => { expect(shownPath(text).length).toBeLessThanOrEqual(512); }));
  });
});

describe('headers of strangers', () => {
  it('a range is always inside the file', () => {
    const header = fc.oneof(fc.string(), fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `bytes=${a}-${b}`), fc.nat().map((a) => `bytes=-${a}`), fc.nat().map((a) => `bytes=${a}-`));
    fc.assert(
      fc.property(header, fc.nat({ max: 1_000 }), (text, size) => {
        const found = readRange(text, size);
        if (found.kind !== 'part') return;
        expect(found.range.first).toBeGreaterThanOrEqual(0);
        expect(found.range.last).toBeGreaterThanOrEqual(found.range.first);
        expect(found.range.last).toBeLessThan(size);
      }),
      { numRuns: 2_000 },
    );
  });

  it('credentials are read from any text without an exception', () => {
    const digest = fc.array(fc.constantFrom('Digest ', 'Basic ', 'username', '=', '"', '\\', ',', ' ', 'nc', 'é', "UTF-8''%zz", '*'), { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string(), digest), (text) => {
        expect(['Basic', 'Digest', 'other']).toContain(readAuthorization(text)?.scheme);
      }),
      { numRuns: 3_000 },
    );
  });

  it('every complaint of the parser has a verdict, and every table of the system can be read', () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array({ maxLength: 80 }), (code, bytes) => {
        const { status } = judgeBadRequest({ code, bytes });
        expect(status === null || (status >= 400 && status < 600)).toBe(true);
        expect(parseTable(Buffer.from(bytes).toString('latin1')).size).toBe(0);
      }),
    );
  });
});
