import type { Finding } from '../../../../common/values/finding.ts';
import type { ParameterEntry } from '../../../../common/values/parameter.ts';
import { finding } from './finding.ts';
import type { LintElement, LintRule } from './subject.ts';
import { replaceValue } from './value-text.ts';

const SWITCH = ['Yes', 'No'];
const NUMBER = /^(?:-?\d+|0x[0-9a-f]+)$/i;
const ADDRESS = /^(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
const IPV6 = /^[0-9a-f:]*:[0-9a-f:.]*$/i;
const SCHEME = /^(?:https?|tftp|sips?|udp|tcp):\/{0,2}/i;
const WEB_PASSWORD = new Set(['Admin_Password', 'User_Password']);
/** Longest text that is repeated in a sentence. */
const SHOWN = 40;

/** Values against what the dictionary knows. Lists of options come from exports and may lack one, so nothing here is an error. */
export const values: LintRule = ({ elements }) =>
  elements.flatMap((checked) => {
    const { element, found, filled } = checked;
    if (found === null || filled || element.intent !== 'value' || element.valueSpan === null) return [];
    return checkValue(checked, found.entry);
  });

function checkValue(checked: LintElement, entry: ParameterEntry): readonly Finding[] {
  const { name, value } = checked.element;
  if (WEB_PASSWORD.has(name)) return value.length >= 4 && value.length <= 127 ? [] : [wrong('lint.password-length', checked, { name })];
  switch (entry.type) {
    case 'bool':
      return checkOption(checked, SWITCH);
    case 'enum':
      return checkOption(checked, entry.options);
    case 'number':
      return checkNumber(checked, entry);
    case 'port':
      return NUMBER.test(value) && Number(value) >= 0 && Number(value) <= 65_535 ? [] : [wrong('lint.value-port', checked)];
    case 'ip':
      return ADDRESS.test(value) || IPV6.test(value) ? [] : [wrong('lint.value-address', checked)];
    case 'host':
      return checkHost(checked);
    default:
      return [];
  }
}

function checkOption(checked: LintElement, options: readonly string[]): readonly Finding[] {
  const { value } = checked.element;
  // Work_Days holds several of its options, split as the phone splits them.
  if (options.length === 0 || value.split('|').every((each) => options.includes(each))) return [];
  const right = options.find((option) => option.toLowerCase() === value.toLowerCase());
  if (right === undefined) return [wrong('lint.value-option', checked, { options: list(options) })];
  return [wrong(SWITCH.includes(right) ? 'lint.switch-case' : 'lint.value-case', checked, { right }, right)];
}

function checkNumber(checked: LintElement, { range }: ParameterEntry): readonly Finding[] {
  const { value } = checked.element;
  if (!NUMBER.test(value)) return [wrong('lint.value-number', checked)];
  if (range === null || (Number(value) >= range.from && Number(value) <= range.to)) return [];
  return [wrong('lint.value-range', checked, { from: range.from, to: range.to, unit: range.unit === '' ? '' : ` ${range.unit}` })];
}

/** `host` or `host:port`; an address of the web is the usual slip. */
function checkHost(checked: LintElement): readonly Finding[] {
  const scheme = SCHEME.exec(checked.element.value)?.[0];
  if (scheme === undefined) return [];
  const host = checked.element.value.slice(scheme.length).replace(/\/$/, '');
  return [wrong('lint.value-host', checked, { scheme }, /^[\w.:-]+$/.test(host) ? host : undefined)];
}

type ValueCode =
  | 'lint.value-option' | 'lint.value-case' | 'lint.switch-case' | 'lint.value-number' | 'lint.value-range' | 'lint.value-port'
  | 'lint.value-address' | 'lint.value-host' | 'lint.password-length';

function wrong(code: ValueCode, { element, found }: LintElement, params: Finding['params'] = {}, right?: string): Finding {
  const value = found?.entry.secret === true ? {} : { value: short(element.value) };
  const mending = right === undefined ? null : { edits: replaceValue(element, right), params: { value: right } };
  return finding(code, element.valueSpan ?? element.span, { name: element.name, ...value, ...params }, mending);
}

function list(options: readonly string[]): string {
  const all = options.join(', ');
  return all.length <= SHOWN ? all : `${options.slice(0, 4).join(', ')} …`;
}

function short(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`;
}
