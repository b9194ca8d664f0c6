import { failed } from '../../../common/values/failure.ts';
import { asError } from '../failure-error.ts';
import { answers } from './context.ts';

export function rulesArea(_needs: unknown) {
  const { rules } = answers;
  const later = (): never => { throw asError(failed('server.not-built', { server: 'rules' }).failure); };
  return rules.router({ facts: rules.facts.handler(later), trace: rules.trace.handler(later), keypad: rules.keypad.handler(later) });
}
