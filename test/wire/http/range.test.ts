import { describe, expect, it } from 'vitest';
import { readRange } from '../../../main/servers/http/range.ts';

/** The examples of RFC 9110 §14.1.2, for a representation of 10,000 bytes. */
describe('ranges of RFC 9110 §14.1.2', () => {
  it.each([
    ['bytes=0-499', 0, 499],
    ['bytes=500-999', 500, 999],
    ['bytes=-500', 9_500, 9_999],
    ['bytes=9500-', 9_500, 9_999],
    ['bytes= 0-0', 0, 0],
    ['bytes=0-99999', 0, 9_999],
  ])('%s is a part', (header, first, last) => {
    expect(readRange(header, 10_000)).toEqual({ kind: 'part', range: { first, last } });
  });

  it.each(['bytes=0-0,-1', 'bytes= 0-999, 4500-5499, -1000', 'pages=1-2', 'bytes=5-1', 'bytes=-', 'bytes=a-b', ''])('%s gives the whole', (header) => {
    expect(readRange(header, 10_000)).toEqual({ kind: 'whole' });
  });

  it('is outside behind the end, and for no last bytes', () => {
    expect(readRange('bytes=10000-', 10_000)).toEqual({ kind: 'outside' });
    expect(readRange('bytes=-0', 10_000)).toEqual({ kind: 'outside' });
    expect(readRange('bytes=0-', 0)).toEqual({ kind: 'outside' });
  });
});
