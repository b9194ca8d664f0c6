import type { Observation } from '../../../common/values/observation.ts';

/** Counts what happened, and keeps the same silence from being told again and again. */
export interface Ledger {
  /** Counts it. @returns false when the same was told within the last minute, or when a flood of such things comes. */
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
/** What a made-up sender can cause without end is told 1,000 times at once and 50 times a second, then only counted. */
const BURST = 1000;
const PER_SECOND = 50;

export function createLedger(): Ledger {
  const figures: Record<string, number> = { offers: 0, acks: 0, naks: 0, ignored: 0, bad: 0, declined: 0, released: 0, notSent: 0, notKept: 0, untold: 0 };
  const told = new Map<string, number>();
  const strangers = new Map<string, string>();
  let left = BURST;
  let refilledAt = 0;
  const count = (figure: string): void => {
    figures[figure] = (figures[figure] ?? 0) + 1;
  };
  const wasTold = ({ facts, peer, asked, at }: Observation, code: string): boolean => {
    const key = `${facts.chaddr ?? peer.address} ${asked} ${code}`;
    const last = told.get(key);
    if (last !== undefined && Math.abs(at - last) < REPEAT_MS) return true;
    told.delete(key);
    told.set(key, at);
    forgetOldest(told, MOST_PEERS);
    return false;
  };
  const mayTell = (at: number): boolean => {
    left = Math.min(BURST, left + (Math.max(0, at - refilledAt) * PER_SECOND) / 1000);
    refilledAt = at;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
  return {
    figures,
    count,
    note(observation) {
      const { outcome } = observation;
      const figure = figureOf(observation);
      if (figure) count(figure);
      const isFree = outcome.kind === 'ignored' || observation.asked === 'INFORM' || (outcome.kind === 'answered' && outcome.answer === 'NAK');
      if (!isFree) return true;
      if (outcome.kind === 'ignored' && wasTold(observation, outcome.code)) return false;
      if (mayTell(observation.at)) return true;
      count('untold');
      return false;
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
