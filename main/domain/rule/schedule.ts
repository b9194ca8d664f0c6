import type { NextTry, RuleFacts, RuleKind } from '../../../common/values/rule.ts';
import { atRandomDelay, delayAt, randomDelay, readDelays, secondsUntilClock, timeZoneOffset } from './delays.ts';

export type Outcome = NextTry['outcome'];

const OUTCOMES: readonly Outcome[] = ['success', 'missing', 'corrupt', 'unreachable'];
/** Delays shown after the next one. */
const SHOWN_STEPS = 20;

/** Values of a phone out of its box; newer loads ship a list for the retry delay. */
const FACTORY_TIMING: Readonly<Record<string, string>> = {
  Resync_Periodic: '3600',
  Resync_Random_Delay: '2',
  Resync_At__HHmm_: '',
  Resync_At_Random_Delay: '600',
  Resync_Error_Retry_Delay: '3600',
  Resync_Fails_On_FNF: 'Yes',
  Upgrade_Error_Retry_Delay: '3600',
};

/**
 * When the phone comes again, for each way in which an attempt may end (table 2 of Cisco's provisioning guide): success by
 * Resync_At__HHmm_ or else Resync_Periodic and Resync_Random_Delay, everything else by Resync_Error_Retry_Delay, one step
 * further for each failure in a row. An upgrade rule that succeeded is not tried again until it changes; a report, a
 * certificate rule and a trigger have no next try of their own.
 */
export function nextTries(facts: RuleFacts, outcomeKnown?: Outcome, kind: RuleKind = 'profile'): readonly NextTry[] {
  if (kind === 'trigger' || kind === 'ca') return [];
  return (outcomeKnown === undefined ? OUTCOMES : [outcomeKnown]).map((outcome) => nextTry(outcome, facts, kind));
}

function nextTry(outcome: Outcome, facts: RuleFacts, kind: RuleKind): NextTry {
  if (kind === 'report') return never(outcome, 'Report_Rule', 'rule.next.report-once');
  if (kind === 'upgrade') {
    return outcome === 'success'
      ? never(outcome, 'Upgrade_Rule', 'rule.next.until-changed')
      : byList(outcome, 'Upgrade_Error_Retry_Delay', facts, facts.failures, 0, null);
  }
  if (outcome === 'success') return afterSuccess(outcome, facts, null);
  if (outcome === 'missing' && valueOf(facts, 'Resync_Fails_On_FNF').trim().toLowerCase() === 'no') {
    return afterSuccess(outcome, facts, 'rule.next.counts-as-success');
  }
  return byList(outcome, 'Resync_Error_Retry_Delay', facts, facts.failures, 0, null);
}

function afterSuccess(outcome: Outcome, facts: RuleFacts, note: string | null): NextTry {
  const at = valueOf(facts, 'Resync_At__HHmm_').trim();
  // The phone's own time zone where it is known, else that of this computer, which stands on the same bench.
  const offset = timeZoneOffset(valueOf(facts, 'Time_Zone')) ?? -new Date(facts.now).getTimezoneOffset();
  const seconds = at === '' ? null : secondsUntilClock(at, facts.now, offset);
  if (seconds !== null) {
    const to = seconds + atRandomDelay(valueOf(facts, 'Resync_At_Random_Delay'));
    return { outcome, from: seconds, to, then: [], because: 'Resync_At__HHmm_', note: note ?? 'rule.next.at-time' };
  }
  const spread = randomDelay(valueOf(facts, 'Resync_Random_Delay'));
  return byList(outcome, 'Resync_Periodic', facts, 0, spread, note ?? (at === '' ? null : 'rule.next.at-ignored'));
}

function byList(outcome: Outcome, name: string, facts: RuleFacts, turn: number, spread: number, note: string | null): NextTry {
  const delays = readDelays(valueOf(facts, name));
  if (delays === null) return never(outcome, name, 'rule.next.unreadable');
  const delay = delayAt(delays, turn);
  if (delay === null) return never(outcome, name, note ?? 'rule.next.never');
  const then = delays.slice(turn + 1, turn + 1 + SHOWN_STEPS).map(({ seconds }) => seconds);
  return { outcome, from: delay.seconds, to: delay.seconds + delay.spread + spread, then, because: name, note };
}

function never(outcome: Outcome, because: string, note: string): NextTry {
  return { outcome, from: null, to: null, then: [], because, note };
}

function valueOf(facts: RuleFacts, name: string): string {
  return (Object.hasOwn(facts.timing, name) ? facts.timing[name] : FACTORY_TIMING[name]) ?? '';
}
