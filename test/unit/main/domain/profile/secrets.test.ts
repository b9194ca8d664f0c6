import { describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../../../../main/domain/evidence/without-secrets.ts';
import { maskFilled } from '../../../../../main/domain/profile/mask-filled.ts';
import { readTemplate } from '../../../../../main/domain/profile/template.ts';
import { isSecretName, MASK, maskSecrets, maskText, maskVariables } from '../../../../../main/domain/profile/secrets.ts';

describe('secrets of a profile', () => {
  it.each([
    'Password_1_', 'Admin_Password', 'User_Password', 'ACS_Password', 'Admin_Passwd', 'wepKey_1_', 'Passphrase_1_', 'GPP_SA', 'GPP_SD',
    'IKM_HTTP_Encrypt_Content', 'XMPP_Shared_Secret',
  ])('the value of %s is replaced', (name) => {
    const masked = maskSecrets(`<flat-profile><${name} ua="na">hunter2</${name}><GPP_A>x</GPP_A></flat-profile>`);
    expect(masked).toBe(`<flat-profile><${name} ua="na">${MASK}</${name}><GPP_A>x</GPP_A></flat-profile>`);
  });

  it('its length is not told, and an empty one stays empty', () => {
    expect(maskSecrets('<a><GPP_SA>1</GPP_SA></a>')).toBe(maskSecrets('<a><GPP_SA>a much longer one</GPP_SA></a>'));
    expect(maskSecrets('<a><GPP_SA></GPP_SA></a>')).toBe('<a><GPP_SA></GPP_SA></a>');
  });

  it('one that is commented out or spans lines is hidden too', () => {
    expect(maskSecrets('<a><!-- <ACS_Password ua="na">hunter2</ACS_Password> --><GPP_SA>hun\nter2</GPP_SA></a>')).not.toMatch(/hun/);
  });

  it('one in CDATA is hidden too', () => {
    expect(maskSecrets('<a><GPP_SB><![CDATA[hunter2]]></GPP_SB></a>')).not.toContain('hunter2');
  });

  it.each([
    '[--key hunter2] http://10.20.0.1/$MA.xml', '[--key "hunter2 x"]http://h/x', '[--uid bob --pwd hunter2]http://h/x', '[--key &quot;hunter2&quot;]http://h/x',
    'http://bob:hunter2@h/x', 'http://h/admin/resync?xuser=admin&amp;xpassword=hunter2',
  ])('%s keeps its secret to itself', (rule) => {
    const masked = maskSecrets(`<a><Profile_Rule>${rule}</Profile_Rule></a>`);
    expect(masked).not.toContain('hunter2');
    expect(masked).toContain(MASK);
  });

  it('a key that comes out of a register makes the register a secret', () => {
    const masked = maskSecrets('<a><GPP_B>hunter2</GPP_B><GPP_C>plain</GPP_C><Profile_Rule>[--key $B]http://h/x</Profile_Rule></a>');
    expect(masked).toBe(`<a><GPP_B>${MASK}</GPP_B><GPP_C>plain</GPP_C><Profile_Rule>[--key $B]http://h/x</Profile_Rule></a>`);
  });

  it('one inside others is found however deep it stands', () => {
    const depth = 20_000;
    const xml = `${'<a>'.repeat(depth)}<GPP_SA>hunter2</GPP_SA>${'</a>'.repeat(depth)}`;
    expect(maskSecrets(xml)).toBe(xml.replace('hunter2', MASK));
  });

  it('an empty element without a closing tag hides nothing behind it', () => {
    const text = '<a><User_Password /><GPP_A>plain</GPP_A><User_Password>hunter2</User_Password></a>';
    expect(maskSecrets(text)).toBe(text.replace('hunter2', MASK));
  });

  it('the value of a variable with a secret name is hidden wherever it stands', () => {
    const template = readTemplate('<a><GPP_A>{{password}}</GPP_A><GPP_B>{{name}}</GPP_B></a>');
    if (!template.ok) throw new Error(template.failure.code);
    expect(maskFilled(template.value, { password: 'hunter2', name: 'Hall' })).toBe(`<a><GPP_A>${MASK}</GPP_A><GPP_B>Hall</GPP_B></a>`);
  });

  it('a place in a template is no secret', () => {
    expect(maskSecrets('<a><Password_1_>{{password}}</Password_1_></a>')).toBe('<a><Password_1_>{{password}}</Password_1_></a>');
  });

  it('everything else is shown as it is', () => {
    const text = '<a><User_ID_1_ ua="na">4081001141</User_ID_1_><Profile_Rule>/$PSN.xml</Profile_Rule></a>';
    expect(maskSecrets(text)).toBe(text);
  });

  it('variables with secret names are masked', () => {
    expect(maskVariables({ ext1: '12', sip_password: 'x', PIN: '1', auth_token: 't', spin: 's' })).toEqual({
      ext1: '12', sip_password: MASK, PIN: MASK, auth_token: MASK, spin: 's',
    });
    expect(isSecretName('Mot de passe')).toBe(false);
  });
});

describe('secrets in evidence and logs', () => {
  const observe = (facts: { path?: string; text?: string; userAgent?: string }) =>
    withoutSecrets({ mac: null, observation: { at: 1, server: 'http', peer: { address: '10.0.0.1', port: 1 }, asked: 'GET', facts, outcome: { kind: 'heard' } } });

  it.each([
    '/admin/resync?http://h/x&xuser=admin&xpassword=hunter2', '/x?password=hunter2', '/x?a=1&token=hunter2',
    'Requesting resync http://bob:hunter2@10.20.0.1:80/x', 'tftp://:hunter2@h/x', 'a line that is cut in http://bob:hunter2',
    'Profile_Rule [--key hunter2] tftp://h/x', '/x%26xpassword=hunter2', '/x%3Fpassword%3Dhunter2',
  ])('%s is kept without its password', (text) => {
    expect(maskText(text)).not.toContain('hunter2');
    expect(JSON.stringify(observe({ path: text, text, userAgent: text }))).not.toContain('hunter2');
  });

  it('a row of strange text costs time in proportion to its length', () => {
    // Read again from each letter, these would take hours.
    for (const piece of ['a', 'a://b:', '?key', '--key ', '--key &quot;', '&amp;']) maskText(piece.repeat(400_000) + '=');
  });

  it('a row without secrets is the same row', () => {
    const facts = { path: '/8841-3PCC.xml?reason=boot', text: 'mail=x@example.com sip:100@10.20.0.1 http://10.20.0.1:80' };
    expect(observe(facts).observation.facts).toEqual(facts);
  });
});
