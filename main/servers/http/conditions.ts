import type { IncomingHttpHeaders } from 'node:http';

/** What is known of the content that was asked for. */
export interface Validators {
  /** Strong, in its quotes; null where the content is not known before it is sent. */
  readonly etag: string | null;
  /** Milliseconds since 1970, null where no time is known. */
  readonly modified: number | null;
}

export type Condition = 'holds' | 'not-modified' | 'failed';

const SECOND = 1_000;

/**
 * Conditions of a GET or HEAD, in the order of RFC 9110 §13.2.2: If-Match before If-Unmodified-Since (412), then
 * If-None-Match before If-Modified-Since (304). What cannot be read as a date is as if it were not there (§13.1.3).
 */
export function judgeConditions(headers: IncomingHttpHeaders, { etag, modified }: Validators): Condition {
  const match = headers['if-match'];
  const unmodifiedSince = readDate(headers['if-unmodified-since']);
  if (match !== undefined) {
    if (!names(match, etag, 'strong')) return 'failed';
  } else if (unmodifiedSince !== null && modified !== null && whole(modified) > unmodifiedSince) return 'failed';
  const noneMatch = headers['if-none-match'];
  const modifiedSince = readDate(headers['if-modified-since']);
  if (noneMatch !== undefined) return names(noneMatch, etag, 'weak') ? 'not-modified' : 'holds';
  return modifiedSince !== null && modified !== null && whole(modified) <= modifiedSince ? 'not-modified' : 'holds';
}

/**
 * §13.1.5: a part only makes sense for the same content. A tag must be equal and strong; a date must be exactly the one
 * that was given, and old enough that the content cannot have changed twice within its second (§8.8.2.2).
 * @param now milliseconds since 1970
 */
export function rangeHolds(ifRange: string | undefined, { etag, modified }: Validators, now: number): boolean {
  if (ifRange === undefined) return true;
  const text = ifRange.trim();
  if (text.startsWith('"') || text.startsWith('W/')) return text === etag;
  return modified !== null && readDate(text) === whole(modified) && now - modified >= 2 * SECOND;
}

/** A date for `Last-Modified`; null for one that lies ahead (§8.8.2.1 forbids it) or is unknown. */
export function lastModified(modified: number | null, now: number): string | null {
  return modified === null || modified > now ? null : new Date(modified).toUTCString();
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const IMF = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/;
const RFC_850 = /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (\d\d)-([A-Z][a-z]{2})-(\d\d) (\d\d):(\d\d):(\d\d) GMT$/;
const ASCTIME = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (\d{4})$/;

/**
 * The three forms of §5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
 * @returns milliseconds since 1970, null for anything else
 */
export function readDate(text: string | undefined): number | null {
  if (text === undefined) return null;
  const [, day, month, year, ...time] = IMF.exec(text) ?? RFC_850.exec(text) ?? [];
  if (day !== undefined) return dateOf(year ?? '', month ?? '', day, time);
  const [, month2, day2, hour = '', minute = '', second = '', year2] = ASCTIME.exec(text) ?? [];
  return month2 === undefined ? null : dateOf(year2 ?? '', month2, day2 ?? '', [hour, minute, second]);
}

function dateOf(year: string, monthName: string, day: string, time: readonly string[]): number | null {
  const month = MONTHS.indexOf(monthName);
  // Two digits: no phone of this bench is older than 1970 or will ask after 2069.
  const full = year.length === 2 ? Number(year) + (Number(year) < 70 ? 2_000 : 1_900) : Number(year);
  const [hour = 99, minute = 99, second = 99] = time.map(Number);
  if (month < 0 || hour > 23 || minute > 59 || second > 60) return null;
  const at = new Date(0);
  at.setUTCFullYear(full, month, Number(day));
  if (at.getUTCMonth() !== month || at.getUTCDate() !== Number(day)) return null;
  return at.setUTCHours(hour, minute, second);
}

function whole(milliseconds: number): number {
  return milliseconds - (milliseconds % SECOND);
}

/** `*`, or a list of tags (§8.8.3). Weak tags never match strongly; ours are strong. */
function names(header: string, etag: string | null, comparison: 'strong' | 'weak'): boolean {
  // There is content whenever this is asked.
  if (header.trim() === '*') return true;
  if (etag === null) return false;
  for (const [, weak, tag] of header.matchAll(/(W\/)?("[^"]*")/g)) {
    if (tag === etag && (weak === undefined || comparison === 'weak')) return true;
  }
  return false;
}
