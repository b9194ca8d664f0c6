import type { Finding, FormField, LintView, ParameterEntry, ReadyMade } from '../../../common/contract/views/profiles.ts';
import type { TextSpan } from '../../../common/values/text-span.ts';

/** The template of the drawing, and just enough of a reader to lint and edit it: for looking at the screen, never part of the product. */
export const DRAWN = `<flat-profile>
  <!-- Clinique Saint-Roch, all models -->
  <Provision_Enable ua="na">Yes</Provision_Enable>
  <Resync_On_Reset ua="na">Yes</Resync_On_Reset>
  <Resync_Random_Delay ua="na">0</Resync_Random_Delay>
  <Resync_Periodic ua="na">86400</Resync_Periodic>
  <Profile_Rule ua="na">[--key $A]http://{{bench_address}}/p/$MA.cfg</Profile_Rule>
  <Syslog_Server ua="na">{{bench_syslog}}</Syslog_Server>
  <Custom_CA_Rule ua="na">http://{{bench_address}}/ca.pem</Custom_CA_Rule>
  <Log_Resync_Request_Msg>$PN $MAC</Log_Resync_Request_Msg>
  <Restricted_Access_Domains ua="na">saint-roch.example</Restricted_Access_Domains>
  <Proxy_1_ ua="na">{{proxy}}</Proxy_1_>
  <User_ID_1_ ua="na">{{ext}}</User_ID_1_>
  <Password_1_ ua="na">{{sip_password}}</Password_1_>
  <Display_Name_1_ ua="rw">{{name}}</Display_Name_1_>
</flat-profile>
`;

/** A profile of `count` elements, for the feel of a large file. */
export function largeText(count: number): string {
  const rows = Array.from({ length: count }, (_, at) => `  <Unit_1_Key_${at + 1}_ ua="na">fnc=blf+sd+cp;sub=${3000 + at}@$PROXY;nme={{name}}</Unit_1_Key_${at + 1}_>`);
  return `<flat-profile>\n${rows.join('\n')}\n</flat-profile>\n`;
}

const VALUES: Readonly<Record<string, string>> = { bench_address: '10.20.0.1', bench_syslog: '10.20.0.1:514', proxy: 'pbx.saint-roch.example', ext: '3027', sip_password: '••••••', name: 'Chambre 3' };
export const fill = (text: string): string => text.replaceAll(/\{\{(\w+)\}\}/g, (place, name: string) => VALUES[name] ?? place);

const parameter = (name: string, part: Partial<ParameterEntry> = {}): ParameterEntry => ({
  name, section: 'Configuration Profile', type: 'text', options: [], secret: false, ua: 'na', factory: null, range: null, help: null,
  seen: [{ model: '7841', firmware: '11.3.1', maxIndex: name.includes('{n}') ? 10 : 0 }, { model: '8841', firmware: '12.0.7', maxIndex: name.includes('{n}') ? 10 : 0 }], ...part,
});
export const DICTIONARY: readonly ParameterEntry[] = [
  parameter('Upgrade_Rule', { type: 'rule', factory: '', section: 'Firmware Upgrade', help: { en: 'Where and when the phone takes firmware.', fr: 'Où et quand le téléphone prend son micrologiciel.' } }),
  parameter('Upgrade_Error_Retry_Delay', { type: 'number', factory: '3600', range: { from: 0, to: 86_400, unit: 's' }, section: 'Firmware Upgrade' }),
  parameter('Upgrade_Enable', { type: 'bool', options: ['Yes', 'No'], factory: 'Yes', section: 'Firmware Upgrade' }),
  parameter('Log_Upgrade_Request_Msg', { factory: '$PN $MAC -- Requesting upgrade' }),
  parameter('Log_Request_Msg', { factory: '$PN $MAC -- Requesting resync' }),
  parameter('Provision_Enable', { type: 'bool', options: ['Yes', 'No'], factory: 'Yes' }),
  parameter('Resync_On_Reset', { type: 'bool', options: ['Yes', 'No'], factory: 'Yes' }),
  parameter('Resync_Periodic', { type: 'time', factory: '3600' }),
  parameter('Resync_Random_Delay', { type: 'time', factory: '2' }),
  parameter('Profile_Rule', { type: 'rule', factory: '/$PSN.xml' }),
  parameter('Syslog_Server', { type: 'host', factory: '' }),
  parameter('Custom_CA_Rule', { type: 'rule', factory: '' }),
  parameter('Restricted_Access_Domains', { factory: '' }),
  parameter('Proxy_{n}_', { type: 'host', section: 'Proxy and Registration', factory: '' }),
  parameter('User_ID_{n}_', { section: 'Subscriber Information', factory: '' }),
  parameter('Password_{n}_', { section: 'Subscriber Information', secret: true, factory: '' }),
  parameter('Display_Name_{n}_', { section: 'Subscriber Information', ua: 'rw', factory: '' }),
];
export const READY: readonly ReadyMade[] = [
  { name: 'activation', text: '<flat-profile>\n  <Profile_Rule ua="na">gds://</Profile_Rule>\n</flat-profile>\n', path: null },
  { name: 'webex', text: '<flat-profile>\n  <Webex_Onboard_Enable ua="na">Yes</Webex_Onboard_Enable>\n</flat-profile>\n', path: null },
];

function spanOf(text: string, from: number, to: number): TextSpan {
  const before = text.slice(0, from);
  return { from, to, line: before.split('\n').length, column: from - before.lastIndexOf('\n') };
}

export function lintDrawn(text: string, phones: number): LintView {
  const findings: Finding[] = [];
  const found = (name: string, add: (span: TextSpan) => Omit<Finding, 'span'>) => {
    for (const match of text.matchAll(new RegExp(`<(${name})[ >]`, 'g'))) {
      const span = spanOf(text, match.index + 1, match.index + 1 + name.length);
      findings.push({ ...add(span), span });
    }
  };
  found('Log_Resync_Request_Msg', (span) => ({
    code: 'lint.name-spa', params: { name: 'Log_Resync_Request_Msg', right: 'Log_Request_Msg' }, severity: 'warning', cutsOff: false,
    fix: { code: 'lint.fix.rename', params: { name: 'Log_Request_Msg' }, edits: [span, ...closing(text, 'Log_Resync_Request_Msg')].map(({ from, to }) => ({ from, to, insert: 'Log_Request_Msg' })) },
  }));
  if (/<Restricted_Access_Domains[^>]*>(?!.*bench)[^<]+</.test(text)) {
    const end = text.indexOf('</Restricted_Access_Domains>');
    found('Restricted_Access_Domains', () => ({ code: 'lint.domains', params: { bench: 'bench.internal' }, severity: 'error', cutsOff: true, fix: { code: 'lint.fix.domains', params: { bench: 'bench.internal' }, edits: [{ from: end, to: end, insert: ', bench.internal' }] } }));
  }
  const broken = /<(\w+)[^>/]*>[^<]*\n/.exec(text.replace('<flat-profile>\n', ''));
  if (broken || !text.includes('</flat-profile>')) findings.push({ code: 'lint.unreadable', params: { cause: broken?.[1] ?? '</flat-profile>' }, severity: 'error', span: spanOf(text, Math.max(0, text.length - 1), text.length), fix: null, cutsOff: false });
  const unfillable = text.includes('{{floor}}') ? [{ mac: '00562b043607' as never, number: 7, missing: ['floor'] }, { mac: '00562b04360c' as never, number: 12, missing: ['floor'] }] : [];
  return { findings, errors: findings.filter(({ severity }) => severity === 'error').length, warnings: findings.filter(({ severity }) => severity === 'warning').length, phones, unfillable };
}

function closing(text: string, name: string): readonly { from: number; to: number }[] {
  const at = text.indexOf(`</${name}>`);
  return at < 0 ? [] : [{ from: at + 2, to: at + 2 + name.length }];
}

const element = (name: string) => new RegExp(`<${name}(?:\\s[^<>]*)?(?:/>|>([^<]*)</${name}>)`);
const FORM: readonly (readonly [string, FormField['group']])[] = [
  ['Provision_Enable', 'server'], ['Profile_Rule', 'server'], ['Resync_Periodic', 'resync'], ['Resync_On_Reset', 'resync'], ['Upgrade_Rule', 'firmware'], ['Syslog_Server', 'syslog'],
  ['Custom_CA_Rule', 'certificate'], ['Restricted_Access_Domains', 'access'],
];

export function formDrawn(text: string, lines: number): readonly FormField[] {
  const row = (name: string, group: FormField['group'], line: number): FormField => {
    const match = element(name).exec(text);
    const value = match ? match[1] ?? '' : null;
    const entry = DICTIONARY.find((each) => each.name.replace('{n}', String(line)) === name);
    return { name, group, line, value, intent: value === null ? 'omitted' : value === '' ? 'reset' : value === '""' ? 'empty' : 'value', span: match ? spanOf(text, match.index, match.index + match[0].length) : null, options: entry?.options ?? [], secret: entry?.secret ?? false };
  };
  const ofLine = (line: number) => ['Proxy', 'User_ID', 'Password', 'Display_Name'].map((name) => row(`${name}_${line}_`, 'line', line));
  return [...FORM.map(([name, group]) => row(name, group, 0)), ...Array.from({ length: lines }, (_, at) => ofLine(at + 1)).flat()];
}

export function editDrawn(text: string, name: string, intent: FormField['intent'], value: string): { text: string; changed: boolean } {
  const written = intent === 'omitted' ? '' : intent === 'reset' ? `<${name}/>` : `<${name} ua="na">${intent === 'empty' ? '""' : value}</${name}>`;
  const next = element(name).test(text) ? text.replace(element(name), () => written) : intent === 'omitted' ? text : text.replace('</flat-profile>', () => `  ${written}\n</flat-profile>`);
  return { text: next, changed: next !== text };
}
