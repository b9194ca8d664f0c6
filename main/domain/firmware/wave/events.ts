import type { FirmwareProblem } from '../../../../common/values/firmware.ts';
import type { Mac } from '../../../../common/values/mac.ts';

/** A phone as it comes into a wave. */
export interface NewMember {
  readonly mac: Mac;
  /** What it shows now, null for a phone that was never heard. */
  readonly from: string | null;
  /** Loads that it goes through, the target last; versions and bytes as the catalogue tells them. */
  readonly hops: readonly { readonly load: string; readonly version: string; readonly bytes: number }[];
}

export interface NewWave {
  readonly id: number;
  readonly family: string;
  readonly target: string;
  /** Every load of the plan in order, for the rule that all members share. */
  readonly rule: string;
  readonly members: readonly NewMember[];
}

/** One transfer of a firmware file, or how far it is. */
export interface Movement {
  readonly mac: Mac;
  readonly exchange: string;
  /** Flat name, as in the catalogue. */
  readonly file: string;
  readonly bytes: number;
  readonly total: number | null;
}

/** What happens to waves. Everything comes from the wire, a person or the clock. */
export type WaveInput =
  | { readonly kind: 'push'; readonly wave: NewWave }
  /** A phone asked for a `.loads` list or an image and gets it; also one that is in no wave. */
  | { readonly kind: 'asked'; readonly movement: Movement }
  /** A phone asked for a firmware file, and `judgeRequest` had it refused. */
  | { readonly kind: 'refused'; readonly mac: Mac; readonly file: string }
  /** Bytes moved: at most four a second for each transfer, many at once. */
  | { readonly kind: 'moved'; readonly movements: readonly Movement[] }
  | { readonly kind: 'given'; readonly movement: Movement }
  | { readonly kind: 'broken'; readonly movement: Movement; readonly code: string }
  /** The phone shows this version (User-Agent, syslog, a report). */
  | { readonly kind: 'shown'; readonly mac: Mac; readonly version: string }
  /** It was switched on or restarted (DHCP). */
  | { readonly kind: 'powered'; readonly mac: Mac }
  /** It asks for its profile now, which is not filled yet: a queued phone may be admitted here, before `ruleFor` is read. */
  | { readonly kind: 'fetching'; readonly mac: Mac }
  /** Its profile was delivered; `load` is the firmware that its rule asks for now, null for none. */
  | { readonly kind: 'profile'; readonly mac: Mac; readonly load: string | null }
  /** Its own words: `Successful upgrade`, `Upgrade failed: …`. */
  | { readonly kind: 'said'; readonly mac: Mac; readonly outcome: 'upgraded' | 'failed'; readonly error: string | null }
  /** How an `order` ended; null when the phone took it. */
  | { readonly kind: 'ordered'; readonly mac: Mac; readonly problem: FirmwareProblem | null }
  /** A load can no longer be given whole (changed, missing), or can be again (null). */
  | { readonly kind: 'load'; readonly load: string; readonly problem: FirmwareProblem | null }
  /** What the card carries, bytes a second; `up` is false while it has no link. */
  | { readonly kind: 'card'; readonly capacity: number | null; readonly up: boolean }
  /** The computer slept, or the host was started again: nothing that was in the air counts as silence. */
  | { readonly kind: 'woke' }
  | { readonly kind: 'pause' | 'resume' | 'cancel'; readonly mac: Mac | null }
  | { readonly kind: 'release'; readonly mac: Mac }
  /** The phone left the workspace. */
  | { readonly kind: 'gone'; readonly mac: Mac }
  | { readonly kind: 'tick' };

/** What the application is to do. */
export type WaveEffect =
  /** Let the phone begin its present stage now: it was admitted. The application chooses resync or a direct order. */
  | { readonly kind: 'order'; readonly mac: Mac; readonly load: string; readonly attempt: number }
  /** Trouble for the worklist and the tile. */
  | { readonly kind: 'attention'; readonly mac: Mac; readonly problem: FirmwareProblem }
  /** What the wave complained of is over. */
  | { readonly kind: 'clear'; readonly mac: Mac }
  /** What the phone is served changed (its rule appears or goes): a filled profile that is kept must be made anew. */
  | { readonly kind: 'rule'; readonly mac: Mac };
