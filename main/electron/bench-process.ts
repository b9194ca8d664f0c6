import type { FromBench, ToBench } from './messages.ts';

/** The running bench process, as Electron's `UtilityProcess` gives it. */
export interface BenchChild<Port> {
  postMessage(message: ToBench, ports?: Port[]): void;
  kill(): boolean;
  on(event: 'message', listener: (message: FromBench) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
}

export interface BenchProcessNeeds<Port> {
  readonly fork: () => BenchChild<Port>;
  readonly now: () => number;
  readonly after: (ms: number, run: () => void) => { cancel(): void };
  /** It cannot open, or it stopped too often: the person is told and the program ends. */
  readonly giveUp: (reason: { readonly kind: 'refused'; readonly sentence: string } | { readonly kind: 'crashes' }) => void;
}

export interface BenchProcess<Port> {
  /** Gives the bench one end of a pipe; kept until the bench is ready, so a page may ask too early. */
  attach(port: Port): void;
  /** Asks it to close everything, ends it after 6 s; resolves when it is gone. */
  stop(): Promise<void>;
}

const WAITS_MS = [500, 1000, 2000, 5000, 10_000];
/** A bench that ran this long was well: counting starts anew. */
const WELL_MS = 60_000;
const MOST_CRASHES = 8;
const STOP_LIMIT_MS = 6000;

/** Keeps one bench process running: a crash is followed by a new start, later each time; everything recorded is kept. */
export function runBenchProcess<Port>(needs: BenchProcessNeeds<Port>): BenchProcess<Port> {
  let crashes = 0;
  let startedAt = 0;
  let ready = false;
  let waiting: Port[] = [];
  let child: BenchChild<Port> | null = null;
  let restart: { cancel(): void } | null = null;
  let stopping: { readonly done: Promise<void>; readonly resolve: () => void } | null = null;

  start();
  return { attach, stop };

  function start(): void {
    startedAt = needs.now();
    restart = null;
    const started = needs.fork();
    child = started;
    started.on('message', heard);
    started.on('exit', exited);
  }

  function heard(message: FromBench): void {
    switch (message.kind) {
      case 'ready':
        ready = true;
        for (const port of waiting.splice(0)) child?.postMessage({ kind: 'attach' }, [port]);
        return;
      case 'refused':
        needs.giveUp(message);
        return;
    }
  }

  function exited(): void {
    child = null;
    ready = false;
    if (stopping !== null) return stopping.resolve();
    crashes = needs.now() - startedAt >= WELL_MS ? 1 : crashes + 1;
    if (crashes > MOST_CRASHES) return needs.giveUp({ kind: 'crashes' });
    restart = needs.after(WAITS_MS[Math.min(crashes, WAITS_MS.length) - 1] ?? 0, start);
  }

  function attach(port: Port): void {
    if (ready && child !== null) child.postMessage({ kind: 'attach' }, [port]);
    // The page gives up on a port after some seconds and asks for another: only the latest are worth keeping.
    else waiting = [...waiting, port].slice(-4);
  }

  function stop(): Promise<void> {
    if (stopping !== null) return stopping.done;
    restart?.cancel();
    const { promise, resolve } = Promise.withResolvers<void>();
    stopping = { done: promise, resolve };
    if (child === null) resolve();
    else {
      child.postMessage({ kind: 'stop' });
      const limit = needs.after(STOP_LIMIT_MS, () => {
        child?.kill();
        resolve();
      });
      void promise.then(() => limit.cancel());
    }
    return promise;
  }
}
