import { isOn, valueOf } from './configuration.ts';
import type { Configuration } from './configuration.ts';
import type { PhoneState, ResyncReason } from './events.ts';
import { atRandomDelay, delayAt, randomDelay, readDelays, secondsUntilClock, timeZoneOffset } from '../domain/rule/delays.ts';

/** When a phone resyncs next by itself. */
export interface Turn {
  /** The phone's seconds from now; null = not by itself. */
  readonly seconds: number | null;
  readonly reason: ResyncReason;
}

/** After power-up: by Resync_On_Reset, or by Resync_After_Upgrade_Attempt where an upgrade made it start; spread by Resync_Random_Delay. */
export function firstTurn(configuration: Configuration, afterUpgrade: boolean, random: () => number): Turn {
  const resyncs = isOn(configuration, 'Resync_On_Reset') || (afterUpgrade && isOn(configuration, 'Resync_After_Upgrade_Attempt'));
  const seconds = resyncs ? random() * randomDelay(valueOf(configuration, 'Resync_Random_Delay')) : null;
  return { seconds, reason: 'power-up' };
}

/**
 * After a resync, as table 2 of the guide has it: A by Resync_At__HHmm_ or else Resync_Periodic and Resync_Random_Delay; B and C by
 * Resync_Error_Retry_Delay, one step further for each failure in a row. The periodic timer starts after the first success.
 */
export function nextTurn(
  configuration: Configuration, state: Pick<PhoneState, 'reaction' | 'resyncs' | 'failures'>, now: Date, random: () => number,
): Turn {
  const value = (name: string): string => valueOf(configuration, name);
  if (state.reaction === null) return { seconds: null, reason: 'periodic' };
  if (state.reaction !== 'A') {
    return { seconds: delayByList(value('Resync_Error_Retry_Delay'), state.failures - 1, random), reason: 'retry' };
  }
  const offset = timeZoneOffset(value('Time_Zone')) ?? -now.getTimezoneOffset();
  const atClock = secondsUntilClock(value('Resync_At__HHmm_'), now.getTime(), offset);
  if (atClock !== null) return { seconds: atClock + random() * atRandomDelay(value('Resync_At_Random_Delay')), reason: 'periodic' };
  const period = delayByList(value('Resync_Periodic'), state.resyncs - 1, random);
  return { seconds: period === null ? null : period + random() * randomDelay(value('Resync_Random_Delay')), reason: 'periodic' };
}

/** Wait number `turn` (from 0) of a list of delays, with its part of chance; null for never and for text of another form. */
export function delayByList(text: string, turn: number, random: () => number): number | null {
  const delays = readDelays(text);
  const step = delays && delayAt(delays, turn);
  return step ? step.seconds + random() * step.spread : null;
}
