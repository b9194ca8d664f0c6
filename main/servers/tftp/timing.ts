/**
 * When to send again. Estimator of RFC 6298 with a far lower floor: on a bench cable the round trip is a fraction of a
 * millisecond, and the one second of classic servers is what makes a lossy link crawl. All times are milliseconds.
 */
export interface Timing {
  /** Smoothed round trip, 0 before the first sample. */
  readonly srtt: number;
  readonly rttvar: number;
  /** Time to wait for an answer before sending again. */
  readonly rto: number;
}

export const FIRST_RTO = 300;
export const RTO_FLOOR = 20;
export const RTO_CEILING = 2_000;
/** The wheel that looks at the transfers turns this often, so nothing finer can be kept. */
export const TICK = 10;

export const UNTIMED: Timing = { srtt: 0, rttvar: 0, rto: FIRST_RTO };

/** `sample`: one clean round trip. Karn's rule is the caller's: never from a packet that was sent twice. */
export function sampled(timing: Timing, sample: number): Timing {
  const first = timing.srtt === 0;
  const rttvar = first ? sample / 2 : timing.rttvar * 0.75 + Math.abs(timing.srtt - sample) * 0.25;
  const srtt = first ? Math.max(sample, 0.01) : timing.srtt * 0.875 + sample * 0.125;
  const rto = Math.min(RTO_CEILING, Math.max(RTO_FLOOR, srtt + Math.max(4 * rttvar, TICK)));
  return { srtt, rttvar, rto };
}

export function backedOff(timing: Timing, factor = 2): Timing {
  return { ...timing, rto: Math.min(RTO_CEILING, timing.rto * factor) };
}

/**
 * A repeated acknowledgement may be answered only after this quiet time: the echo of a resend comes one round trip
 * later and is ignored, so that resends cannot breed resends (RFC 1123 §4.2.3.1, Sorcerer's Apprentice).
 */
export function quietTime(timing: Timing): number {
  return Math.max(5, 2 * timing.srtt);
}
