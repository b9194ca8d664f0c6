import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { sentence, type Language } from '../../common/contract/sentences/sentence.ts';
import type { Result } from '../../common/values/failure.ts';
import type { FromBench, ToBench } from './messages.ts';

/** One end of a pipe to a page, as a bench process gets it (`MessagePortMain`). */
export interface PagePort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** The way to the main process, `process.parentPort`. */
export interface Parent {
  on(event: 'message', listener: (event: { readonly data: ToBench; readonly ports: readonly PagePort[] }) => void): unknown;
  postMessage(message: FromBench): void;
}

/** What the process serves: the bench, or the demo while it runs. */
export interface Attended {
  router(): AnyRouter;
  /** Called when every page has to connect again. */
  onSwitch(listener: () => void): void;
  stop(): Promise<void>;
}

/**
 * Opens the bench and answers every page that the main process attaches, until it says `stop`. An expected failure is told as
 * a sentence; `end` is then called with exit code 3, after a clean stop with 0.
 */
export async function attend(
  parent: Parent,
  open: () => Promise<Result<Attended>>,
  options: { readonly language: Language; readonly end: (code: number) => void },
): Promise<void> {
  const pages = new Set<PagePort>();
  let bench: Attended | null = null;
  let stopped = false;

  parent.on('message', ({ data, ports }) => {
    switch (data.kind) {
      case 'attach':
        for (const port of ports) attach(port);
        return;
      case 'stop':
        stopped = true;
        if (bench !== null) void close(bench);
        return;
    }
  });

  const opened = await open();
  if (!opened.ok) {
    const { code, params } = opened.failure;
    parent.postMessage({ kind: 'refused', sentence: sentence(code, params, options.language) });
    return options.end(3);
  }
  bench = opened.value;
  if (stopped) return close(bench);
  bench.onSwitch(leavePages);
  parent.postMessage({ kind: 'ready' });

  function attach(port: PagePort): void {
    if (bench === null || stopped) return port.close();
    pages.add(port);
    port.on('close', () => pages.delete(port));
    new RPCHandler(bench.router()).upgrade(port as Parameters<RPCHandler<never>['upgrade']>[0], { context: {} });
    port.start();
  }

  /** Every page asks for a new port by itself and gets the router of that moment. */
  function leavePages(): void {
    for (const port of pages) port.close();
    pages.clear();
  }

  async function close(open: Attended): Promise<void> {
    leavePages();
    await open.stop();
    options.end(0);
  }
}
