import type { Observation, Outcome, Peer } from '../../../common/values/observation.ts';
import { Allowances, type AllowanceLimits } from '../allowances.ts';
import { Folding, FOLDING, type FoldingLimits } from '../folding.ts';
import { decodeRequest, encodeReply, type NtpReply, type NtpRequest } from './codec.ts';

export interface SntpLimits {
  /** A phone asks once a minute or more rarely, and a few times in a row at its start. */
  readonly perAddress: AllowanceLimits;
  /** "Ask more rarely" is itself said no oftener than this. */
  readonly kisses: AllowanceLimits;
  readonly folding: FoldingLimits;
}

export const SNTP_LIMITS: SntpLimits = {
  perAddress: { rate: 2, burst: 32, senders: 4096 },
  kisses: { rate: 0.5, burst: 1, senders: 4096 },
  folding: FOLDING,
};

/** Before this the clock of a computer has lost its battery; Dialbench did not exist. */
const CLOCK_FROM = Date.UTC(2020, 0, 1);
/** Beyond this somebody set it wrong: certificates made today have ended. */
const CLOCK_UNTIL = Date.UTC(2100, 0, 1);

/** A clock of milliseconds: 2^-10 s. */
const PRECISION = -10;
/**
 * Not synchronised to anything that this program knows of. Above stratum 1 the identifier is the address of the source
 * (RFC 5905 §7.3), and 127.127.1.1 is how chrony names the computer's own clock there.
 */
const STRATUM = 10;
const LOCAL_CLOCK = [127, 127, 1, 1] as const;
/** Seconds. How wrong the computer's clock is cannot be known; 1 s is what clients take (ntpd gives up at 1.5 s). */
const DISPERSION = 1;
const RATE = [0x52, 0x41, 0x54, 0x45] as const;

export interface SntpResponder {
  /** Null is silence. @param at milliseconds since 1970 when the question came in */
  answer(bytes: Uint8Array, peer: Peer, at: number): Uint8Array | null;
  figures(): Readonly<Record<string, number>>;
}

export interface SntpResponderNeeds {
  observe(observation: Observation): void;
  now(): number;
}

/** Whether this clock may be handed on. */
export function isClockPlausible(at: number): boolean {
  return at >= CLOCK_FROM && at < CLOCK_UNTIL;
}

/** Bytes of a question to bytes of its answer. Knows no socket. */
export function createSntpResponder(limits: SntpLimits, needs: SntpResponderNeeds): SntpResponder {
  const allowances = new Allowances(limits.perAddress);
  const kisses = new Allowances(limits.kisses);
  const folding = new Folding(limits.folding);
  const counts = { queries: 0, answered: 0, limited: 0, ignored: 0, clockWrong: 0 };

  return {
    answer: (bytes, peer, at) => {
      const read = decodeRequest(bytes);
      if (read.kind === 'nothing') {
        counts.ignored += 1;
        tell(peer, at, 'query', { kind: 'ignored', code: read.why === 'control' ? 'sntp.control' : 'sntp.bad-query' });
        return null;
      }
      counts.queries += 1;
      const asked = `v${read.request.version}`;
      if (!isClockPlausible(at)) {
        counts.clockWrong += 1;
        tell(peer, at, asked, { kind: 'ignored', code: 'sntp.clock-wrong' }, { year: new Date(at).getUTCFullYear() });
        return null;
      }
      if (!allowances.take(peer.address, at)) return tooOften(read.request, peer, at);
      counts.answered += 1;
      tell(peer, at, asked, { kind: 'answered', answer: new Date(at).toISOString() });
      return encodeReply(replyTo(read.request, at, needs.now()));
    },
    figures: () => ({ ...counts, unread: folding.unread }),
  };

  /** The kiss of death RATE (RFC 5905 §7.4, RFC 4330 §8), once in a while; then silence. */
  function tooOften(request: NtpRequest, peer: Peer, at: number): Uint8Array | null {
    counts.limited += 1;
    tell(peer, at, `v${request.version}`, { kind: 'refused', answer: 'RATE', code: 'sntp.too-often' });
    if (!kisses.take(peer.address, at)) return null;
    return encodeReply({ ...replyTo(request, at, needs.now()), leap: 3, stratum: 0, reference: RATE });
  }

  function tell(peer: Peer, at: number, asked: string, outcome: Outcome, facts: Observation['detail'] = {}): void {
    const again = folding.take(`${peer.address} ${asked} ${'code' in outcome ? outcome.code : outcome.kind}`, at);
    if (again === null) return;
    const detail = { ...facts, ...(again === 0 ? {} : { again }) };
    needs.observe({ at, server: 'sntp', peer, asked, facts: {}, outcome, detail });
  }
}

/** The answer of RFC 4330 §6: the client's version, poll and transmit time come back, the rest is ours. */
export function replyTo(request: NtpRequest, receivedAt: number, sentAt: number): NtpReply {
  return {
    version: request.version,
    leap: 0,
    stratum: STRATUM,
    poll: request.poll,
    precision: PRECISION,
    rootDelay: 0,
    rootDispersion: DISPERSION,
    reference: LOCAL_CLOCK,
    // The clock is its own reference, and was read just now.
    referenceAt: receivedAt,
    originate: request.transmit,
    receivedAt,
    // A clock that is set back between the two would tell the client of a negative delay.
    sentAt: Math.max(receivedAt, sentAt),
  };
}
