import type { AllowanceLimits } from '../allowances.ts';
import { FOLDING, type FoldingLimits } from '../folding.ts';

/** What one asker may cost. Milliseconds and bytes. */
export interface DnsLimits {
  /** Questions of one address. A phone asks some ten at its start; beyond this half get "ask by TCP" and half get silence. */
  readonly perAddress: AllowanceLimits;
  readonly folding: FoldingLimits;
  /** TCP connections in all, and of one address. */
  readonly connections: number;
  readonly connectionsPerAddress: number;
  /** A TCP connection without a whole question (RFC 7766 §6.2.3 leaves it to the server). */
  readonly idleMs: number;
  readonly questionsPerConnection: number;
  /** Longest question over TCP. */
  readonly longestQuestion: number;
}

export const DNS_LIMITS: DnsLimits = {
  perAddress: { rate: 50, burst: 200, senders: 4096 },
  folding: FOLDING,
  connections: 128,
  connectionsPerAddress: 8,
  idleMs: 10_000,
  questionsPerConnection: 200,
  longestQuestion: 4096,
};

export interface DnsConfig {
  readonly address: string;
  /** UDP and TCP; 0: any free number, the same for both. */
  readonly port: number;
  readonly limits?: Partial<DnsLimits>;
}
