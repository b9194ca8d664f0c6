import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../common/values/mac.ts';
import { readSearch } from '../../../../main/app/live/search.ts';

const seven = '00562b043615' as Mac;
const byNumber = (number: number): Mac | undefined => (number === 7 ? seven : undefined);

describe('the search of the activity screen', () => {
  it('takes fields and free words in any order', () => {
    expect(readSearch(' 8841 server:TFTP phone:07 answer:404 xml ', byNumber)).toEqual({
      mac: seven,
      terms: { text: '8841 xml', server: 'tftp', answer: '404' },
    });
  });

  it('takes a phone by its MAC in any spelling', () => {
    expect(readSearch('phone:00:56:2B:04:36:15', byNumber).mac).toBe(seven);
  });

  it('finds nothing for a phone that is not there, rather than everything', () => {
    expect(readSearch('phone:8', byNumber).mac).toBeNull();
    expect(readSearch('phone:nobody', byNumber).mac).toBeNull();
  });

  it('leaves an empty field open', () => {
    expect(readSearch('   ', byNumber)).toEqual({ mac: undefined, terms: {} });
  });
});
