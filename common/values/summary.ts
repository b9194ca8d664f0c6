import type { Mac } from './mac.ts';
import type { Stage } from './stage.ts';

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
