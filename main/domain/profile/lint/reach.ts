import type { Finding } from '../../../../common/values/finding.ts';
import type { ProfileElement } from '../document/document.ts';
import { finding } from './finding.ts';
import { type LintRule, type LintSubject, says, valueOf } from './subject.ts';
import { replaceValue } from './value-text.ts';

const RULES = ['Profile_Rule', 'Profile_Rule_B', 'Profile_Rule_C', 'Profile_Rule_D'];
const FACTORY_RULE = '/$PSN.xml';
const DOMAINS = 'Restricted_Access_Domains';
/** Characters of the list of domains that are read: ten times what a phone keeps of any value. */
const LONGEST_LIST = 10_000;
/** Ways by which somebody on the network still makes the phone ask. */
const WEB = ['Enable_Web_Server', 'Enable_Direct_Action_Url', 'Enable_Web_Admin_Access'];

/** What cuts the phone off from provisioning: after it nobody but a person at the phone brings it back. */
export const reach: LintRule = (subject) => [
  ...provisionOff(subject), ...noRules(subject), ...neverAsks(subject), ...otherDomains(subject), ...staticAddress(subject),
];

function provisionOff(subject: LintSubject): readonly Finding[] {
  const element = subject.last.get('Provision_Enable');
  if (!element || !says(subject, 'Provision_Enable', 'No')) return [];
  return [finding('lint.provision-off', element.valueSpan ?? element.span, {}, { edits: replaceValue(element, 'Yes') })];
}

/** An empty element resets or empties, Cisco's chapter says both; two quotes empty for certain. */
function noRules({ last }: LintSubject): readonly Finding[] {
  const rule = last.get('Profile_Rule');
  const gone = RULES.flatMap((name) => last.get(name) ?? []).every((each) => each.value === '');
  if (!rule || !gone) return [];
  const code = rule.intent === 'empty' ? 'lint.rules-empty' : 'lint.rules-reset';
  const edits = rule.valueSpan === null ? [{ from: rule.span.from, to: rule.span.to, insert: filled(rule) }] : replaceValue(rule, FACTORY_RULE);
  return [finding(code, rule.valueSpan ?? rule.span, {}, { edits, params: { value: FACTORY_RULE } })];
}

function neverAsks(subject: LintSubject): readonly Finding[] {
  const element = subject.last.get('Resync_Periodic');
  const never = says(subject, 'Resync_On_Reset', 'No') && says(subject, 'Resync_From_SIP', 'No') && element?.value === '0';
  if (!element || !never || (valueOf(subject, 'Resync_At__HHmm_') ?? '') !== '') return [];
  const closed = WEB.find((name) => says(subject, name, 'No'));
  const at = element.valueSpan ?? element.span;
  return [closed === undefined ? finding('lint.web-only', at) : finding('lint.silent', at, { closed })];
}

/** A name of the list counts for itself and for what lies below it. */
function otherDomains({ last, context: { bench } }: LintSubject): readonly Finding[] {
  const element = last.get(DOMAINS);
  if (!element || bench === null || element.intent !== 'value' || element.valueSpan === null || element.raw.includes('{{')) return [];
  const listed = element.value.slice(0, LONGEST_LIST).toLowerCase().split(/[\s,;]+/).filter((domain) => domain !== '');
  const own = [...bench.names, bench.address].map((name) => name.toLowerCase());
  const named = own.some((name) => listed.some((domain) => name === domain || name.endsWith(`.${domain.replace(/^\*?\./, '')}`)));
  if (named || listed.length === 0) return [];
  const add = bench.names[0] ?? bench.address;
  const edits = replaceValue(element, `${element.value},${add}`);
  return [finding('lint.domains', element.valueSpan, { bench: add }, { edits, params: { bench: add } })];
}

function staticAddress(subject: LintSubject): readonly Finding[] {
  const element = subject.last.get('Connection_Type');
  if (!element || !says(subject, 'Connection_Type', 'Static IP')) return [];
  const missing = ['Static_IP', 'NetMask', 'Gateway'].filter((name) => (valueOf(subject, name) ?? '') === '');
  return missing.length === 0 ? [] : [finding('lint.static-half', element.valueSpan ?? element.span, { missing: missing.join(', ') })];
}

function filled({ name, attributes }: ProfileElement): string {
  const ua = attributes.find((each) => each.name === 'ua')?.value ?? 'na';
  return `<${name} ua="${ua.replaceAll(/[^a-z]/g, '')}">${FACTORY_RULE}</${name}>`;
}
