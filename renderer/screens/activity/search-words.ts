import type { RequestRow, SyslogRow } from '../../../common/contract/views/activity.ts';
import { parseMac, type Mac } from '../../../common/values/mac.ts';
import type { ServerName } from '../../../common/values/server.ts';

/** What a person typed, taken apart as the host takes it apart: so that rows that come live are judged alike. */
export interface SearchWords {
  readonly words: readonly string[];
  /** A number, a MAC, or `null` for a text that names no phone. */
  readonly phone?: number | Mac | null;
  readonly server?: string;
  readonly answer?: string;
}

/** Which requests the segmented switch lets through. */
export type RequestFilter = 'all' | 'dhcp' | 'tftp' | 'http' | 'refused';

const FIELD = /^(phone|server|answer):(.+)$/i;

export function readWords(typed: string): SearchWords {
  const words: string[] = [];
  let fields: Omit<SearchWords, 'words'> = {};
  for (const word of typed.trim().split(/\s+/)) {
    const [, field, value] = FIELD.exec(word) ?? [];
    if (field === undefined || value === undefined) {
      if (word !== '') words.push(word.toLowerCase());
    } else if (field.toLowerCase() === 'phone') fields = { ...fields, phone: readPhone(value) };
    else if (field.toLowerCase() === 'server') fields = { ...fields, server: value.toLowerCase() };
    else fields = { ...fields, answer: value.toLowerCase() };
  }
  return { words, ...fields };
}

export function requestMatches(row: RequestRow, search: SearchWords): boolean {
  if (!phoneMatches(row, search) || (search.server !== undefined && row.server !== search.server)) return false;
  if (search.answer !== undefined && row.answer.toLowerCase() !== search.answer) return false;
  const plain = [row.asked, row.what, row.answer, row.peer, row.mac ?? '', ...Object.values(row.detail).map(String)].join('\n').toLowerCase();
  return search.words.every((word) => plain.includes(word));
}

/** A line has no answer and one server only: fields that name something else let none through. */
export function lineMatches(row: SyslogRow, search: SearchWords): boolean {
  if (!phoneMatches(row, search) || search.answer !== undefined) return false;
  if (search.server !== undefined && search.server !== 'syslog') return false;
  const plain = row.text.toLowerCase();
  return search.words.every((word) => plain.includes(word));
}

/** Syslog lines have a list of their own, so they are left out of the requests unless asked for by name. */
export function filterPasses(row: RequestRow, filter: RequestFilter, search: SearchWords): boolean {
  if (row.server === 'syslog' && search.server !== 'syslog') return false;
  if (filter === 'refused') return isRefused(row);
  return filter === 'all' || row.server === filter || (filter === 'http' && row.server === ('https' satisfies ServerName));
}

/** Refused on purpose or broken off, alarming or not; deliberate silence is neither. */
export function isRefused(row: Pick<RequestRow, 'tone' | 'code' | 'answer'>): boolean {
  return row.tone === 'attention' || (row.code !== null && row.answer !== 'ignored');
}

/** The text that the host searches for: the typed one, and the server that the switch names. */
export function hostText(typed: string, filter: RequestFilter): string {
  return filter === 'all' || filter === 'refused' ? typed.trim() : `${typed.trim()} server:${filter}`.trim();
}

function phoneMatches(row: { readonly mac: Mac | null; readonly number: number | null }, { phone }: SearchWords): boolean {
  if (phone === undefined) return true;
  return phone !== null && (typeof phone === 'number' ? row.number === phone : row.mac === phone);
}

function readPhone(value: string): number | Mac | null {
  return parseMac(value) ?? (/^\d{1,6}$/.test(value) ? Number(value) : null);
}
