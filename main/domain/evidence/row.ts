import type { Mac } from '../../../common/values/mac.ts';
import type { Observation } from '../../../common/values/observation.ts';

/** What is appended: one observation and the phone that it was attributed to. */
export interface NewEvidence {
  readonly observation: Observation;
  readonly mac: Mac | null;
}

/** A row of the append-only log. `hash` is SHA-256 over the previous row's hash and this row's canonical text. */
export interface EvidenceRow extends NewEvidence {
  readonly seq: number;
  readonly hash: string;
}
