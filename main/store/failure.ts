import { failed, type Failure } from '../../common/values/failure.ts';

/** A rejected promise of the store: the failure in it is for people, see `workspace.*` in the catalogue. */
export class StoreFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`${failure.code} ${failure.cause ?? ''}`.trim());
    this.name = 'StoreFailed';
    this.failure = failure;
  }
}

/** SQLite's primary result codes that a person can do something about (https://www.sqlite.org/rescode.html). */
const FULL = 13;

/** What a database error means. `errcode` is SQLite's extended code; its low byte is the primary one. */
export function failureOf(error: { readonly message: string; readonly errcode?: number | undefined }): Failure {
  if (((error.errcode ?? 0) & 0xff) === FULL) return failed('server.disk-full', {}, error.message).failure;
  return failed('workspace.write-failed', { cause: error.message.slice(0, 200) }, error.message).failure;
}
