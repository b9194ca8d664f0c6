import { ORPCError } from '@orpc/server';
import { sentence } from '../../common/contract/sentences/sentence.ts';
import type { Failure, Result } from '../../common/values/failure.ts';

/** An expected failure as it crosses the contract: the code travels in `data`, so that each side writes its own language. */
export function asError(failure: Failure): ORPCError<'BAD_REQUEST', Failure> {
  return new ORPCError('BAD_REQUEST', {
    message: sentence(failure.code, failure.params),
    data: { code: failure.code, params: failure.params },
  });
}

/** The value of a result, or its failure thrown as a contract error. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw asError(result.failure);
}
