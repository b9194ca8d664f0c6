import type { Observation } from '../../../common/values/observation.ts';

/** Counts what happened, and keeps the same silence from being told again and again. */
export interface Ledger {
  /** Counts it. @returns false when the same was told within the last minute. */
  note(observation: Observation): boolean;
  /** A stranger that policy passes over. */
  stranger(observation: Observation): void;
  count(figure: string): void;
  readonly figures: Readonly<Record<string, number>>;
  /** Newest first, at most 50. */
  readonly ignored: readonly { readonly mac: string; readonly vendorClass: string }[];
}

const REPEAT_MS = 60_000;
const MOST_PEERS = 1000;
const MOST_STRANGERS = 50;

export function createLedger(): Ledger {
  const figures: Record<string, number> = { offers: 0, acks: 0, naks: 0, ignored: 0, bad: 0, declined: 0, released: 0, notSent: 0, notKept: 0 };
  const told = new Map<string, number>();
  const strangers = new Map<string, string>();
  const count = (figure: string): void => {
    figures[figure] = (figures[figure] ?? 0) + 1;
  };
  return {
    figures,
    count,
    note(observation) {
      const { outcome } = observation;
      const figure = figureOf(observation);
      if (figure) count(figure);
      if (outcome.kind !== 'ignored') return true;
      const key = `${observation.facts.chaddr ?? observation.peer.address} ${observation.asked} ${outcome.code}`;
      const last = told.get(key);
      if (last !== undefined && Math.abs(observation.at - last) < REPEAT_MS) return false;
      told.delete(key);
      told.set(key, observation.at);
      forgetOldest(told, MOST_PEERS);
      return true;
    },
    stranger({ facts }) {
      const mac = facts.chaddr ?? '';
      strangers.delete(mac);
      strangers.set(mac, facts.vendorClass ?? '');
      forgetOldest(strangers, MOST_STRANGERS);
    },
    get ignored() {
      return [...strangers].reverse().map(([mac, vendorClass]) => ({ mac, vendorClass }));
    },
  };
}

function figureOf({ outcome, asked }: Observation): string | null {
  if (outcome.kind === 'answered') return { OFFER: 'offers', ACK: 'acks', NAK: 'naks' }[outcome.answer] ?? null;
  if (outcome.kind === 'heard') return asked === 'DECLINE' ? 'declined' : 'released';
  if (outcome.kind === 'ignored') return outcome.code === 'dhcp.bad-packet' ? 'bad' : 'ignored';
  return null;
}

/** A Map keeps the order of insertion: the first is the oldest. */
function forgetOldest(map: Map<string, unknown>, most: number): void {
  const oldest = map.keys().next();
  if (map.size > most && !oldest.done) map.delete(oldest.value);
}
