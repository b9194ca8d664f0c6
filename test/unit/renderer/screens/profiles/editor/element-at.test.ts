import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementAt, ruleKind, rulesOf } from '../../../../../../renderer/screens/profiles/editor/element-at.ts';

const TEXT = '<flat-profile>\n  <Profile_Rule ua="na">( $SWVER &lt; 12 )? /a | /b</Profile_Rule>\n  <Empty/>\n  <Upgrade_Rule></Upgrade_Rule>\n</flat-profile>\n';
const at = (part: string) => elementAt(TEXT, TEXT.indexOf(part) + 1);

describe('the parameter under the cursor', () => {
  it('is found from its opening tag, its value and its closing tag', () => {
    for (const part of ['Profile_Rule ua', '/a |', '/Profile_Rule>']) expect(at(part)?.name).toBe('Profile_Rule');
  });

  it('gives the value as the phone reads it', () => {
    expect(at('/a |')?.value).toBe('( $SWVER < 12 )? /a | /b');
  });

  it('is found in an empty element, and nowhere between elements', () => {
    expect(at('Empty')?.name).toBe('Empty');
    expect(elementAt(TEXT, TEXT.indexOf('<Empty') - 2)).toBeNull();
    expect(elementAt(TEXT, 3)).toBeNull();
  });

  it('knows which parameters are rules', () => {
    expect(rulesOf(TEXT).map(({ name }) => name)).toEqual(['Profile_Rule', 'Upgrade_Rule']);
    expect(rulesOf('<!-- <Profile_Rule>/x</Profile_Rule> -->')).toEqual([]);
    expect(ruleKind('Profile_Rule_B')).toBe('profile');
    expect(ruleKind('Log_Request_Msg')).toBeNull();
  });

  it('is total on any text', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('<', '>', '/', 'A', ' ', '"', '&', '!', '-') }), fc.nat(60), (text, position) => {
      const found = elementAt(text, position);
      if (found) expect(text.slice(found.from, found.to)).toContain(found.name);
    }));
  });
});
