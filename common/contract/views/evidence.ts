import type { Mac } from '../../values/mac.ts';
import type { Observation } from '../../values/observation.ts';

/** One row of the append-only log, as `dialbench events --json` prints it. */
export interface EvidenceView {
  readonly seq: number;
  readonly mac: Mac | null;
  readonly observation: Observation;
  /** SHA-256 over the hash of the row before and this row. */
  readonly hash: string;
}

export interface ChainVerdict {
  readonly rows: number;
  /** First row whose hash does not follow; null when the chain is whole. */
  readonly brokenAt: number | null;
}
