import type { RequestRow } from '../../../common/contract/views/activity.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Observation } from '../../../common/values/observation.ts';
import type { EvidenceRow } from '../../domain/evidence/row.ts';

/** A row of evidence as the activity list shows it. */
export function toRequestRow(row: EvidenceRow, numberOf: (mac: Mac) => number | null): RequestRow {
  const { observation } = row;
  const shown = showOutcome(observation);
  return {
    seq: row.seq,
    at: observation.at,
    server: observation.server,
    mac: row.mac,
    number: row.mac ? numberOf(row.mac) : null,
    peer: `${observation.peer.address}:${observation.peer.port}`,
    asked: observation.asked,
    what: whatOf(observation),
    answer: shown.answer,
    tone: shown.tone,
    code: shown.code,
    bytes: shown.bytes,
    tookMs: observation.tookMs ?? null,
    exchange: observation.exchange ?? null,
    detail: { ...fileIn(observation), ...observation.detail },
  };
}

/** Leaves out the beginning of a transfer where its end is among the same rows: one exchange is one row. */
export function withoutBeginnings(rows: readonly EvidenceRow[]): readonly EvidenceRow[] {
  const ended = new Set(rows.flatMap(({ observation: { exchange, outcome } }) => (outcome.kind === 'started' || exchange === undefined ? [] : [exchange])));
  return rows.filter(({ observation: { exchange, outcome } }) => outcome.kind !== 'started' || exchange === undefined || !ended.has(exchange));
}

interface Shown {
  readonly answer: string;
  readonly tone: RequestRow['tone'];
  readonly code: string | null;
  readonly bytes: number | null;
}

/**
 * Nothing that a person must mend: asked on the way to the name that carries its MAC, or for a name of the internet, of
 * which a bench has none.
 */
const ON_ITS_WAY = /^(?:file\.unknown-phone$|dns\.)/;

function showOutcome({ server, outcome }: Observation): Shown {
  switch (outcome.kind) {
    case 'heard':
      return { answer: '', tone: 'quiet', code: null, bytes: null };
    case 'answered':
      return { answer: outcome.answer, tone: outcome.answer === 'NAK' ? 'attention' : 'ok', code: null, bytes: null };
    case 'started':
      return { answer: 'sending', tone: 'moving', code: null, bytes: outcome.total };
    case 'delivered':
      return { answer: server === 'tftp' ? 'done' : outcome.answer, tone: 'ok', code: null, bytes: outcome.bytes };
    case 'received':
      return { answer: outcome.answer, tone: 'ok', code: null, bytes: outcome.bytes };
    case 'broken':
      return { answer: 'broken off', tone: 'attention', code: outcome.code, bytes: outcome.bytes };
    case 'refused':
      return { answer: outcome.answer, tone: ON_ITS_WAY.test(outcome.code) ? 'quiet' : 'attention', code: outcome.code, bytes: null };
    case 'ignored':
      return { answer: 'ignored', tone: 'quiet', code: outcome.code, bytes: null };
  }
}

/** The file's own name, which several sentences about a refusal carry. */
function fileIn({ facts, outcome }: Observation): { readonly file?: string } {
  return outcome.kind === 'refused' && facts.path !== undefined ? { file: facts.path.split('/').at(-1) ?? facts.path } : {};
}

/** What it was about, in the protocol's own words: the file, the address, or what the device says it is. */
function whatOf({ server, asked, facts, detail }: Observation): string {
  if (facts.path !== undefined) return facts.path;
  if (facts.text !== undefined) return facts.text;
  const name = detail?.['name'];
  if (server === 'dns' && typeof name === 'string') return name;
  const ip = detail?.['ip'];
  if (typeof ip === 'string' && asked !== 'DISCOVER') return ip;
  return facts.vendorClass ?? facts.chaddr ?? '';
}
