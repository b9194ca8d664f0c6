import { Worker } from 'node:worker_threads';
import { done, failed, type Failure, type Result } from '../../common/values/failure.ts';
import { failureOf, StoreFailed } from './failure.ts';

/** The operations of a database, as functions that run on its own thread. */
export type Operations = Readonly<Record<string, (...args: never[]) => unknown>>;

export interface Request {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}
export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string; readonly errcode?: number | undefined };
export type Hello = { readonly ready: true } | { readonly ready: false; readonly failure: Failure };

/** A database on a thread of its own. Requests are carried out in the order in which they were called. */
export interface Thread<Ops extends Operations> {
  /** Rejects with `StoreFailed` when the database refuses or the thread is gone. */
  call<Name extends keyof Ops & string>(name: Name, ...args: Parameters<Ops[Name]>): Promise<ReturnType<Ops[Name]>>;
  /** Carries out what was called, closes the database and ends the thread. */
  stop(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: StoreFailed) => void;
}

/** A thread that has not opened its database by then never will: migrations of millions of rows take seconds. */
const OPEN_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 10_000;

/** Starts a database thread; `onTrouble` hears of every failed operation and of the thread's unexpected end. */
export async function startThread<Ops extends Operations>(
  script: URL | string,
  data: unknown,
  onTrouble: (failure: Failure) => void,
): Promise<Result<Thread<Ops>>> {
  const worker = new Worker(script, { workerData: data });
  const waiting = new Map<number, Waiting>();
  let gone: Failure | null = null;
  let stopping = false;
  let lastId = 0;
  let greet: (hello: Hello) => void = () => undefined;
  const greeted = new Promise<Hello>((resolve) => (greet = resolve));

  const end = (cause: string): void => {
    if (gone) return;
    gone = failed('workspace.thread-stopped', { cause }, cause).failure;
    greet({ ready: false, failure: gone });
    for (const { reject } of waiting.values()) reject(new StoreFailed(gone));
    waiting.clear();
    if (!stopping) onTrouble(gone);
  };
  worker.on('message', (message: Reply | Hello) => {
    if ('ready' in message) return greet(message);
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) return asked?.resolve(message.value as never);
    const failure = failureOf(message);
    onTrouble(failure);
    asked?.reject(new StoreFailed(failure));
  });
  worker.on('error', (error) => end(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => end(`exit ${code}`));

  const limit = setTimeout(() => greet({ ready: false, failure: failed('workspace.unreadable', { folder: '', cause: 'time' }).failure }), OPEN_LIMIT_MS);
  const hello = await greeted;
  clearTimeout(limit);
  if (!hello.ready) {
    stopping = true;
    await worker.terminate();
    return { ok: false, failure: hello.failure };
  }
  const send = (name: string, args: readonly unknown[]): Promise<never> =>
    new Promise((resolve, reject) => {
      if (gone) return reject(new StoreFailed(gone));
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      worker.postMessage({ id: lastId, name, args } satisfies Request);
    });
  return done({
    call: (name, ...args) => send(name, args),
    stop: async () => {
      if (gone) return;
      stopping = true;
      const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      await Promise.race([send('close', []).catch(() => undefined), after(STOP_LIMIT_MS)]);
      await Promise.race([exited, after(1_000)]);
      await worker.terminate();
    },
  });
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
