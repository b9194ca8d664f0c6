import type { Mac } from '../../values/mac.ts';
import type { ServerName } from '../../values/server.ts';

/** A row of *Requests*: one exchange. A later row with the same `exchange` replaces an earlier one. */
export interface RequestRow {
  readonly seq: number;
  readonly at: number;
  readonly server: ServerName;
  readonly mac: Mac | null;
  readonly number: number | null;
  readonly peer: string;
  readonly asked: string;
  readonly what: string;
  readonly answer: string;
  readonly tone: 'ok' | 'moving' | 'attention' | 'quiet';
  /** Code of the sentence that explains a refusal or a silence. */
  readonly code: string | null;
  readonly bytes: number | null;
  readonly tookMs: number | null;
  readonly exchange: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

export interface SyslogRow {
  readonly id: number;
  readonly at: number;
  /** 0 emergency … 7 debug (RFC 5424 §6.2.1). */
  readonly severity: number;
  readonly mac: Mac | null;
  readonly number: number | null;
  readonly peer: string;
  readonly text: string;
}

/** Rates of the last minute, one value for each second, oldest first. */
export interface Rates {
  readonly requests: readonly number[];
  readonly bytes: readonly number[];
  readonly refused: readonly number[];
  readonly lines: readonly number[];
}

/** Pushed to the activity screen at most four times a second. `skipped` rows were dropped in favour of newer ones. */
export interface ActivityEvent {
  readonly requests: readonly RequestRow[];
  readonly syslog: readonly SyslogRow[];
  readonly skipped: number;
  readonly rates: Rates;
  readonly syslogTotal: number;
}
