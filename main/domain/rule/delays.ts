/** `3600`, `60,120,240` (the last one repeats), `3600+600` (up to that many seconds more, by chance). */
export interface Delays {
  /** Seconds; never empty. */
  readonly steps: readonly number[];
  /** Seconds that chance may add. */
  readonly spread: number;
}

/** Seconds that one unit of Resync_Random_Delay means since 11.3; the guide of 2017 says one second. */
const RANDOM_DELAY_UNIT = 20;
/** Resync_At_Random_Delay: less than this counts as this. */
const LEAST_AT_SPREAD = 600;
const MOST_STEPS = 100;
const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;

/** Reads Resync_Periodic and the *_Error_Retry_Delay; null for text that is none of the forms. At most 100 steps of 9 digits. */
export function readDelays(text: string): Delays | null {
  const match = /^\s*(\d{1,9}(?:\s*,\s*\d{1,9})*)(?:\s*\+\s*(\d{1,9}))?\s*$/.exec(text.slice(0, 2000));
  if (!match?.[1]) return null;
  return { steps: match[1].split(',').slice(0, MOST_STEPS).map(Number), spread: Number(match[2] ?? 0) };
}

/** Seconds of try number `turn` (from 0); null when that step is 0: never. */
export function delayAt(delays: Delays, turn: number): number | null {
  return delays.steps[Math.min(turn, delays.steps.length - 1)] || null;
}

/** The longest that Resync_Random_Delay may add, in seconds; its unit is 20 s. 0 to 65,535 units. */
export function randomDelay(text: string): number {
  return /^\s*\d{1,5}\s*$/.test(text) ? Math.min(65_535, Number(text)) * RANDOM_DELAY_UNIT : 0;
}

/** The longest that Resync_At_Random_Delay may add, in seconds: 600 to 65,535, lower values count as 600. */
export function atRandomDelay(text: string): number {
  return /^\s*\d{1,5}\s*$/.test(text) ? Math.min(65_535, Math.max(LEAST_AT_SPREAD, Number(text))) : LEAST_AT_SPREAD;
}

/**
 * Seconds from `now` to the next `HHmm` of a clock that goes `offsetMinutes` before UTC; null when the text is not four digits
 * of 0000 to 2400: then Resync_Periodic counts.
 */
export function secondsUntilClock(text: string, now: number, offsetMinutes: number): number | null {
  const match = /^\s*(\d\d)(\d\d)\s*$/.exec(text);
  const minutes = Number(match?.[1]) * 60 + Number(match?.[2]);
  if (!match || minutes > DAY_MINUTES || Number(match[2]) > 59) return null;
  const local = now / MINUTE + offsetMinutes;
  const passed = ((local % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  const wait = (minutes % DAY_MINUTES) - passed;
  return Math.round((wait > 0 ? wait : wait + DAY_MINUTES) * 60);
}

/** Minutes before UTC that `GMT-08:00` of Time_Zone means; null for other text. Summer time is not in it. */
export function timeZoneOffset(text: string): number | null {
  const match = /^\s*GMT([+-])(\d{1,2}):(\d\d)\s*$/.exec(text);
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : null;
}
