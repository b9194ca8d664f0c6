import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MAX_PROFILE_BYTES, readProfile } from '../../../main/simulator/profile.ts';
import { isKnownParameter } from '../../../main/simulator/parameter-names.ts';

function parameters(xml: string): Record<string, string> | string {
  const read = readProfile(Buffer.from(xml));
  return read.ok ? Object.fromEntries(read.parameters) : read.cause;
}

describe('a flat profile', () => {
  it('is read alone or inside <device>, with or without an XML header', () => {
    const expected = { GPP_A: '1' };
    expect(parameters('<flat-profile><GPP_A>1</GPP_A></flat-profile>')).toEqual(expected);
    expect(parameters('<?xml version="1.0" encoding="UTF-8"?>\n<device>\n<flat-profile><GPP_A ua="na">1</GPP_A></flat-profile></device>')).toEqual(expected);
  });

  it('lets the last of two elements with one name win', () => {
    expect(parameters('<flat-profile><GPP_A>1</GPP_A><GPP_A>2</GPP_A></flat-profile>')).toEqual({ GPP_A: '2' });
  });

  it('passes over unknown elements and tells their names', () => {
    const read = readProfile(Buffer.from('<flat-profile><Gpp_A>1</Gpp_A><Log_Resync_Request_Msg>x</Log_Resync_Request_Msg></flat-profile>'));
    expect(read).toEqual({ ok: true, parameters: new Map(), unknown: ['Gpp_A', 'Log_Resync_Request_Msg'] });
  });

  it('strips white space around a value and turns line ends inside into spaces', () => {
    expect(parameters('<flat-profile><GPP_A>\n  one\r\n two\t</GPP_A></flat-profile>')).toEqual({ GPP_A: 'one  two' });
  });

  it('reads escapes, numbers, CDATA and comments in the middle', () => {
    expect(parameters('<flat-profile><Dial_Plan_1_>(S0 &lt;:1&gt;)&#40;&#x2e;<!-- not this --><![CDATA[a&b]]></Dial_Plan_1_></flat-profile>')).toEqual({
      Dial_Plan_1_: '(S0 <:1>)(.a&b',
    });
  });

  it('empties a parameter with an empty element and with two quotes', () => {
    expect(parameters('<flat-profile><GPP_A/><GPP_B>""</GPP_B></flat-profile>')).toEqual({ GPP_A: '', GPP_B: '' });
  });

  it('knows gzip by the first bytes, whatever the name', () => {
    const read = readProfile(gzipSync('<flat-profile><GPP_A>1</GPP_A></flat-profile>'));
    expect(read.ok && read.parameters.get('GPP_A')).toBe('1');
  });
});

describe('a corrupt file', () => {
  it.each([
    ['nothing', ''],
    ['a page of HTML', '<html><body>Not found<br></body></html>'],
    ['well-formed XML of another kind', '<profile><GPP_A>1</GPP_A></profile>'],
    ['a bare ampersand', '<flat-profile><GPP_A>a & b</GPP_A></flat-profile>'],
    ['an element left open', '<flat-profile><GPP_A>1</flat-profile>'],
    ['an entity of its own', '<!DOCTYPE x [<!ENTITY e "boom">]><flat-profile><GPP_A>&e;</GPP_A></flat-profile>'],
    ['a file cut short', '<flat-profile><GPP_A>1</GPP_A>'],
    ['an encrypted file', 'Salted__abcdefgh\u0001\u0002'],
  ])('is %s', (_name, text) => {
    expect(readProfile(Buffer.from(text)).ok).toBe(false);
  });

  it('is text that is not UTF-8', () => {
    expect(readProfile(Buffer.concat([Buffer.from('<flat-profile><GPP_A>'), Buffer.of(0xe9), Buffer.from('</GPP_A></flat-profile>')])).ok).toBe(false);
  });

  it('is damaged gzip, or gzip that unpacks without end', () => {
    expect(readProfile(Buffer.of(0x1f, 0x8b, 8, 0, 1, 2, 3)).ok).toBe(false);
    expect(readProfile(gzipSync(Buffer.alloc(MAX_PROFILE_BYTES + 1, 32))).ok).toBe(false);
  });
});

describe('parameter names', () => {
  it.each(['Profile_Rule', 'GPP_SA', 'Enable_802.1X_Authentication', 'User_ID_1_', 'User_ID_16_', 'Unit_2_Key_13_', 'G722.2_Enable_1_', 'Auth_Resync-Reboot_2_'])('knows %s', (name) => {
    expect(isKnownParameter(name)).toBe(true);
  });

  it.each(['profile_rule', 'User_ID_1', 'User_ID__', 'User_ID_#_', 'Admin_Passwd', '', 'User_ID_1_2_3_4_5_6_7_8_'])('does not know %j', (name) => {
    expect(isKnownParameter(name)).toBe(false);
  });
});
