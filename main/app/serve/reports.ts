import type { Mac } from '../../../common/values/mac.ts';

/** A body that lies complete in `uploads/`. */
export interface Sent {
  readonly mac: Mac | null;
  readonly at: number;
  readonly path: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly contentEncoding: string | null;
}

export interface Reports {
  take(sent: Sent, as: 'report' | 'post'): Promise<{ readonly differences: number } | null>;
  isReport(sent: Sent): Promise<boolean>;
}
