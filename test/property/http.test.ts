import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAuthorization } from '../../main/servers/http/authorization.ts';
import { judgeBadRequest } from '../../main/servers/http/bad-request.ts';
import { judgeConditions, rangeHolds, readDate } from '../../main/servers/http/conditions.ts';
import { Pieces, type Piece } from '../../main/servers/http/pieces.ts';
import { readRange } from '../../main/servers/http/range.ts';
import { readTarget, shownPath } from '../../main/servers/http/target.ts';
import { Table } from '../../main/servers/http/unacknowledged.ts';

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

  it('conditions have an answer whatever stands in them, and only a strong tag or a real date ever holds back content', () => {
    const header = fc.option(fc.oneof(fc.string(), fc.constantFrom('*', '"a"', 'W/"a"', '"b", "a"', '"', 'W/', 'Sun, 06 Nov 1994 08:49:37 GMT')), { nil: undefined });
    fc.assert(
      fc.property(header, header, header, header, (match, none, since, unmodified) => {
        const given = { 'if-match': match, 'if-none-match': none, 'if-modified-since': since, 'if-unmodified-since': unmodified };
        const headers = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
        const verdict = judgeConditions(headers, { etag: null, modified: null });
        expect(['holds', 'not-modified', 'failed']).toContain(judgeConditions(headers, { etag: '"a"', modified: 784_111_777_000 }));
        // Without a tag and a date nothing but an asterisk, or a demand for some tag, can hold.
        if (match === undefined && none?.trim() !== '*') expect(verdict).toBe('holds');
        expect(typeof rangeHolds(match, { etag: '"a"', modified: 0 }, 0)).toBe('boolean');
      }),
      { numRuns: 2_000 },
    );
  });

  it('a date that is written is read as the same second', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (second) => { expect(readDate(new Date(second * 1_000).toUTCString())).toBe(second * 1_000); }));
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
        expect(new Table([]).take(Buffer.from(bytes))).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

describe('pieces of a file', () => {
  it('hold the file\'s bytes for as long as they are held, whoever else takes, gives back or breaks off', async () => {
    const bytes = Uint8Array.from({ length: 700 }, (_, index) => (index * 7 + index / 251) & 255);
    const steps = fc.array(fc.record({ at: fc.nat(699), size: fc.constantFrom(64, 100, 256), keep: fc.nat(5), sound: fc.boolean() }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const pieces = new Pieces(300);
        const file = { size: bytes.length, read: async (buffer: Uint8Array, at: number) => { await Promise.resolve(); buffer.set(bytes.subarray(at, at + buffer.length)); return Math.min(buffer.length, bytes.length - at); } };
        const held: Piece[] = [];
        const check = (piece: Piece): void => { expect(Buffer.compare(piece.bytes, bytes.subarray(piece.at, piece.at + piece.bytes.length))).toBe(0); };
        for (const { at, size, keep, sound } of all) {
          const piece = await pieces.take(file, at, size);
          expect(piece.at <= at && at < piece.at + piece.bytes.length).toBe(true);
          held.push(piece);
          while (held.length > keep) {
            const oldest = held.shift();
            if (!oldest) break;
            check(oldest);
            pieces.giveBack(oldest, sound);
          }
          held.forEach(check);
        }
      }),
      { numRuns: 300 },
    );
  });
});
