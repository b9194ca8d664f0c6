import type { RuleFacts, RuleProblem, RuleTrace } from '../../../common/values/rule.ts';
import { traceRule } from './trace.ts';

/**
 * What a technician types under Device Administration, Profile Rule: `protocol://server[:port]/path`, TFTP and ports 69, 80, 443
 * where left away, the DHCP server where none is named. The guide types `[--srv]` there too. It goes through the rule's own
 * parser; what no keypad is meant for is warned of.
 */
export function traceKeypad(text: string, facts: RuleFacts): RuleTrace {
  const trace = traceRule('profile', text, facts);
  const warning = (code: string, span: RuleProblem['span']): RuleProblem => ({ code, params: {}, severity: 'warning', span });
  const first = trace.alternatives[0];
  const plain = trace.alternatives.length <= 1 && !text.trimStart().startsWith('(');
  return { ...trace, problems: plain || !first ? trace.problems : [...trace.problems, warning('rule.keypad.plain', first.span)] };
}
