import type { Ipv4 } from '../../common/values/ip.ts';
import type { Mac } from '../../common/values/mac.ts';
import type { Model } from '../../common/values/model.ts';
import type { Reaction } from './reaction.ts';

/** What made a phone resync; the `$PRVST` macro is -1, 0, 1, 2 for them. */
export type ResyncReason = 'asked' | 'power-up' | 'periodic' | 'retry';

/** One step of a virtual phone, for a log, a test or the screen. Never holds a profile's text or a secret. */
export type PhoneStep =
  /** `firmware` is the load that it starts with: `sip88xx.11-3-2MPP0001-609`. */
  | { readonly kind: 'powered'; readonly boot: number; readonly firmware: string }
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
  /** An upgrade begins: the rule gave this list. `target` is null where its name does not tell a version. */
  | { readonly kind: 'upgrade-asked'; readonly url: string; readonly from: string; readonly target: string | null }
  /** The images of its own platform, in the order in which they are fetched; `held`: they lie in the inactive partition. */
  | { readonly kind: 'images'; readonly target: string; readonly names: readonly string[]; readonly held: boolean }
  /** Image `number` of `of` is fetched now; `asked` and `got` or `not-got` follow. */
  | { readonly kind: 'image'; readonly name: string; readonly number: number; readonly of: number }
  /** The flash is written for that many real milliseconds. */
  | { readonly kind: 'writing'; readonly target: string; readonly ms: number }
  | { readonly kind: 'upgrade-failed'; readonly url: string | null; readonly error: string }
  /** The rule came to the same URL that failed before: nothing is asked until then (milliseconds since 1970), null for never. */
  | { readonly kind: 'upgrade-held'; readonly url: string | null; readonly until: number | null }
  /** The flash is written; the phone starts again by itself. */
  | { readonly kind: 'rebooting'; readonly target: string }
  /** It started with another load than before. */
  | { readonly kind: 'upgraded'; readonly from: string; readonly to: string }
  | { readonly kind: 'fault'; readonly fault: string }
  | { readonly kind: 'off' };

export type PhoneEvent = PhoneStep & { readonly mac: Mac; readonly at: number };

/** `downloading`: fetches a load and its images; `writing`: writes them to its flash, and must not lose power. */
export type PhonePhase =
  | 'booting' | 'addressing' | 'no-address' | 'waiting' | 'resyncing' | 'resynced' | 'failed' | 'downloading' | 'writing' | 'off';

/** Where a virtual phone stands. */
export interface PhoneState {
  readonly mac: Mac;
  readonly model: Model;
  readonly phase: PhonePhase;
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
  /** The load it runs now, as `$SWVER` shows it. */
  readonly firmware: string;
  /** Upgrades that it began, one for each request of a `.loads` list. */
  readonly upgradeTries: number;
  /** Starts with another load than the one before. */
  readonly upgrades: number;
  /** The `$ERR` text of the last upgrade that failed; null after one that did not. */
  readonly upgradeError: string | null;
  /** Milliseconds since 1970 when a failed upgrade is tried again by itself. */
  readonly nextUpgradeAt: number | null;
  /** The image that is fetched now. */
  readonly image: { readonly name: string; readonly number: number; readonly of: number } | null;
  /** Port of its own web server, where one runs. */
  readonly webPort: number | null;
}
