import type { RequestRow } from '../../../common/contract/views/activity.ts';
import type { activityEn } from '../../text/en/activity.ts';

type Key = keyof typeof activityEn;

/** Answers that are words of ours and not of the protocol, by the key of their text. */
const ANSWERS: Readonly<Record<string, Key>> = { sending: 'answer.sending', 'broken off': 'answer.broken off', ignored: 'answer.ignored', done: 'answer.done', 'no data': 'answer.no data', '': 'answer.heard' };

export function answerKey(answer: string): Key | null {
  return ANSWERS[answer] ?? null;
}

/** What the detail column tells, most telling first; a code stands for its sentence. */
export type DetailPart =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'blocks'; readonly size: number; readonly window: number }
  | { readonly kind: 'lease'; readonly seconds: number };

export function detailOf(row: RequestRow): readonly DetailPart[] {
  const parts: DetailPart[] = [];
  if (row.code !== null) parts.push({ kind: 'code', code: row.code });
  if (row.bytes !== null && row.bytes > 0) parts.push({ kind: 'bytes', bytes: row.bytes });
  const size = numberOf(row.detail['blksize']);
  if (size !== null) parts.push({ kind: 'blocks', size, window: numberOf(row.detail['windowsize'] ?? row.detail['window']) ?? 1 });
  const seconds = numberOf(row.detail['lease'] ?? row.detail['leaseSeconds']);
  if (seconds !== null) parts.push({ kind: 'lease', seconds });
  return parts;
}

/** The word that a phone's line turns on, with what stands before and after it. */
export function cutVerb(text: string): { readonly before: string; readonly verb: string; readonly after: string } {
  const found = /\b(?:Requesting|Successful|failed)\b/i.exec(text);
  if (!found) return { before: text, verb: '', after: '' };
  return { before: text.slice(0, found.index), verb: found[0], after: text.slice(found.index + found[0].length) };
}

/** A phone's line without what it says of itself first: `CP-8841-3PCC 00:56:2b:04:36:01 -- `. Its row names the phone already. */
export function withoutSpeaker(text: string): string {
  return text.replace(/^[\w-]{1,32} (?:[\dA-Fa-f]{2}:){5}[\dA-Fa-f]{2} -- /, '');
}

function numberOf(value: string | number | boolean | undefined): number | null {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
