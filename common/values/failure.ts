/**
 * An expected failure, as a value. The sentence for people is looked up by `code` in the catalogue of
 * `common/contract/sentences`, in the reader's language, and filled with `params`.
 */
export interface Failure {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** Technical detail for the log and the support file, never the first thing a person reads. */
  readonly cause?: string;
}

/** A value or an expected failure. Exceptions stay for our own mistakes. */
export type Result<T, F extends Failure = Failure> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: F };

export function done<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

export function failed(
  code: string,
  params: Failure['params'] = {},
  cause?: string,
): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: cause === undefined ? { code, params } : { code, params, cause } };
}
