import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { xmlTokens } from '../../../../renderer/model/xml-tokens.ts';

describe('colours of profile text', () => {
  it('tell tags, attributes, macros, places and secrets apart', () => {
    expect(xmlTokens('<User ua="na">{{extension}} $MA ••••••</User>').filter((token) => token.kind !== 'text').map((token) => `${token.kind} ${token.text}`)).toEqual([
      'tag <User', 'attribute ua="na"', 'tag >', 'place {{extension}}', 'macro $MA', 'secret ••••••', 'tag </User', 'tag >',
    ]);
  });
  it('lose no character of any line', () => {
    fc.assert(fc.property(fc.string(), (line) => xmlTokens(line).map((token) => token.text).join('') === line));
  });
});
