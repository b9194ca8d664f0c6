import { done, failed, type Failure, type Result } from '../../common/values/failure.ts';
import { StoreFailed } from './failure.ts';
import { launch, type Life } from './thread-life.ts';

/** The operations of a database, as functions that run on its own thread. */
export type Operations = Readonly<Record<string, (...args: never[]) => unknown>>;

/** A database on a thread of its own. Requests are carried out in the order in which they were called. */
export interface Thread<Ops extends Operations> {
  /** Rejects with `StoreFailed` when the database refuses or the thread is gone. */
  call<Name extends keyof Ops & string>(name: Name, ...args: Parameters<Ops[Name]>): Promise<ReturnType<Ops[Name]>>;
  /** Carries out what was called, closes the database and ends the thread. */
  stop(): Promise<void>;
}

/** Pauses before a thread that died is started again; after the last one it stays away. */
const AGAIN_MS = [100, 1_000, 5_000, 15_000] as const;
/** A thread that lived this long has earned the short pause again. */
const HEALTHY_MS = 60_000;

/**
 * Starts a database thread. One that ends unexpectedly takes its open requests with it (they reject) and is started again;
 * what it had committed is on disk. `onTrouble` hears of every failed operation and of every end.
 */
export async function startThread<Ops extends Operations>(
  script: URL | string,
  data: unknown,
  onTrouble: (failure: Failure) => void,
): Promise<Result<Thread<Ops>>> {
  let life: Life | null = null;
  let gone: Failure = failed('workspace.thread-gone', { cause: '' }).failure;
  let stopping = false;
  let deaths = 0;
  let again: NodeJS.Timeout | null = null;

  const begin = async (): Promise<Result<void>> => {
    const bornAt = performance.now();
    const launched = await launch(script, data, onTrouble, (cause) => {
      life = null;
      if (stopping) return;
      if (performance.now() - bornAt > HEALTHY_MS) deaths = 0;
      mourn(cause);
    });
    if (launched.ok) life = launched.value;
    return launched.ok ? done(undefined) : launched;
  };
  const mourn = (cause: string): void => {
    const pause = AGAIN_MS[deaths];
    deaths += 1;
    gone = failed(pause === undefined ? 'workspace.thread-gone' : 'workspace.thread-stopped', { cause }, cause).failure;
    onTrouble(gone);
    if (pause === undefined) return;
    again = setTimeout(() => {
      void begin().then((begun) => {
        if (!begun.ok && !stopping) mourn(begun.failure.cause ?? begun.failure.code);
      });
    }, pause).unref();
  };

  const begun = await begin();
  if (!begun.ok) return begun;
  return done({
    call: (name, ...args) => (life && !stopping ? life.send(name, args) : Promise.reject(new StoreFailed(gone))),
    stop: async () => {
      stopping = true;
      if (again) clearTimeout(again);
      await life?.end();
    },
  });
}
