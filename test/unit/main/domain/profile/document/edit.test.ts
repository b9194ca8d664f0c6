import { describe, expect, it } from 'vitest';
import type { FormEdit } from '../../../../../../common/values/profile-edit.ts';
import { editParameter } from '../../../../../../main/domain/profile/document/edit.ts';

const TEXT = [
  '<?xml version="1.0"?>',
  '<flat-profile>',
  '\t<!-- lines -->',
  '\t<Proxy_1_   ua="rw" um="y">  sip.old.example  </Proxy_1_>',
  '\t<Debug_Level ua="na">NOTICE</Debug_Level>',
  '\t<!-- available options: NOTICE|DEBUG -->',
  '\t<GPP_A/><GPP_B></GPP_B>',
  '\t<GPP_C ua="na">one</GPP_C>',
  '\t<GPP_C ua="na">two</GPP_C>',
  '</flat-profile>',
  '',
].join('\r\n');

const edit = (text: string, name: string, intent: FormEdit['intent'], value = '') => editParameter(text, { name, intent, value });
const edited = (text: string, name: string, intent: FormEdit['intent'], value = '') => {
  const result = edit(text, name, intent, value);
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
};

describe('writing one parameter', () => {
  it('changes the value and leaves spacing, attributes and line ends alone', () => {
    expect(edited(TEXT, 'Proxy_1_', 'value', 'sip.new.example')).toBe(TEXT.replace('sip.old.example', 'sip.new.example'));
  });

  it.each([
    ['Proxy_1_', 'value', ' sip.old.example\n'], ['GPP_A', 'reset', ''], ['GPP_B', 'reset', ''], ['GPP_C', 'value', 'two'], ['Nobody', 'omitted', ''],
  ] as const)('%s as %s %j gives the same string', (name, intent, value) => {
    expect(edited(TEXT, name, intent, value)).toBe(TEXT);
  });

  it('escapes what XML and the phone would stumble over, and no place of a template', () => {
    expect(edited(TEXT, 'GPP_A', 'value', `<"{{name}}" & '{{ext}}'>]]>`)).toContain('<GPP_A>&lt;&quot;{{name}}&quot; &amp; &apos;{{ext}}&apos;&gt;]]&gt;</GPP_A>');
    expect(edited(TEXT, 'GPP_B', 'value', '{{bench_http}}/$MA.xml')).toContain('<GPP_B>{{bench_http}}/$MA.xml</GPP_B>');
  });

  it('of two elements the last is changed', () => {
    expect(edited(TEXT, 'GPP_C', 'value', 'three')).toBe(TEXT.replace('>two<', '>three<'));
  });

  it('reset makes an empty element, empty writes two quotes', () => {
    expect(edited(TEXT, 'Proxy_1_', 'reset')).toContain('\t<Proxy_1_   ua="rw" um="y"/>\r\n');
    expect(edited(TEXT, 'GPP_A', 'empty')).toContain('<GPP_A>""</GPP_A>');
    expect(edited(TEXT, 'Proxy_1_', 'value', '""')).toContain('um="y">  ""  </Proxy_1_>');
  });

  it('a comment inside the value stays', () => {
    expect(edited('<flat-profile><P> a<!-- why -->b</P></flat-profile>', 'P', 'value', 'c')).toBe('<flat-profile><P> c<!-- why --></P></flat-profile>');
    expect(edited('<flat-profile><P>a<!-- why --></P></flat-profile>', 'P', 'reset')).toBe('<flat-profile><P><!-- why --></P></flat-profile>');
  });
});

describe('a new parameter', () => {
  it('goes before the end, indented as its neighbours, closed to the user of the phone', () => {
    expect(edited(TEXT, 'Syslog_Server', 'value', '10.20.0.1:514')).toBe(TEXT.replace('</flat-profile>', '\t<Syslog_Server ua="na">10.20.0.1:514</Syslog_Server>\r\n</flat-profile>'));
    expect(edited(TEXT, 'Upgrade_Rule', 'reset')).toContain('\t<Upgrade_Rule ua="na"/>\r\n</flat-profile>');
  });

  it.each([
    ['<flat-profile/>', '<flat-profile>\n  <P ua="na">x</P>\n</flat-profile>'],
    ['<flat-profile a="1" />', '<flat-profile a="1">\n  <P ua="na">x</P>\n</flat-profile>'],
    ['<flat-profile></flat-profile>', '<flat-profile><P ua="na">x</P></flat-profile>'],
    ['<flat-profile>\n</flat-profile>', '<flat-profile>\n  <P ua="na">x</P>\n</flat-profile>'],
    ['<device>\n  <flat-profile>\n  </flat-profile>\n</device>', '<device>\n  <flat-profile>\n    <P ua="na">x</P>\n  </flat-profile>\n</device>'],
    ['<flat-profile>\n<A/> <B/>\n</flat-profile>', '<flat-profile>\n<A/> <B/>\n<P ua="na">x</P>\n</flat-profile>'],
  ])('%j takes it too', (text, expected) => {
    expect(edited(text, 'P', 'value', 'x')).toBe(expected);
  });
});

describe('taking a parameter away', () => {
  it('takes its line when it stood alone', () => {
    expect(edited(TEXT, 'Proxy_1_', 'omitted')).toBe(TEXT.replace('\t<Proxy_1_   ua="rw" um="y">  sip.old.example  </Proxy_1_>\r\n', ''));
    expect(edited(TEXT, 'GPP_A', 'omitted')).toBe(TEXT.replace('<GPP_A/>', ''));
  });

  it('takes its option list along, which would else speak of the element above', () => {
    expect(edited(TEXT, 'Debug_Level', 'omitted')).toBe(TEXT.replace(/\t<Debug_Level[^\r]*\r\n[^\r]*\r\n/, ''));
  });

  it('takes every element of that name, since an earlier one would come to count', () => {
    expect(edited(TEXT, 'GPP_C', 'omitted')).toBe(TEXT.replace(/\t<GPP_C[^\r]*\r\n/g, ''));
  });
});

describe('an edit that cannot be made', () => {
  it.each([
    [TEXT, 'GPP_A', ' \n', 'profile.value-blank'],
    [TEXT, 'GPP_A', 'a\u0007', 'profile.value-unusable'],
    [TEXT, 'Line Enable', 'x', 'profile.name-wrong'],
    [TEXT, 'é', 'x', 'profile.name-wrong'],
    ['<flat-profile>\n<A>x</B>\n</flat-profile>', 'A', 'y', 'profile.edit-first'],
    ['<flat-profile><A>x<B>y</B></A></flat-profile>', 'A', 'y', 'profile.edit-first'],
    ['', 'A', 'y', 'profile.edit-nowhere'],
    ['<device><A/></device>', 'A', 'y', 'profile.edit-nowhere'],
  ])('%j is left alone', (text, name, value, code) => {
    expect(edit(text, name, 'value', value)).toMatchObject({ ok: false, failure: { code } });
  });

  it('a mistake is told with its line', () => {
    expect(edit('<flat-profile>\n<A>x</B>\n</flat-profile>', 'C', 'value', 'y')).toMatchObject({ failure: { params: { line: 2 } } });
  });
});
