export const UNITS = ['h', 'min', 's'] as const;
export type PeriodUnit = (typeof UNITS)[number];

const SECONDS: Readonly<Record<PeriodUnit, number>> = { h: 3600, min: 60, s: 1 };

/** Seconds in the largest unit that says them whole, or in the wanted one where it does. A text that is no number stays as it is, in seconds. */
export function periodOf(value: string, wanted: PeriodUnit | null): { readonly text: string; readonly unit: PeriodUnit } {
  const seconds = /^\d+$/.test(value.trim()) ? Number(value) : null;
  if (seconds === null) return { text: value, unit: value.trim() === '' ? wanted ?? 'h' : 's' };
  const whole = (unit: PeriodUnit) => seconds % SECONDS[unit] === 0;
  const unit = wanted !== null && whole(wanted) ? wanted : seconds === 0 ? 's' : UNITS.find(whole) ?? 's';
  return { text: String(seconds / SECONDS[unit]), unit };
}

/** What is typed, as seconds; a text that is no whole number stays as it is. */
export function secondsOf(typed: string, unit: PeriodUnit): string {
  const text = typed.trim();
  return /^\d{1,9}$/.test(text) ? String(Number(text) * SECONDS[unit]) : text;
}
