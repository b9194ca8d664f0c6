import { readDelays } from '../../rule/delays.ts';
import { finding } from './finding.ts';
import { type LintRule, type LintSubject, valueOf } from './subject.ts';

const PERIODS = ['Resync_Periodic', 'Resync_Error_Retry_Delay', 'Upgrade_Error_Retry_Delay', 'Transition_Authorization_Error_Retry_Delay'];
const AT = 'Resync_At__HHmm_';
const TIME = /^(?:(?:[01]\d|2[0-3])[0-5]\d|2400)$/;

export const timing: LintRule = (subject) => [...periods(subject), ...timeOfDay(subject)];

function periods({ elements }: LintSubject): ReturnType<LintRule> {
  return elements.flatMap(({ element, filled }) => {
    const { name, value, intent, valueSpan } = element;
    if (!PERIODS.includes(name) || filled || intent !== 'value' || valueSpan === null || readDelays(value) !== null) return [];
    return [finding('lint.period-syntax', valueSpan, { name, value: value.slice(0, 40) })];
  });
}

function timeOfDay(subject: LintSubject): ReturnType<LintRule> {
  const element = subject.last.get(AT);
  if (!element || element.intent !== 'value' || element.valueSpan === null || element.raw.includes('{{')) return [];
  if (!TIME.test(element.value)) return [finding('lint.resync-at', element.valueSpan, { value: element.value.slice(0, 40) })];
  const period = valueOf(subject, 'Resync_Periodic');
  return period === null || period === '' || period === '0' ? [] : [finding('lint.resync-at-wins', element.nameSpan)];
}
