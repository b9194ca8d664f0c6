import { compareVersions } from '../domain/rule/version.ts';
import { delayByList } from './turns.ts';

/** An upgrade that failed, as far as it decides when the phone tries again. */
export interface FailedUpgrade {
  /** Text of Upgrade_Rule, macros not filled. */
  readonly rule: string;
  /** Scheme, server, port and path that it came to; empty where the rule could not be followed. */
  readonly url: string;
  /** Failures in a row of this rule and URL. */
  readonly failures: number;
  /** The phone's seconds after that failure when it tries again by itself; null for never. */
  readonly retryAfter: number | null;
  /** By performance.now(). */
  readonly at: number;
}

/**
 * True when an upgrade may begin: nothing failed yet, the rule's text or its effective URL is another one, or
 * Upgrade_Error_Retry_Delay has passed.
 * @param now performance.now()
 * @param pace the phone's seconds in one real second
 */
export function mayUpgrade(failed: FailedUpgrade | null, rule: string, url: string, now: number, pace: number): boolean {
  if (failed === null || failed.rule !== rule || failed.url !== url) return true;
  return failed.retryAfter !== null && ((now - failed.at) / 1000) * pace >= failed.retryAfter;
}

/**
 * Remembers a failure. Each one in a row of the same rule and URL goes one step on in the list of Upgrade_Error_Retry_Delay;
 * 0 and a text that cannot be read mean never.
 * @param random 0 ≤ x < 1, for the part behind `+`
 */
export function afterFailure(
  before: FailedUpgrade | null, now: { readonly rule: string; readonly url: string; readonly at: number }, delayText: string, random: () => number,
): FailedUpgrade {
  const same = before !== null && before.rule === now.rule && before.url === now.url;
  const failures = same ? before.failures + 1 : 1;
  return { ...now, failures, retryAfter: delayByList(delayText, failures - 1, random) };
}

/** True when Downgrade_Rev_Limit forbids a load; a limit that is empty or cannot be compared forbids none. */
export function isBelowLimit(target: string, limit: string): boolean {
  return limit.trim() !== '' && compareVersions(target, limit.trim()) === 'lower';
}
