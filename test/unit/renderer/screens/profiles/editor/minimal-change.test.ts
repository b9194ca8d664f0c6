import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimalChange } from '../../../../../../renderer/screens/profiles/editor/minimal-change.ts';

describe('the change between two texts', () => {
  it('is the one stretch that differs', () => {
    expect(minimalChange('<A>1</A><B>2</B>', '<A>1</A><B>23</B>')).toEqual({ from: 12, to: 12, insert: '3' });
    expect(minimalChange('same', 'same')).toBeNull();
  });

  it('makes the second text of the first, whatever they are', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b', '\n') }), fc.string({ unit: fc.constantFrom('a', 'b', '\n') }), (before, after) => {
      const change = minimalChange(before, after);
      expect(change ? before.slice(0, change.from) + change.insert + before.slice(change.to) : before).toBe(after);
    }));
  });
});
