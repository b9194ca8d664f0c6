import type { Mac } from './mac.ts';

/** Something that a phone sent: a report of its configuration, or the body of a `--post` rule. */
export interface ReportView {
  readonly id: number;
  readonly mac: Mac | null;
  readonly at: number;
  readonly kind: 'report' | 'delta' | 'status' | 'post' | 'other';
  readonly path: string;
  readonly stored: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly encrypted: 'aes' | 'aes128gcm' | null;
  /** Parameters that it holds; 0 where it is no configuration. */
  readonly parameters: number;
  /** Why it could not be read, null when it could. */
  readonly failure: { readonly code: string; readonly params: Readonly<Record<string, string | number>> } | null;
}

/** One parameter in the comparison of what was served with what the phone says it holds. */
export interface ComparedParameter {
  readonly name: string;
  /** null: not in that text. Secrets are the mask. */
  readonly served: string | null;
  readonly reported: string | null;
  /** `hidden`: the phone does not tell it, so it counts neither way. `unasked`: the profile says nothing of it. */
  readonly verdict: 'same' | 'different' | 'missing' | 'hidden' | 'unasked';
}
