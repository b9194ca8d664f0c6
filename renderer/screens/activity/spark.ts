import type { Rates } from '../../../common/contract/views/activity.ts';

/** Seconds over which the figure beside a line is the mean: one second alone would jump. */
const WINDOW = 5;

/**
 * Points of a line of `values` in a box, oldest left. The largest value touches the top with room for the stroke; a line of
 * zeros lies on the ground. Coordinates have one decimal.
 */
export function sparkPoints(values: readonly number[], width: number, height: number, stroke = 1.6): string {
  const most = Math.max(1, ...values);
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const room = height - stroke * 2;
  return values.map((value, index) => `${round(index * step)},${round(stroke + room * (1 - Math.max(0, value) / most))}`).join(' ');
}

/** A second's mean of the newest five. */
export function perSecond(values: readonly number[]): number {
  const newest = values.slice(-WINDOW);
  return newest.length === 0 ? 0 : newest.reduce((sum, value) => sum + value, 0) / newest.length;
}

/** The sum of the last minute. */
export function perMinute(values: readonly number[]): number {
  return values.slice(-60).reduce((sum, value) => sum + value, 0);
}

export const NO_RATES: Rates = { requests: [], bytes: [], refused: [], lines: [] };

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
