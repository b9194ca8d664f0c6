import { describe, expect, it } from 'vitest';
import { typedPlace } from '../../../../../../renderer/screens/profiles/editor/place-at.ts';

describe('what is being typed', () => {
  it.each([
    ['<flat-profile>\n  <Upgr', { kind: 'name', from: 18, text: 'Upgr' }],
    ['<', { kind: 'name', from: 1, text: '' }],
    ['<A ua="na">{{ext', { kind: 'variable', from: 13, text: 'ext' }],
    ['<Rule>http://x/$M', { kind: 'macro', from: 16, text: 'M' }],
    ['<Resync_On_Reset ua="na">Y', { kind: 'value', from: 25, text: 'Y', element: 'Resync_On_Reset' }],
    ['<A>1</A>\n<B>2</', { kind: 'closing', from: 15, text: '', element: 'B' }],
    ['<flat-profile><A>1</A></fl', { kind: 'closing', from: 24, text: 'fl', element: 'flat-profile' }],
  ])('%j', (before, place) => {
    expect(typedPlace(before)).toEqual(place);
  });

  it.each(['', '<!-- <Upgr', '<A/> text', '<A>1</A> ', '<A ua="n'])('is nothing that can be completed in %j', (before) => {
    expect(typedPlace(before)).toBeNull();
  });
});
