import type { Language } from '../../common/contract/sentences/sentence.ts';

/** Narrow no-break space: before `? ! ; %` and inside numbers in French, between a number and its unit everywhere. */
const NARROW = '\u202f';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `1,284` or `1 284`. */
export function formatCount(value: number, language: Language): string {
  return new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 0 }).format(value);
}

/** Whole percent: `62%` or `62 %`. */
export function formatPercent(value: number, language: Language): string {
  const whole = String(Math.max(0, Math.min(100, Math.floor(value))));
  return language === 'fr' ? `${whole}${NARROW}%` : `${whole}%`;
}

/** Bytes in steps of 1,000: `312 B`, `19.9 kB`, `44.8 MB`; `19,9 ko`, `44,8 Mo`. */
export function formatSize(bytes: number, language: Language): string {
  const units = language === 'fr' ? ['o', 'ko', 'Mo', 'Go'] : ['B', 'kB', 'MB', 'GB'];
  let value = Math.max(0, bytes);
  let step = 0;
  while (value >= 999.5 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  const digits = step === 0 || value >= 99.95 ? 0 : 1;
  const shown = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${shown.format(value)}${NARROW}${units[step] ?? ''}`;
}

/** How long, in the largest useful step: `8 s`, `11 min`, `1 h 42`, `3 d`, in French `3 j`. */
export function formatDuration(ms: number, language: Language): string {
  const length = Math.max(0, ms);
  if (length < MINUTE) return `${Math.floor(length / 1000)}${NARROW}s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)}${NARROW}min`;
  if (length >= DAY) return `${Math.floor(length / DAY)}${NARROW}${language === 'fr' ? 'j' : 'd'}`;
  const minutes = Math.floor((length % HOUR) / MINUTE);
  return `${Math.floor(length / HOUR)}${NARROW}h${NARROW}${String(minutes).padStart(2, '0')}`;
}

/** How long an exchange took: `0.3 ms`, `11 ms`, `2.4 s`. */
export function formatTook(ms: number, language: Language): string {
  const digits = ms < 10 ? 1 : 0;
  const number = (value: number, places: number) =>
    new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: places }).format(value);
  return ms < 1000 ? `${number(ms, digits)}${NARROW}ms` : `${number(ms / 1000, 1)}${NARROW}s`;
}

/** `14:51`, local time of the reader. */
export function formatTime(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `14:51:07`. */
export function formatSeconds(at: number): string {
  return `${formatTime(at)}:${two(new Date(at).getSeconds())}`;
}

/** `14:51:07.912`. */
export function formatMillis(at: number): string {
  return `${formatSeconds(at)}.${String(new Date(at).getMilliseconds()).padStart(3, '0')}`;
}

/** Clock time for today, with the date before it for another day: `21 Nov, 14:51`. */
export function formatWhen(at: number, now: number, language: Language): string {
  return isToday(at, now) ? formatTime(at) : `${formatDay(at, language)}, ${formatTime(at)}`;
}

/** The same inside a sentence: `at 14:51`, `on 21 Nov at 14:51`; `à 14:51`, `le 21 nov. à 14:51`. */
export function formatMoment(at: number, now: number, language: Language): string {
  const [on, clock] = language === 'fr' ? ['le', 'à'] : ['on', 'at'];
  const time = `${clock} ${formatTime(at)}`;
  return isToday(at, now) ? time : `${on} ${formatDay(at, language)} ${time}`;
}

/** A phone's number as its tile carries it: two digits at least. */
export function formatNumber(number: number | null): string {
  return number === null ? '—' : String(number).padStart(2, '0');
}

/** Numbers as people say them: `3, 7–9, 12`. At most `limit` parts; the rest is counted by the caller. */
export function formatRanges(numbers: readonly number[], limit = 6): { readonly text: string; readonly rest: number } {
  const sorted = [...new Set(numbers)].toSorted((a, b) => a - b);
  const parts: { from: number; to: number }[] = [];
  for (const number of sorted) {
    const last = parts.at(-1);
    if (last && number === last.to + 1) last.to = number;
    else parts.push({ from: number, to: number });
  }
  const shown = parts.slice(0, limit);
  const rest = parts.slice(limit).reduce((sum, part) => sum + part.to - part.from + 1, 0);
  return { text: shown.map((part) => (part.from === part.to ? `${part.from}` : part.to === part.from + 1 ? `${part.from}, ${part.to}` : `${part.from}–${part.to}`)).join(', '), rest };
}

function isToday(at: number, now: number): boolean {
  return new Date(at).toDateString() === new Date(now).toDateString();
}

function formatDay(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { day: 'numeric', month: 'short' }).format(at);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
