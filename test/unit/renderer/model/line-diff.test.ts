import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from '../../../../renderer/model/line-diff.ts';

const shown = (before: string, after: string) => diffLines(before, after)?.map((line) => `${{ same: ' ', added: '+', removed: '-' }[line.kind]}${line.text}`);

describe('the difference of two profiles', () => {
  it('marks one changed line and nothing else', () => {
    expect(shown('a\nb\nc', 'a\nB\nc')).toEqual([' a', '-b', '+B', ' c']);
  });
  it('numbers lines as in the new text', () => {
    expect(diffLines('a\nc', 'a\nb\nc')?.map((line) => line.line)).toEqual([1, 2, 3]);
  });
  it('gives back both texts from any pair', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after) ?? [];
        expect(lines.filter((line) => line.kind !== 'removed').map((line) => line.text).join('\n')).toBe(after);
        expect(lines.filter((line) => line.kind !== 'added').map((line) => line.text).join('\n')).toBe(before);
      }),
    );
  });
  it('refuses texts that would take the memory away', () => {
    const long = (mark: string) => Array.from({ length: 5000 }, (_, index) => `${mark}${index}`).join('\n');
    expect(diffLines(long('a'), long('b'))).toBeNull();
  });
});
