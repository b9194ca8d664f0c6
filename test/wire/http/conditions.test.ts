import { describe, expect, it } from 'vitest';
import { judgeConditions, lastModified, rangeHolds, readDate } from '../../../main/servers/http/conditions.ts';

/** The date of RFC 9110 §5.6.7 and the tags of its §8.8.3 and §13.1. */
const THEN = Date.UTC(1994, 10, 6, 8, 49, 37);
const THEN_TEXT = 'Sun, 06 Nov 1994 08:49:37 GMT';
const LATER = 'Sun, 06 Nov 1994 08:49:38 GMT';
const EARLIER = 'Sun, 06 Nov 1994 08:49:36 GMT';
const content = { etag: '"xyzzy"', modified: THEN + 400 };

describe('dates of RFC 9110 §5.6.7', () => {
  it.each([THEN_TEXT, 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])('%s is read', (text) => {
    expect(readDate(text)).toBe(THEN);
  });

  it.each(['', '1994-11-06', 'Sun, 6 Nov 1994 08:49:37 GMT', 'Sun, 31 Feb 1994 08:49:37 GMT', 'Sun, 06 Nov 1994 25:49:37 GMT', 'Sun, 06 Nov 1994 08:49:37 +0100', 'Sun, 06 nov 1994 08:49:37 GMT'])('%s is no date', (text) => {
    expect(readDate(text)).toBeNull();
  });

  it('is written in the first form, and not for times ahead', () => {
    expect(lastModified(THEN + 400, THEN + 500)).toBe(THEN_TEXT);
    expect(lastModified(THEN + 400, THEN)).toBeNull();
    expect(lastModified(null, THEN)).toBeNull();
  });
});

describe('conditions of RFC 9110 §13.1', () => {
  it.each([
    ['"xyzzy"', 'not-modified'],
    ['W/"xyzzy"', 'not-modified'],
    ['"xyzzy", "r2d2xxxx", "c3piozzzz"', 'not-modified'],
    ['W/"r2d2xxxx", W/"xyzzy", W/"c3piozzzz"', 'not-modified'],
    ['*', 'not-modified'],
    ['"r2d2xxxx"', 'holds'],
    ['xyzzy', 'holds'],
    ['', 'holds'],
  ])('If-None-Match: %s, weakly compared: %s', (header, expected) => {
    expect(judgeConditions({ 'if-none-match': header }, content)).toBe(expected);
  });

  it.each([
    ['"xyzzy"', 'holds'],
    ['"r2d2xxxx", "xyzzy"', 'holds'],
    ['*', 'holds'],
    ['W/"xyzzy"', 'failed'],
    ['"r2d2xxxx"', 'failed'],
  ])('If-Match: %s, strongly compared: %s', (header, expected) => {
    expect(judgeConditions({ 'if-match': header }, content)).toBe(expected);
  });

  it.each([
    [THEN_TEXT, 'not-modified', 'holds'],
    [LATER, 'not-modified', 'holds'],
    [EARLIER, 'holds', 'failed'],
    ['yesterday', 'holds', 'holds'],
  ])('since %s, by whole seconds', (date, modified, unmodified) => {
    expect(judgeConditions({ 'if-modified-since': date }, content)).toBe(modified);
    expect(judgeConditions({ 'if-unmodified-since': date }, content)).toBe(unmodified);
  });

  it('knows no date and no tag of content that is made while it is sent', () => {
    const unknown = { etag: null, modified: null };
    expect(judgeConditions({ 'if-modified-since': LATER, 'if-none-match': '"xyzzy"' }, unknown)).toBe('holds');
    expect(judgeConditions({ 'if-unmodified-since': EARLIER }, unknown)).toBe('holds');
    expect(judgeConditions({ 'if-match': '"xyzzy"' }, unknown)).toBe('failed');
  });
});

describe('their order in RFC 9110 §13.2.2', () => {
  it('asks the tags and leaves the dates alone', () => {
    expect(judgeConditions({ 'if-none-match': '"other"', 'if-modified-since': LATER }, content)).toBe('holds');
    expect(judgeConditions({ 'if-match': '"xyzzy"', 'if-unmodified-since': EARLIER }, content)).toBe('holds');
  });

  it('asks first whether the content is what the client wants to go on with', () => {
    expect(judgeConditions({ 'if-match': '"other"', 'if-none-match': '"xyzzy"' }, content)).toBe('failed');
    expect(judgeConditions({ 'if-match': '"xyzzy"', 'if-none-match': '"xyzzy"' }, content)).toBe('not-modified');
  });
});

describe('If-Range of RFC 9110 §13.1.5', () => {
  const now = THEN + 60_000;
  it.each([
    [undefined, true],
    ['"xyzzy"', true],
    ['W/"xyzzy"', false],
    ['"other"', false],
    [THEN_TEXT, true],
    [EARLIER, false],
    [LATER, false],
    ['xyzzy', false],
  ])('%s: %s', (header, expected) => {
    expect(rangeHolds(header, content, now)).toBe(expected);
  });

  it('does not trust a date of which the content is only just that old (§8.8.2.2)', () => {
    expect(rangeHolds(THEN_TEXT, content, THEN + 1_500)).toBe(false);
  });
});
