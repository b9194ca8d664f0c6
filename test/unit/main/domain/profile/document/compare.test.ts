import { describe, expect, it } from 'vitest';
import { compareDocuments, compareReported } from '../../../../../../main/domain/profile/document/compare.ts';
import { readDocument } from '../../../../../../main/domain/profile/document/document.ts';
import { MASK } from '../../../../../../main/domain/profile/secrets.ts';

const profile = (inner: string) => readDocument(`<flat-profile>${inner}</flat-profile>`);
const changes = (before: string, after: string) => compareDocuments(profile(before), profile(after));
const verdicts = (served: string, reported: string, factory?: (name: string) => string | null) =>
  Object.fromEntries(compareReported(profile(served), profile(reported), factory).map(({ name, verdict }) => [name, verdict]));

describe('two profiles', () => {
  it('are the same for a phone whatever their order, spacing and comments', () => {
    expect(changes('<A ua="na"> 1\n2 </A><B/>', '<!-- x --><B></B>\n<A ua="na">1 2</A>').map(({ verdict }) => verdict)).toEqual(['same', 'same']);
  });

  it('differ by what was added, removed and changed', () => {
    expect(changes('<A>1</A><B>2</B><D>x</D>', '<C>3</C><A>2</A><D>x</D>')).toEqual([
      { name: 'C', verdict: 'added', before: null, after: { intent: 'value', value: '3', ua: null } },
      { name: 'A', verdict: 'changed', before: { intent: 'value', value: '1', ua: null }, after: { intent: 'value', value: '2', ua: null } },
      { name: 'D', verdict: 'same', before: { intent: 'value', value: 'x', ua: null }, after: { intent: 'value', value: 'x', ua: null } },
      { name: 'B', verdict: 'removed', before: { intent: 'value', value: '2', ua: null }, after: null },
    ]);
  });

  it.each([
    ['access', '<A ua="na">1</A>', '<A ua="rw">1</A>'],
    ['access that is not said', '<A ua="na">1</A>', '<A>1</A>'],
    ['factory value against empty', '<A/>', '<A>""</A>'],
    ['case', '<A>yes</A>', '<A>Yes</A>'],
  ])('differ by %s', (_, before, after) => {
    expect(changes(before, after)[0]?.verdict).toBe('changed');
  });

  it('of duplicates the last is compared', () => {
    expect(changes('<A>1</A><A>2</A>', '<A>2</A>')[0]?.verdict).toBe('same');
  });

  it('tell that secrets differ, never what they are', () => {
    const shown = JSON.stringify([
      changes('<Admin_Password>hunter2</Admin_Password>', '<Admin_Password>hunter3</Admin_Password>'),
      changes('<Profile_Rule>[--key $B]http://a:hunter2@h/x</Profile_Rule><GPP_B>hunter2</GPP_B>', '<GPP_B>hunter3</GPP_B>'),
      changes('<Upgrade_Rule>http://h/?token=hunter2</Upgrade_Rule>', ''),
      changes('', '<GPP_SA>hunter2</GPP_SA><Station_PIN>hunter2</Station_PIN>'),
    ]);
    expect(shown).not.toContain('hunter');
    expect(shown).toContain(MASK);
    expect(changes('<GPP_SA>1</GPP_SA>', '<GPP_SA>2</GPP_SA>')[0]?.verdict).toBe('changed');
  });

  it('show that a secret is empty or a place, which is none', () => {
    expect(changes('<GPP_SA/>', '<GPP_SA>{{key}}</GPP_SA>')[0]).toMatchObject({ before: { intent: 'reset', value: '' }, after: { value: '{{key}}' } });
  });
});

describe('what was served against what the phone reports', () => {
  it('is the same in spite of white space, case of Yes and No, and the form of empty', () => {
    expect(verdicts('<A>a  b</A><B>yes</B><C>""</C><D/>', '<A> a\nb </A><B>Yes</B><C/><D></D>')).toEqual({ A: 'same', B: 'same', C: 'same', D: 'same' });
  });

  it('is different, missing or unasked otherwise', () => {
    expect(verdicts('<A>1</A><B>2</B><E>on</E>', '<A>2</A><C>3</C><E>ON</E>')).toEqual({ A: 'different', B: 'missing', E: 'different', C: 'unasked' });
  });

  it('does not count secrets and what the phone hides in comments', () => {
    expect(verdicts('<Admin_Password>x</Admin_Password><GPP_SA>y</GPP_SA><Mute>z</Mute>', '<Admin_Password>****</Admin_Password><!-- <GPP_SA ua="na"/> --><!-- <Mute/> -->')).toEqual({
      Admin_Password: 'hidden', GPP_SA: 'hidden', Mute: 'hidden',
    });
  });

  it('a register that holds a key is hidden on both sides, though only one tells so', () => {
    const rows = compareReported(profile('<Profile_Rule>[--key $B]http://h/x</Profile_Rule><GPP_B>hunter2</GPP_B>'), profile('<GPP_B>hunter2</GPP_B>'));
    expect(rows.find(({ name }) => name === 'GPP_B')).toEqual({ name: 'GPP_B', verdict: 'hidden', served: MASK, reported: MASK });
  });

  it.each([
    ['http://a:••••••@h/x', 'http://a:••••••@h/x', 'hidden'],
    ['http://a:••••••@h/x', 'http://a:hunter2@h/x', 'hidden'],
    ['http://a:hunter2@h/x', 'http://a:••••••@h/x', 'hidden'],
    ['[--key ••••••] http://a:••••••@h/x', '[--key $B]  http://a:b@h/x', 'hidden'],
    ['[--key ••••••]http://h/x', '[--key ••••••]http://h/y', 'different'],
    ['http://a:••••••@h/x', 'http://b:••••••@h/x', 'different'],
    ['ab••••••bc', 'abc', 'different'],
    ['••••••', 'anything', 'hidden'],
  ])('kept masked, %j against %j is %s', (served, reported, verdict) => {
    expect(verdicts(`<A>${served}</A>`, `<A>${reported}</A>`)).toEqual({ A: verdict });
  });

  it('a reset asks for the factory value where that is known, and for nothing where it is not', () => {
    expect(verdicts('<A/>', '<A>x</A>')).toEqual({ A: 'unasked' });
    expect(verdicts('<A/>', '<A>x</A>', () => 'x')).toEqual({ A: 'same' });
    expect(verdicts('<A/>', '<A>x</A>', () => 'y')).toEqual({ A: 'different' });
  });

  it('forced empty is not the factory value', () => {
    expect(verdicts('<A>""</A>', '<A>x</A>')).toEqual({ A: 'different' });
  });
});
