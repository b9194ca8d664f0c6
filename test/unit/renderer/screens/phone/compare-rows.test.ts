import { describe, expect, it } from 'vitest';
import { isDifference, verdictCounts } from '../../../../../renderer/screens/phone/compare-rows.ts';

describe('what a phone says against what it was served', () => {
  it('counts a parameter that the phone does not tell neither way', () => {
    expect((['same', 'different', 'missing', 'hidden', 'unasked'] as const).filter((verdict) => isDifference({ verdict }))).toEqual(['different', 'missing']);
  });

  it('tells differences first, and nothing of what there is none of', () => {
    expect(verdictCounts([{ verdict: 'same' }, { verdict: 'hidden' }, { verdict: 'different' }, { verdict: 'same' }])).toEqual([
      { verdict: 'different', count: 1 }, { verdict: 'hidden', count: 1 }, { verdict: 'same', count: 2 },
    ]);
  });
});
