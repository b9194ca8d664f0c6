import { Worker } from 'node:worker_threads';
import { done, failed, type Failure, type Result } from '../../common/values/failure.ts';
import { failureOf, StoreFailed } from './failure.ts';

export interface Request {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}
export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string; readonly errcode?: number | undefined };
export type Hello = { readonly ready: true } | { readonly ready: false; readonly failure: Failure };

/** A thread from its start to its end. */
export interface Life {
  send(name: string, args: readonly unknown[]): Promise<never>;
  /** Closes the database behind everything that was sent, and ends the thread. */
  end(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: StoreFailed) => void;
}

/** A thread that has not opened its database by then never will: migrations of millions of rows take seconds. */
const OPEN_LIMIT_MS = 60_000;
const CLOSE_LIMIT_MS = 10_000;
const EXIT_LIMIT_MS = 1_000;

/** `onTrouble` hears of each operation that the database refused, `onDeath` of an end that nobody asked for. */
export async function launch(
  script: URL | string,
  data: unknown,
  onTrouble: (failure: Failure) => void,
  onDeath: (cause: string) => void,
): Promise<Result<Life>> {
  const worker = new Worker(script, { workerData: data });
  const waiting = new Map<number, Waiting>();
  let gone: Failure | null = null;
  let wanted = true;
  let born = false;
  let lastId = 0;
  let greet: (hello: Hello) => void = () => undefined;
  const greeted = new Promise<Hello>((resolve) => (greet = resolve));
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));

  const die = (cause: string): void => {
    if (gone) return;
    gone = failed('workspace.thread-stopped', { cause }, cause).failure;
    greet({ ready: false, failure: gone });
    for (const { reject } of waiting.values()) reject(new StoreFailed(gone));
    waiting.clear();
    if (wanted && born) onDeath(cause);
  };
  const settle = (reply: Reply): void => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.ok) return asked?.resolve(reply.value as never);
    const failure = failureOf(reply);
    onTrouble(failure);
    asked?.reject(new StoreFailed(failure));
  };
  const send = (name: string, args: readonly unknown[]): Promise<never> =>
    new Promise((resolve, reject) => {
      if (gone) return reject(new StoreFailed(gone));
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      worker.postMessage({ id: lastId, name, args } satisfies Request);
    });
  worker.on('message', (message: Reply | Hello) => ('ready' in message ? greet(message) : settle(message)));
  worker.on('error', (error) => die(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => die(`exit ${code}`));

  const hello = await Promise.race([greeted, after(OPEN_LIMIT_MS, TOO_SLOW)]);
  if (!hello.ready) {
    wanted = false;
    await worker.terminate();
    return { ok: false, failure: hello.failure };
  }
  born = true;
  return done({
    send,
    end: async () => {
      wanted = false;
      await Promise.race([send('close', []).catch(() => undefined), after(CLOSE_LIMIT_MS, undefined)]);
      await Promise.race([exited, after(EXIT_LIMIT_MS, undefined)]);
      await worker.terminate();
    },
  });
}

const TOO_SLOW: Hello = { ready: false, failure: failed('workspace.unreadable', { folder: '', cause: `${OPEN_LIMIT_MS / 1_000} s` }).failure };

function after<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), ms).unref());
}
