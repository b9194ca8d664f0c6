/**
 * The time of one event. `wall` is the computer's clock, for people and for the store; it may jump (NTP, a person, summer
 * in a dual-boot machine). `time` only runs forward and counts every lease, offer and probe.
 */
export interface Instant {
  /** Milliseconds since 1970. */
  readonly wall: number;
  /** Milliseconds since the server began; never falls, never leaps. */
  readonly time: number;
}

/** The server looks at its clock at least this often, so a longer step is a jump or a sleeping computer. */
const LONGEST_STEP_MS = 60_000;

export function beginClock(wall: number): Instant {
  return { wall, time: 0 };
}

/**
 * A clock set back counts nothing, a leap forward at most one minute: no lease ends early because somebody set the clock,
 * and none lasts for ever.
 */
export function advance(clock: Instant, wall: number): Instant {
  return { wall, time: clock.time + Math.min(Math.max(wall - clock.wall, 0), LONGEST_STEP_MS) };
}

/** True when so much time was leapt over that the computer may have slept, and may have woken on another network. */
export function leapt(before: Instant, wall: number): boolean {
  return wall - before.wall > LONGEST_STEP_MS;
}
