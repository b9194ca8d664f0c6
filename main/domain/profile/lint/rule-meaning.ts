import type { Finding } from '../../../../common/values/finding.ts';
import type { Target } from '../../rule/parsed.ts';
import { finding } from './finding.ts';
import type { ReadRule } from './rules.ts';
import { type LintSubject, says, valueOf } from './subject.ts';
import { replaceValue } from './value-text.ts';

/** GPP_A to P appear in every export, SA to SD in none. */
const REGISTER = /^\$\(?([A-P])(?![A-Z])/;
const CODE = /^\d{3,16}$/;
/** A full activation code; shorter ones are names of redirection profiles, from 11.3(1) on. */
const FULL_CODE = 16;

/** What a rule without mistakes does to the phone, and to this bench. */
export function ruleMeaning(subject: LintSubject, rule: ReadRule): readonly Finding[] {
  const targets = rule.parsed.alternatives.flatMap((alternative) => alternative.targets);
  return [
    ...openRegisters(rule, targets),
    ...(rule.element.name === 'Profile_Rule' ? elsewhere(subject, rule, targets) : []),
    ...activation(subject, rule, targets),
    ...upgradeOff(subject, rule),
  ];
}

/** An activation code without `gds://`: no rule, the phone finds neither server nor file in it. */
export function bareCode({ element, parsed }: ReadRule): Finding | null {
  if (parsed.kind !== 'profile' || !CODE.test(element.value) || element.valueSpan === null) return null;
  return finding('lint.activation-bare', element.valueSpan, {}, { edits: replaceValue(element, `gds://${element.value}`) });
}

function openRegisters({ place }: ReadRule, targets: readonly Target[]): readonly Finding[] {
  return targets.flatMap(({ options }) =>
    options.flatMap(({ name, value, valueSpan }) => {
      const register = name === 'key' || name === 'pwd' ? REGISTER.exec(value ?? '')?.[1] : undefined;
      return register === undefined || valueSpan === null ? [] : [finding('lint.key-register', place(valueSpan), { register: `GPP_${register}` })];
    }),
  );
}

/** DHCP names the server only while the rule leaves it open: a path alone, or a place that the bench fills. */
function elsewhere({ context: { bench } }: LintSubject, { place }: ReadRule, targets: readonly Target[]): readonly Finding[] {
  const urls = targets.flatMap(({ url }) => (url === null ? [] : [url]));
  const own = bench === null ? [] : [bench.address, ...bench.names].map((name) => name.toLowerCase());
  const away = urls.filter(({ kind, host }) => kind === 'url' && !own.includes(host.toLowerCase()));
  const [first] = away;
  if (first === undefined || away.length < urls.length) return [];
  return [finding('lint.rule-elsewhere', place(first.span), { name: 'Profile_Rule', host: first.host.slice(0, 60) })];
}

function activation(subject: LintSubject, { place }: ReadRule, targets: readonly Target[]): readonly Finding[] {
  return targets.flatMap(({ url }) => {
    if (url?.kind !== 'activation') return [];
    const at = place(url.span);
    const short = CODE.test(url.host) && url.host.length < FULL_CODE ? [finding('lint.activation-short', at, { digits: url.host.length })] : [];
    return (valueOf(subject, 'Upgrade_Rule') ?? '') === '' ? [...short, finding('lint.activation-load', at)] : short;
  });
}

function upgradeOff(subject: LintSubject, { element }: ReadRule): readonly Finding[] {
  const off = element.name === 'Upgrade_Rule' && says(subject, 'Upgrade_Enable', 'No');
  return off ? [finding('lint.upgrade-off', element.valueSpan ?? element.span)] : [];
}
