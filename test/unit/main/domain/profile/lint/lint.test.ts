import { describe, expect, it } from 'vitest';
import { sentence } from '../../../../../../common/contract/sentences/sentence.ts';
import type { Finding } from '../../../../../../common/values/finding.ts';
import type { Model } from '../../../../../../common/values/model.ts';
import { readDocument } from '../../../../../../main/domain/profile/document/document.ts';
import { LINT_CODES, type LintCodeFacts } from '../../../../../../main/domain/profile/lint/codes.ts';
import type { LintContext } from '../../../../../../main/domain/profile/lint/context.ts';
import { lintProfile } from '../../../../../../main/domain/profile/lint/lint.ts';
import { applyFixes } from '../../../../../../main/domain/profile/lint/mend.ts';
import { DICTIONARY } from '../../../../../support/lint/dictionary.ts';

const CONTEXT: LintContext = {
  dictionary: DICTIONARY,
  model: 'CP-8841-3PCC' as Model,
  variables: new Set(['name', 'mac', 'bench_http']),
  bench: { address: '10.20.0.1', names: ['bench.internal'] },
};

interface Case {
  /** Lines inside the profile; the first is line 2. */
  readonly bad: string;
  readonly line: number;
  readonly column: number;
  /** The lines after the fix of this code; left out where there is no fix. */
  readonly good?: string;
}

/** One at least for each code; what the fix makes is clean of that code. */
const CASES: readonly (readonly [string, Case])[] = [
  ['lint.name-case', { bad: '<profile_rule ua="na">/a</profile_rule>', line: 2, column: 2, good: '<Profile_Rule ua="na">/a</Profile_Rule>' }],
  ['lint.name-case', { bad: '<resync_at_hhmm ua="na"/>', line: 2, column: 2, good: '<Resync_At__HHmm_ ua="na"/>' }],
  ['lint.name-near', { bad: '<Sylsog_Server ua="na">h</Sylsog_Server >', line: 2, column: 2, good: '<Syslog_Server ua="na">h</Syslog_Server >' }],
  ['lint.name-near', { bad: '<Sylsog_Server ua="na">h</Sylsog_Server>\n<Syslog_Server ua="na">h</Syslog_Server>', line: 2, column: 2 }],
  ['lint.name-unknown', { bad: '<Colour_Of_Case ua="na">red</Colour_Of_Case>', line: 2, column: 2 }],
  ['lint.name-spa', { bad: '<Admin_Passwd ua="na">abcd</Admin_Passwd>', line: 2, column: 2, good: '<Admin_Password ua="na">abcd</Admin_Password>' }],
  ['lint.name-spa-gone', { bad: '<License_Keys ua="na">1</License_Keys>', line: 2, column: 2 }],
  ['lint.name-twice', { bad: '<GPP_A ua="na">1</GPP_A>\n<GPP_A ua="na">2</GPP_A>', line: 2, column: 2, good: '<GPP_A ua="na">2</GPP_A>' }],
  ['lint.name-twice', { bad: '<GPP_B/><GPP_A ua="na">1</GPP_A> <GPP_A ua="na">2</GPP_A>', line: 2, column: 10, good: '<GPP_B/> <GPP_A ua="na">2</GPP_A>' }],
  ['lint.index-beyond', { bad: '<Proxy_11_ ua="na">a</Proxy_11_>', line: 2, column: 2 }],
  ['lint.value-option', { bad: '<SIP_Transport_1_ ua="na">SCTP</SIP_Transport_1_>', line: 2, column: 27 }],
  ['lint.value-option', { bad: '<Provision_Enable ua="na">1</Provision_Enable>', line: 2, column: 27 }],
  ['lint.value-case', { bad: '<SIP_Transport_1_ ua="na"> Auto\n</SIP_Transport_1_>', line: 2, column: 27, good: '<SIP_Transport_1_ ua="na"> AUTO\n</SIP_Transport_1_>' }],
  ['lint.switch-case', { bad: '<Register_1_ ua="na">yes</Register_1_>', line: 2, column: 22, good: '<Register_1_ ua="na">Yes</Register_1_>' }],
  ['lint.switch-case', { bad: '<Set_G729_annexb_1_ ua="na">yes</Set_G729_annexb_1_>', line: 2, column: 29, good: '<Set_G729_annexb_1_ ua="na">Yes</Set_G729_annexb_1_>' }],
  ['lint.value-number', { bad: '<VLAN_ID ua="na">ten</VLAN_ID>', line: 2, column: 18 }],
  ['lint.value-range', { bad: '<Upload_Delay_On_Local_Change ua="na">5</Upload_Delay_On_Local_Change>', line: 2, column: 39 }],
  ['lint.value-port', { bad: '<SIP_Port_1_ ua="na">65536</SIP_Port_1_>', line: 2, column: 22 }],
  ['lint.value-address', { bad: '<Primary_DNS ua="na">10.0.0.256</Primary_DNS>', line: 2, column: 22 }],
  ['lint.value-host', { bad: '<Proxy_1_ ua="na">http://pbx.example.com/</Proxy_1_>', line: 2, column: 19, good: '<Proxy_1_ ua="na">pbx.example.com</Proxy_1_>' }],
  ['lint.value-host', { bad: '<Proxy_1_ ua="na">sip:a@b</Proxy_1_>', line: 2, column: 19 }],
  ['lint.password-length', { bad: '<Admin_Password ua="na">abc</Admin_Password>', line: 2, column: 25 }],
  ['lint.period-syntax', { bad: '<Resync_Error_Retry_Delay ua="na">60,+5</Resync_Error_Retry_Delay>', line: 2, column: 35 }],
  ['lint.name-twice', { bad: '<GPP_A ua="na">1</GPP_A><!-- options: a|b -->\n<GPP_A ua="na">2</GPP_A>', line: 2, column: 2, good: '<GPP_A ua="na">2</GPP_A>' }],
  ['lint.period-syntax', { bad: '<Resync_Periodic ua="na">1h</Resync_Periodic>', line: 2, column: 26 }],
  ['lint.resync-at', { bad: '<Resync_At__HHmm_ ua="na">2360</Resync_At__HHmm_>', line: 2, column: 27 }],
  ['lint.resync-at-wins', { bad: '<Resync_At__HHmm_ ua="na">0300</Resync_At__HHmm_>\n<Resync_Periodic ua="na">60</Resync_Periodic>', line: 2, column: 2 }],
  ['lint.ua-missing', { bad: '<GPP_A>1</GPP_A>', line: 2, column: 2, good: '<GPP_A ua="na">1</GPP_A>' }],
  ['lint.ua-missing', { bad: '<GPP_A group="Provisioning"/>', line: 2, column: 2, good: '<GPP_A ua="na" group="Provisioning"/>' }],
  ['lint.ua-unknown', { bad: '<GPP_A ua="admin">1</GPP_A>', line: 2, column: 8, good: '<GPP_A ua="na">1</GPP_A>' }],
  ['lint.ua-quotes', { bad: "<GPP_A ua='ro'>1</GPP_A>", line: 2, column: 8, good: '<GPP_A ua="ro">1</GPP_A>' }],
  ['lint.secret-readable', { bad: '<Password_1_ ua="rw">x</Password_1_>', line: 2, column: 14, good: '<Password_1_ ua="na">x</Password_1_>' }],
  ['lint.secret-readable', { bad: '<GPP_SA ua="ro">x</GPP_SA>', line: 2, column: 9, good: '<GPP_SA ua="na">x</GPP_SA>' }],
  ['lint.secret-own', { bad: '<User_Password ua="rw">abcd</User_Password>', line: 2, column: 16 }],
  ['lint.non-ascii', { bad: '<Display_Name_1_ ua="na">Zoé Müller</Display_Name_1_>', line: 2, column: 28 }],
  ['lint.typographic', { bad: '<Station_Name ua="na">A – “B”</Station_Name>', line: 2, column: 25, good: '<Station_Name ua="na">A - "B"</Station_Name>' }],
  ['lint.typographic-rule', { bad: '<Profile_Rule ua="na">[--key “$SA”]/a</Profile_Rule>', line: 2, column: 30, good: '<Profile_Rule ua="na">[--key "$SA"]/a</Profile_Rule>' }],
  ['lint.escape', { bad: '<Dial_Plan_1_ ua="na">(S0 &lt;:1800>)</Dial_Plan_1_>', line: 2, column: 36, good: '<Dial_Plan_1_ ua="na">(S0 &lt;:1800&gt;)</Dial_Plan_1_>' }],
  ['lint.place-syntax', { bad: '<GPP_A ua="na">{{name}</GPP_A>', line: 2, column: 16 }],
  ['lint.variable-missing', { bad: '<GPP_A ua="na">{{Name}} {{phone}}</GPP_A>', line: 2, column: 25 }],
  ['lint.proxy-host', { bad: '<Proxy_Mode ua="na">Manual</Proxy_Mode>', line: 2, column: 21 }],
  ['lint.proxy-host', { bad: '<Proxy_Mode ua="na">Manual</Proxy_Mode><Proxy_Host ua="na">h</Proxy_Host><Proxy_Port ua="na">""</Proxy_Port>', line: 2, column: 21 }],
  ['lint.proxy-login', { bad: '<Proxy_Host ua="na">h</Proxy_Host>\n<Proxy_Server_Requires_Authentication ua="na">Yes</Proxy_Server_Requires_Authentication>\n<Proxy_Mode ua="na">Manual</Proxy_Mode>', line: 4, column: 21 }],
  ['lint.proxy-pac', { bad: '<Proxy_Mode ua="na">Auto</Proxy_Mode>\n<Use_Auto_Discovery__WPAD_ ua="na">No</Use_Auto_Discovery__WPAD_>', line: 2, column: 21 }],
  ['lint.proxy-unused', { bad: '<Proxy_Host ua="na">h</Proxy_Host>', line: 2, column: 2 }],
  ['lint.proxy-unused', { bad: '<Proxy_Mode ua="na">Off</Proxy_Mode>\n<Proxy_Host ua="na">h</Proxy_Host>', line: 3, column: 2 }],
  ['lint.static-half', { bad: '<Connection_Type ua="na">Static IP</Connection_Type>', line: 2, column: 26 }],
  ['lint.domains', { bad: '<Restricted_Access_Domains ua="na">example.com, a.b</Restricted_Access_Domains>', line: 2, column: 36, good: '<Restricted_Access_Domains ua="na">example.com, a.b,bench.internal</Restricted_Access_Domains>' }],
  ['lint.provision-off', { bad: '<Provision_Enable ua="na">no</Provision_Enable>', line: 2, column: 27, good: '<Provision_Enable ua="na">Yes</Provision_Enable>' }],
  ['lint.rules-empty', { bad: '<Profile_Rule ua="na">""</Profile_Rule>\n<Profile_Rule_B ua="na"/>', line: 2, column: 23, good: '<Profile_Rule ua="na">/$PSN.xml</Profile_Rule>\n<Profile_Rule_B ua="na"/>' }],
  ['lint.rules-reset', { bad: '<Profile_Rule ua="ro"/>', line: 2, column: 1, good: '<Profile_Rule ua="ro">/$PSN.xml</Profile_Rule>' }],
  ['lint.rules-reset', { bad: '<Profile_Rule ua="na"> </Profile_Rule>', line: 2, column: 23, good: '<Profile_Rule ua="na"> /$PSN.xml</Profile_Rule>' }],
  ['lint.silent', { bad: '<Resync_On_Reset ua="na">No</Resync_On_Reset><Resync_From_SIP ua="na">No</Resync_From_SIP><Enable_Web_Server ua="na">no</Enable_Web_Server>\n<Resync_Periodic ua="na">0</Resync_Periodic>', line: 3, column: 26 }],
  ['lint.web-only', { bad: '<Resync_On_Reset ua="na">No</Resync_On_Reset><Resync_From_SIP ua="na">No</Resync_From_SIP>\n<Resync_Periodic ua="na">0</Resync_Periodic>', line: 3, column: 26 }],
  ['lint.key-register', { bad: '<Profile_Rule ua="na">[--key $B]/a.xml</Profile_Rule>', line: 2, column: 30 }],
  ['lint.rule-elsewhere', { bad: '<Profile_Rule ua="na">($A ne "x")? https://prov.example.com/$MA.xml</Profile_Rule>', line: 2, column: 36 }],
  ['lint.activation-short', { bad: '<Profile_Rule ua="na">gds://123456</Profile_Rule>', line: 2, column: 23 }],
  ['lint.activation-load', { bad: '<Profile_Rule ua="na">gds://</Profile_Rule>', line: 2, column: 23 }],
  ['lint.activation-bare', { bad: '<Profile_Rule ua="na">1234567890123456</Profile_Rule>', line: 2, column: 23, good: '<Profile_Rule ua="na">gds://1234567890123456</Profile_Rule>' }],
  ['lint.upgrade-off', { bad: '<Upgrade_Enable ua="na">No</Upgrade_Enable>\n<Upgrade_Rule ua="na">http://h/a.loads</Upgrade_Rule>', line: 3, column: 23 }],
];

/** Mistakes that other readers find, with the fix that the lint adds. */
const READERS: readonly (readonly [string, Case])[] = [
  ['profile.ampersand', { bad: '<GPP_A ua="na">a & b</GPP_A>', line: 2, column: 18, good: '<GPP_A ua="na">a &amp; b</GPP_A>' }],
  ['profile.ampersand', { bad: '<Profile_Rule ua="na">/&PN.cfg</Profile_Rule>', line: 2, column: 24, good: '<Profile_Rule ua="na">/$PN.cfg</Profile_Rule>' }],
  ['profile.less-than', { bad: '<Resync_Trigger_1 ua="na">1 < 2</Resync_Trigger_1>', line: 2, column: 29, good: '<Resync_Trigger_1 ua="na">1 &lt; 2</Resync_Trigger_1>' }],
  ['profile.cdata-end', { bad: '<GPP_A ua="na">a]]>b</GPP_A>', line: 2, column: 17, good: '<GPP_A ua="na">a]]&gt;b</GPP_A>' }],
  ['profile.attribute-space', { bad: '<GPP_A ua="na"group="x">a</GPP_A>', line: 2, column: 15, good: '<GPP_A ua="na" group="x">a</GPP_A>' }],
  ['profile.attribute-quotes', { bad: '<GPP_A ua=“na”>a</GPP_A>', line: 2, column: 11, good: '<GPP_A ua="na">a</GPP_A>' }],
  ['profile.attribute-quotes', { bad: '<GPP_A ua=ro>a</GPP_A>', line: 2, column: 11, good: '<GPP_A ua="ro">a</GPP_A>' }],
  ['profile.option-comment', { bad: '<GPP_A ua="na">a</GPP_A>\n<!available options: a|b-->', line: 3, column: 1, good: '<GPP_A ua="na">a</GPP_A>\n<!-- available options: a|b -->' }],
  ['profile.end-tag-other', { bad: '<GPP_A ua="na">a</gpp_a >', line: 2, column: 17, good: '<GPP_A ua="na">a</GPP_A >' }],
  ['profile.end-tag-other', { bad: '<GPP_A ua="na">a</GPP_B>', line: 2, column: 17 }],
  ['rule.srv.tftp', { bad: '<Profile_Rule_B ua="na">[--srv] tftp://example.com/$PSN.xml</Profile_Rule_B>', line: 2, column: 33 }],
  ['rule.gds.code', { bad: '<Profile_Rule ua="na">gds://12</Profile_Rule>', line: 2, column: 29 }],
  ['rule.macro.ampersand', { bad: '<Profile_Rule ua="na">\n  /&#38;PN.cfg</Profile_Rule>', line: 3, column: 4, good: '<Profile_Rule ua="na">\n  /$PN.cfg</Profile_Rule>' }],
  ['rule.option.backslash', { bad: '<Profile_Rule ua="na">[--uid a\\057b --pwd "c"]/a</Profile_Rule>', line: 2, column: 30, good: '<Profile_Rule ua="na">[--uid a\\134b --pwd "c"]/a</Profile_Rule>' }],
  ['rule.operand.dots', { bad: '<Profile_Rule ua="na">($SWVER &lt; 11.0.0)?/a</Profile_Rule>', line: 2, column: 24, good: '<Profile_Rule ua="na">($SWVER &lt; 11-0-0)?/a</Profile_Rule>' }],
  ['rule.trigger.bare', { bad: '<Resync_Trigger_2 ua="na">&#40;1 eq 1)?</Resync_Trigger_2>', line: 2, column: 27 }],
];

function profile(lines: string): string {
  return `<flat-profile>\n${lines}\n</flat-profile>\n`;
}

function lint(lines: string, context: Partial<LintContext> = {}): readonly Finding[] {
  return lintProfile(readDocument(profile(lines)), { ...CONTEXT, ...context });
}

function codes(lines: string, context: Partial<LintContext> = {}): readonly string[] {
  return lint(lines, context).map(({ code }) => code);
}

describe('each code of the lint', () => {
  it.each([...CASES, ...READERS])('%s is found at its place, and its fix mends it: %j', (code, { bad, line, column, good }) => {
    const found = lint(bad).filter((finding) => finding.code === code);
    expect(found.map(({ span }) => [span.line, span.column])).toEqual([[line, column]]);
    expect(found.some(({ fix }) => fix !== null)).toBe(good !== undefined);
    if (good === undefined) return;
    expect(applyFixes(profile(bad), found).text).toBe(profile(good));
    expect(codes(good)).not.toContain(code);
  });

  it('every code has a case', () => {
    expect(Object.keys(LINT_CODES).filter((code) => !CASES.some(([tested]) => tested === code))).toEqual([]);
  });

  it('severity, and whether the phone is cut off, are those of the table', () => {
    for (const [code, { bad }] of CASES) {
      const facts: LintCodeFacts = LINT_CODES[code as keyof typeof LINT_CODES];
      const found = lint(bad).find((finding) => finding.code === code);
      expect([code, found?.severity, found?.cutsOff]).toEqual([code, facts.severity, facts.cutsOff ?? false]);
    }
  });
});

describe('what is right', () => {
  it.each([
    '<Profile_Rule ua="na">/$PSN.xml</Profile_Rule>',
    '<Profile_Rule ua="na">http://10.20.0.1/$MA.xml</Profile_Rule>',
    '<Profile_Rule ua="na">https://bench.internal/$MA.xml</Profile_Rule>',
    '<Profile_Rule ua="na">{{bench_http}}/$MA.xml</Profile_Rule>',
    '<Profile_Rule ua="na">($A eq "1")? https://away.example.com/a | /$PSN.xml</Profile_Rule>',
    '<Profile_Rule ua="na">[--key $SA] /a.xml</Profile_Rule>',
    '<Profile_Rule ua="na">[--key {{name}}] {{bench_http}}/a.xml</Profile_Rule>',
    '<Profile_Rule_B ua="na">https://away.example.com/a</Profile_Rule_B>',
    '<Profile_Rule_B ua="na"/>',
    '<Profile_Rule ua="na">gds://</Profile_Rule><Upgrade_Rule ua="na">http://h/sip88xx.11-2-3MSR1-1.loads</Upgrade_Rule>',
    '<Resync_Trigger_1 ua="na">$SWVER lt 11-2-3</Resync_Trigger_1>',
    '<Resync_Periodic ua="na">60,120+30, 86400</Resync_Periodic>',
    '<Resync_At__HHmm_ ua="na">2400</Resync_At__HHmm_>',
    '<Web_Server_Port ua="na">0x1bb</Web_Server_Port>',
    '<Primary_DNS ua="na">2001:db8::1</Primary_DNS>',
    '<Work_Days ua="na">Monday|Friday</Work_Days>',
    '<VLAN_ID ua="na">{{name}}</VLAN_ID>',
    '<Admin_Password ua="na">{{name}}</Admin_Password>',
    '<Proxy_Mode ua="na">Manual</Proxy_Mode><Proxy_Host ua="na">proxy</Proxy_Host>',
    '<Proxy_Mode ua="na">Auto</Proxy_Mode>',
    '<Dial_Plan_1_ ua="na"><![CDATA[(<:1>)]]></Dial_Plan_1_>',
    '<Restricted_Access_Domains ua="na">example.com,internal</Restricted_Access_Domains>',
    '<Restricted_Access_Domains ua="na">10.20.0.1</Restricted_Access_Domains>',
    '<Resync_On_Reset ua="na">No</Resync_On_Reset><Resync_From_SIP ua="na">No</Resync_From_SIP>',
    '<!-- <Sylsog_Server>“{{nothing}}” & </Sylsog_Server> -->',
    '<GPP_A ua="na">{{ name }}{{MAC}}</GPP_A>',
  ])('%s is left alone', (lines) => {
    expect(codes(lines)).toEqual([]);
  });

  it('of a bench, a list or a model that is not known nothing is said', () => {
    const lines = '<Restricted_Access_Domains ua="na">a.b</Restricted_Access_Domains><GPP_A ua="na">{{x}}</GPP_A><Proxy_16_ ua="na">a</Proxy_16_>';
    expect(codes(lines, { bench: null, variables: null, model: null })).toEqual([]);
    expect(codes('<Proxy_16_ ua="na">a</Proxy_16_>', { model: 'CP-9861' as Model })).toEqual([]);
    expect(codes('<Proxy_16_ ua="na">a</Proxy_16_>', { model: 'CP-8865-3PCC' as Model })).toEqual([]);
  });

  it('a secret is in no sentence and no fix word', () => {
    const found = lint('<Admin_Password ua="rw">s3c</Admin_Password><Password_1_ ua="ro">hush–hush</Password_1_>');
    expect(found.length).toBeGreaterThan(2);
    expect(JSON.stringify(found.map(({ params, fix }) => [params, fix?.params]))).not.toMatch(/s3c|hush/);
  });

  it('several mistakes of the XML are told at once, in the order of the text', () => {
    const found = lint('<GPP_A ua="na">a & b</GPP_A>\n<GPP_B ua="na">1 < 2</GPP_B>\n<GPP_C ua="na">c & d</GPP_C>');
    expect(found.map(({ code, span }) => `${code} ${span.line}`)).toEqual(['profile.ampersand 2', 'profile.less-than 3', 'profile.ampersand 4']);
  });
});

describe('sentences as people read them', () => {
  it.each([
    ['<VLAN_ID ua="na">5000</VLAN_ID>', 'VLAN_ID goes from 0 to 4095. 5000 is outside. Pick one inside.'],
    ['<Upload_Delay_On_Local_Change ua="na">5</Upload_Delay_On_Local_Change>', 'Upload_Delay_On_Local_Change goes from 10 to 900 s. 5 is outside. Pick one inside.'],
    ['<Session_Max_Timeout ua="na">x</Session_Max_Timeout>', 'Session_Max_Timeout takes a number. x is none. Write digits alone.'],
    ['<TLS_Min_Version ua="na">SSL</TLS_Min_Version>', 'TLS_Min_Version is none of: TLS 1.1, TLS 1.2. The phone may keep its old value. Pick one.'],
  ])('%s: %s', (lines, words) => {
    expect(lint(lines).map(({ code, params }) => sentence(code, params))).toEqual([words]);
  });

  it('no place of a sentence stays unfilled, in either language', () => {
    for (const [, { bad }] of [...CASES, ...READERS]) {
      for (const { code, params, fix } of lint(bad).filter((one) => one.code !== 'lint.place-syntax')) {
        for (const language of ['en', 'fr'] as const) {
          expect(sentence(code, params, language)).not.toMatch(/\{(?!\{)\w+\}|^(?:lint|rule|profile)\.|undefined/);
          if (fix) expect(sentence(fix.code, fix.params, language)).not.toMatch(/\{\w+\}|^lint\./);
        }
      }
    }
  });
});

describe('hostile texts', () => {
  it.each([
    ['a hundred thousand elements', '<a/>'.repeat(100_000)],
    ['a hundred thousand of one name', '<GPP_A ua="na">1</GPP_A>'.repeat(100_000)],
    ['a value of curled quotes', `<Profile_Rule ua="na">${'“'.repeat(500_000)}</Profile_Rule>`],
    ['a value of bare signs', `<Dial_Plan_1_ ua="na">${'>'.repeat(500_000)}</Dial_Plan_1_>`],
    ['a rule without end', `<Profile_Rule ua="na">${'(1 eq 1)? http://h/x | '.repeat(50_000)}</Profile_Rule>`],
    ['places opened and never closed', `<GPP_A ua="na">${'{{ '.repeat(300_000)}</GPP_A>`],
    ['places of a variable that nobody has', `<GPP_A ua="na">${'{{x}}'.repeat(300_000)}</GPP_A>`],
    ['a list of domains without end', `<Restricted_Access_Domains ua="na">${'a,'.repeat(500_000)}</Restricted_Access_Domains>`],
  ])('%s ends in a number of findings that somebody can look through', (_name, text) => {
    const found = lint(text);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThanOrEqual(20_000);
    expect(found.every(({ fix }) => (fix?.edits.length ?? 0) <= 1_000)).toBe(true);
  });
});
