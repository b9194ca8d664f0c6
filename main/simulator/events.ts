import type { Ipv4 } from '../../common/values/ip.ts';
import type { Mac } from '../../common/values/mac.ts';
import type { Model } from '../../common/values/model.ts';
import type { Reaction } from './reaction.ts';

/** What made a phone resync; the `$PRVST` macro is -1, 0, 1, 2 for them. */
export type ResyncReason = 'asked' | 'power-up' | 'periodic' | 'retry';

/** One step of a virtual phone, for a log, a test or the screen. Never holds a profile's text or a secret. */
export type PhoneStep =
  | { readonly kind: 'powered'; readonly boot: number }
  | { readonly kind: 'dhcp'; readonly message: 'DISCOVER' | 'OFFER' | 'REQUEST' | 'ACK' | 'NAK' | 'silence'; readonly ip?: Ipv4 }
  /** Which DHCP option gave the server, and its text. */
  | { readonly kind: 'server-found'; readonly from: string; readonly value: string }
  | { readonly kind: 'waits'; readonly reason: ResyncReason; readonly ms: number }
  | { readonly kind: 'asked'; readonly url: string }
  | { readonly kind: 'got'; readonly url: string; readonly bytes: number; readonly sha256: string; readonly tookMs: number }
  | { readonly kind: 'not-got'; readonly url: string; readonly reaction: Reaction; readonly error: string }
  | { readonly kind: 'redirected'; readonly from: string; readonly to: string }
  /** A rule of the profile set parameters by itself. */
  | { readonly kind: 'assigned'; readonly parameters: readonly string[] }
  | { readonly kind: 'decrypted'; readonly by: 'aes' | 'aes128gcm'; readonly digest: string | null }
  /** Resync_Trigger_1 or _2 is false. */
  | { readonly kind: 'blocked' }
  | { readonly kind: 'applied'; readonly parameters: number; readonly unknown: number }
  /** A parameter that this virtual phone holds but does not act upon yet. */
  | { readonly kind: 'not-acted-on'; readonly parameter: string }
  /** `Custom_CA_Rule`: the name is the common name that a phone shows as Custom CA Status. */
  | { readonly kind: 'authority-installed'; readonly url: string; readonly name: string }
  | { readonly kind: 'authority-refused'; readonly url: string; readonly error: string }
  | { readonly kind: 'resynced'; readonly url: string | null }
  | { readonly kind: 'failed'; readonly reaction: 'B' | 'C'; readonly error: string }
  | { readonly kind: 'said'; readonly line: string }
  | { readonly kind: 'reported'; readonly url: string; readonly status: string }
  | { readonly kind: 'report-failed'; readonly url: string; readonly error: string }
  | { readonly kind: 'fault'; readonly fault: string }
  | { readonly kind: 'off' };

export type PhoneEvent = PhoneStep & { readonly mac: Mac; readonly at: number };

/** Where a virtual phone stands. */
export interface PhoneState {
  readonly mac: Mac;
  readonly model: Model;
  readonly phase: 'booting' | 'addressing' | 'no-address' | 'waiting' | 'resyncing' | 'resynced' | 'failed' | 'off';
  readonly ip: Ipv4 | null;
  /** The URL that was asked last. */
  readonly url: string | null;
  /** How the last whole resync ended. */
  readonly reaction: Reaction | null;
  /** The `$ERR` text of that failure. */
  readonly error: string | null;
  /** The profile that was applied last. */
  readonly profile: { readonly sha256: string; readonly bytes: number; readonly parameters: number } | null;
  readonly resyncs: number;
  readonly failures: number;
  /** Milliseconds since 1970 of the next resync by itself. */
  readonly nextResyncAt: number | null;
  /** Port of its own web server, where one runs. */
  readonly webPort: number | null;
}
