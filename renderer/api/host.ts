import { ORPCError } from '@orpc/client';
import type { Failure } from '../../common/values/failure.ts';
import { bench } from '../model/bench.ts';
import { loadSettings } from '../model/settings.ts';
import { Connection, NoAnswerError } from './connection.ts';
import { openLink } from './link.ts';

/** The one connection of this window. */
export const connection = new Connection({
  open: (signal) => openLink(window, signal),
  now: () => Date.now(),
  onEvent: (event) => bench.apply(event),
  onOpen: () => void loadSettings(host).catch(() => undefined),
});

/** Everything that can be asked of the bench host. */
export const host = connection.client;

/** The failure that an error of a call carries, for `useSentence`; null for a lost pipe or a bug. */
export function failureOf(error: unknown): Failure | null {
  if (!(error instanceof ORPCError)) return null;
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null || !('code' in data) || typeof data.code !== 'string') return null;
  const params = 'params' in data && typeof data.params === 'object' && data.params !== null ? data.params : {};
  return { code: data.code, params: params as Failure['params'] };
}

export { NoAnswerError };
