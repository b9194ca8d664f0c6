/** `3600`, `60,120,240` (the last one repeats), `3600+600` (up to that many seconds more, by chance). */
export interface Delays {
  /** Seconds; never empty. */
  readonly steps: readonly number[];
  /** Seconds that chance may add. */
  readonly spread: number;
}

/** Seconds that one unit of Resync_Random_Delay means since 11.3; the guide of 2017 says one second. */
const RANDOM_DELAY_UNIT = 20;

/** Reads Resync_Periodic and Resync_Error_Retry_Delay; null for text that is neither form. */
export function readDelays(text: string): Delays | null {
  const match = /^\s*(\d{1,9}(?:\s*,\s*\d{1,9})*)(?:\s*\+\s*(\d{1,9}))?\s*$/.exec(text);
  if (!match?.[1]) return null;
  return { steps: match[1].split(',').map(Number), spread: Number(match[2] ?? 0) };
}

/** Seconds until try number `turn` (from 0); null when that step is 0: never. */
export function delayFor(delays: Delays | null, turn: number, random: () => number): number | null {
  const step = delays?.steps[Math.min(turn, delays.steps.length - 1)];
  return delays && step ? step + random() * delays.spread : null;
}

/** Seconds to wait at power-up, so that a building full of phones does not ask at once. 0–65,535 units. */
export function powerUpDelay(text: string, random: () => number): number {
  const units = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  return random() * units * RANDOM_DELAY_UNIT;
}

/**
 * Seconds from `now` to the next `HHmm` of the local clock, plus chance; null when the text is not four digits of 0000–2400:
 * then Resync_Periodic counts.
 */
export function delayUntilClock(text: string, spreadText: string, now: Date, random: () => number): number | null {
  const match = /^(\d\d)(\d\d)$/.exec(text.trim());
  const hours = Number(match?.[1]);
  const minutes = Number(match?.[2]);
  if (!match || hours * 60 + minutes > 24 * 60 || minutes > 59) return null;
  const next = new Date(now);
  next.setHours(hours, minutes, 0, 0);
  if (next.getTime() <= now.getTime()) next.setDate(next.getDate() + 1);
  const spread = /^\d{1,5}$/.test(spreadText.trim()) ? Number(spreadText) : 0;
  return (next.getTime() - now.getTime()) / 1000 + random() * spread;
}
