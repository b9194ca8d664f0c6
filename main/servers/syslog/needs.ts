import type { Observation, Peer } from '../../../common/values/observation.ts';

/** One line as heard, its header read. */
export interface ReceivedLine {
  /** Milliseconds since 1970 by the bench's clock: a factory-fresh phone has no clock to trust. */
  readonly at: number;
  readonly peer: Peer;
  /** 0–23; 1 (user) when the line carries no PRI (RFC 3164 §4.3.3). */
  readonly facility: number;
  /** 0 emergency – 7 debug; 5 (notice) when the line carries no PRI. */
  readonly severity: number;
  /** The line without its header, at most 8,192 characters, free of control characters. */
  readonly text: string;
  readonly host: string | null;
  readonly app: string | null;
  readonly transport: 'udp' | 'tcp';
}

/** What the syslog server asks of the app. */
export interface SyslogNeeds {
  /** Every line heard, in batches of at most 50 ms or 1,000 lines. False: dropped, and the server counts them. */
  lines(batch: readonly ReceivedLine[]): boolean;
  /** Only lines in which a phone tells of its resync or upgrade: `line`, outcome `heard`, the text in the facts. */
  observe(observation: Observation): void;
  /** State or figures of the server changed; at most once a second. */
  changed(): void;
}
