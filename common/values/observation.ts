import type { Mac } from './mac.ts';
import type { ServerName } from './server.ts';

/** Address and port of the other end of a datagram or connection. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

/** What the wire showed of the device, unread: `domain/identify` decides what it means. */
export interface ObservedFacts {
  readonly chaddr?: Mac;
  /** DHCP option 60. */
  readonly vendorClass?: string;
  /** DHCP option 12. */
  readonly hostName?: string;
  /** File name or URL path as asked, at most 512 characters, query string included. */
  readonly path?: string;
  readonly userAgent?: string;
  /** Distinguished name of a client certificate. */
  readonly certificate?: string;
  /** A syslog line without its header. */
  readonly text?: string;
}

/** How one exchange ended, or how far it is. */
export type Outcome =
  /** Said something that needs no answer: a syslog line, a DECLINE, a RELEASE. */
  | { readonly kind: 'heard' }
  /** A short answer: `OFFER`, `ACK`, `NAK`, `301`. */
  | { readonly kind: 'answered'; readonly answer: string }
  /** Bytes begin to move; `delivered` or `broken` with the same `exchange` follows. */
  | { readonly kind: 'started'; readonly total: number | null; readonly sha256?: string }
  /** Every byte left; `confirmed` is false when only the last acknowledgement lacks (TFTP). */
  | { readonly kind: 'delivered'; readonly answer: string; readonly bytes: number; readonly sha256?: string; readonly confirmed: boolean }
  /** Bytes came in: a report, a TFTP write, a POST. */
  | { readonly kind: 'received'; readonly answer: string; readonly bytes: number; readonly sha256: string; readonly stored: string }
  /** A transfer that ended early. */
  | { readonly kind: 'broken'; readonly code: string; readonly bytes: number }
  /** Refused on purpose: `answer` is what the device saw (`404`, `error 1`), `code` says why, for people only. */
  | { readonly kind: 'refused'; readonly answer: string; readonly code: string }
  /** Deliberate silence. */
  | { readonly kind: 'ignored'; readonly code: string };

/** One thing that a server saw. The one shape that all servers report; it becomes one row of evidence. */
export interface Observation {
  /** Milliseconds since 1970, from the bench's clock. */
  readonly at: number;
  readonly server: ServerName;
  readonly peer: Peer;
  /** `DISCOVER`, `RRQ`, `GET`, `line` … as the protocol calls it. */
  readonly asked: string;
  readonly facts: ObservedFacts;
  readonly outcome: Outcome;
  /** Same text for all observations of one transfer; unique within a run of the bench. */
  readonly exchange?: string;
  /** Milliseconds from request to outcome, where that means something. */
  readonly tookMs?: number;
  /** Small extra facts for people: `blksize`, `window`, `lease`, `reason`. Never a secret, at most 16 entries. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}

/** How far a transfer is. Not evidence: at most 4 a second for each transfer, the newest wins. */
export interface TransferProgress {
  readonly exchange: string;
  readonly server: ServerName;
  readonly peer: Peer;
  readonly path: string;
  /** Bytes acknowledged; handed to the system where it does not tell what is acknowledged (HTTP outside Linux, IPv6). */
  readonly bytes: number;
  readonly total: number | null;
}
