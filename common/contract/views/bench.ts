import type { Mac } from '../../values/mac.ts';
import type { Stage } from '../../values/stage.ts';
import type { ServersView } from './servers.ts';
import type { PhonePatch, PhoneView } from './phone.ts';

/** Phones by the stage they are at; `attention` counts across stages and `all` excludes strangers. */
export type Counts = Readonly<Record<Stage | 'all' | 'attention' | 'done' | 'strangers', number>>;

/** One entry of "what needs a hand": the same cause on many phones is one item. */
export interface WorkItem {
  readonly id: string;
  readonly kind: 'attention' | 'plug-in' | 'stranger' | 'server';
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly phones: readonly Mac[];
  readonly numbers: readonly number[];
  readonly since: number;
}

/** Expected end for the phones that are heard, with how far off it may be. */
export interface Finish {
  readonly at: number;
  readonly errorMs: number;
}

export interface BenchInfo {
  readonly name: string;
  readonly folder: string;
  readonly demo: boolean;
  readonly startedAt: number;
  /** The stage that counts as done in this workspace. */
  readonly doneStage: Stage;
  /** Wall clock of the host when this was sent: ages are counted from it. */
  readonly now: number;
}

export interface BenchView {
  readonly info: BenchInfo;
  readonly phones: readonly PhoneView[];
  readonly counts: Counts;
  readonly finish: Finish | null;
  readonly worklist: readonly WorkItem[];
  readonly servers: ServersView;
}

/** Pushed to every attached UI, at most ten a second; only what changed. The first is always a snapshot. */
export type BenchEvent =
  | { readonly kind: 'snapshot'; readonly view: BenchView }
  | {
      readonly kind: 'delta';
      readonly now: number;
      readonly phones: readonly PhonePatch[];
      readonly removed: readonly Mac[];
      readonly counts?: Counts;
      readonly finish?: Finish | null;
      readonly worklist?: readonly WorkItem[];
      readonly servers?: ServersView;
      readonly info?: BenchInfo;
    };
