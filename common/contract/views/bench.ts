import type { Mac } from '../../values/mac.ts';
import type { Stage } from '../../values/stage.ts';
import type { Counts, Finish, WorkItem } from '../../values/summary.ts';
import type { ServersView } from './servers.ts';
import type { PhonePatch, PhoneView } from './phone.ts';

export type { Counts, Finish, WorkItem };

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
