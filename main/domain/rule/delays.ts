/** One element of `1800+300,3600+600,7200`: a wait, and what chance may add to it. */
export interface Delay {
  readonly seconds: number;
  /** Seconds that chance may add. */
  readonly spread: number;
}

/** Seconds that one unit of Resync_Random_Delay means since 11.3; the guide of 2017 says one second. */
const RANDOM_DELAY_UNIT = 20;
/** Resync_At_Random_Delay: less than this counts as this. */
const LEAST_AT_SPREAD = 600;
const MOST_STEPS = 100;
const LONGEST = 2000;
const ELEMENT = /^(\d{1,9})(?:\s*\+\s*(\d{1,9}))?$/;
const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;

/**
 * Reads Resync_Periodic and the *_Error_Retry_Delay (Cisco's provisioning guides, “Configurable Schedules”): `3600`,
 * `60,120,240` whose last one repeats, and behind any of them `+600`, so much more by chance.
 * @returns at least one, at most 100, of 9 digits each; null for text of another form
 */
export function readDelays(text: string): readonly Delay[] | null {
  const elements = text.slice(0, LONGEST).split(',').slice(0, MOST_STEPS).map((element) => ELEMENT.exec(element.trim()));
  const delays = elements.flatMap((element) => (element ? [{ seconds: Number(element[1]), spread: Number(element[2] ?? 0) }] : []));
  return delays.length === elements.length ? delays : null;
}

/** The wait before try number `turn` (from 0); null when that element is 0: never. */
export function delayAt(delays: readonly Delay[], turn: number): Delay | null {
  const delay = delays[Math.min(turn, delays.length - 1)];
  return delay && delay.seconds > 0 ? delay : null;
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
