import { createHash } from 'node:crypto';
import type { NewEvidence } from './row.ts';

/** What stands before the first row. */
export const CHAIN_START = '0'.repeat(64);

/** A row with its place in the log, before it is hashed. */
export interface Numbered extends NewEvidence {
  readonly seq: number;
}

/** The one text of a row: keys in order, nothing undefined, so that the same row always gives the same bytes. */
export function canonical(row: Numbered): string {
  return JSON.stringify(ordered({ seq: row.seq, mac: row.mac, observation: row.observation }));
}

/** SHA-256 in hex over the hash of the row before and this row's canonical text. */
export function link(previousHash: string, row: Numbered): string {
  return linkText(previousHash, canonical(row));
}

/** The same for a canonical text that is at hand already. */
export function linkText(previousHash: string, text: string): string {
  return createHash('sha256').update(previousHash).update('\n').update(text).digest('hex');
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, ordered(inner)]));
}
