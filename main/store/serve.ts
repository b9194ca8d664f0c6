import { parentPort } from 'node:worker_threads';
import type { Failure, Result } from '../../common/values/failure.ts';
import type { Hello, Reply, Request } from './thread-life.ts';
import type { Operations } from './thread.ts';

/**
 * The inside of a database thread: opens, says whether that worked, then carries out one request after the other. An
 * operation that throws answers with SQLite's code; only `close` ends the thread.
 */
export function serveDatabase(open: () => Result<{ readonly operations: Operations; close(): void }>): void {
  const port = parentPort;
  if (!port) throw new Error('runs only as a worker thread');
  const opened = openSafely(open);
  if (!opened.ok) return port.postMessage({ ready: false, failure: opened.failure } satisfies Hello);
  const { operations, close } = opened.value;
  port.on('message', ({ id, name, args }: Request) => {
    try {
      if (name === 'close') close();
      const value = name === 'close' ? undefined : operations[name]?.(...(args as never[]));
      port.postMessage({ id, ok: true, value } satisfies Reply);
    } catch (error) {
      const { message, errcode } = error as Error & { errcode?: number };
      port.postMessage({ id, ok: false, message, errcode } satisfies Reply);
    }
    if (name === 'close') port.close();
  });
  port.postMessage({ ready: true } satisfies Hello);
}

function openSafely<T>(open: () => Result<T>): Result<T> {
  try {
    return open();
  } catch (error) {
    const cause = (error as Error).message;
    const failure: Failure = { code: 'workspace.unreadable', params: { folder: '', cause }, cause };
    return { ok: false, failure };
  }
}
