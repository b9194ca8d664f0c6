import { describe, expect, it } from 'vitest';
import { formatProfile } from '../../../../../../main/domain/profile/document/format.ts';
import { repairOptionLists } from '../../../../../../main/domain/profile/document/repair.ts';

describe('one spelling', () => {
  it('puts one element on a line and leaves values, comments and order alone', () => {
    expect(formatProfile([
      '\uFEFF<?xml version="1.0"?>  <!-- head -->',
      "<device ><flat-profile><!-- System --><A ua = 'na'   um='\"'>  x &amp; y  </A ><B/><C>two",
      '  lines <!-- kept --> </C>',
      '',
      '',
      '',
      '   <D ua="rw"></D> <!-- available options: a|b -->',
      '</flat-profile></device> <?end?>',
    ].join('\n'))).toEqual({
      ok: true,
      value: [
        '<?xml version="1.0"?> <!-- head -->',
        '<device>',
        '  <flat-profile> <!-- System -->',
        '    <A ua="na" um="&quot;">  x &amp; y  </A>',
        '    <B/>',
        '    <C>two',
        '  lines <!-- kept --> </C>',
        '',
        '    <D ua="rw"></D> <!-- available options: a|b -->',
        '  </flat-profile>',
        '</device>',
        '<?end?>',
        '',
      ].join('\n'),
    });
  });

  it('keeps the line ends that the file began with', () => {
    expect(formatProfile('<flat-profile>\r\n<A/>\n<B/></flat-profile>')).toEqual({ ok: true, value: '<flat-profile>\r\n  <A/>\r\n  <B/>\r\n</flat-profile>\r\n' });
  });

  it('gives an option list the dashes that Cisco forgot', () => {
    expect(formatProfile('<flat-profile>\n<A>Yes</A>\n<!available options: Yes|No-->\n</flat-profile>')).toEqual({
      ok: true, value: '<flat-profile>\n  <A>Yes</A>\n  <!-- available options: Yes|No -->\n</flat-profile>\n',
    });
  });

  it.each(['<flat-profile><A>', '<flat-profile>a & b</flat-profile>', '', '<!DOCTYPE a><flat-profile/>'])('%j is not laid out', (text) => {
    expect(formatProfile(text).ok).toBe(false);
  });
});

describe('option lists without dashes', () => {
  it('become comments, and everything else stays byte for byte', () => {
    const text = '<flat-profile>\r\n<A>1</A><!available options: 1|2-->\r\n<!-options: a/b->\r\n<B>x & y</flat-profile>';
    expect(repairOptionLists(text)).toBe('<flat-profile>\r\n<A>1</A><!-- available options: 1|2 -->\r\n<!-- options: a/b -->\r\n<B>x & y</flat-profile>');
  });

  it('a text without any is the same string, though it speaks of them in comments and values', () => {
    const text = '<flat-profile><!-- <!available options: a|b> --><A><![CDATA[<!available options: a>]]></A></flat-profile>';
    expect(repairOptionLists(text)).toBe(text);
  });
});
