import type { AnyRouter } from '@orpc/server';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { done, type Result } from '../../../common/values/failure.ts';
import { openBench, type Bench } from '../bench.ts';
import type { BenchOptions } from '../options.ts';
import { openDemoBench, type DemoBench } from './demo-bench.ts';
import type { DemoDoor } from './door.ts';

/**
 * What the UI is attached to: the bench, or, while *Try it* runs, a demo bench with a temporary workspace of its own. The
 * real record never holds a demo phone.
 */
export interface Stage {
  readonly bench: Bench;
  /** The router that a UI gets when it connects now. */
  router(): AnyRouter;
  /** Called when every attached UI has to connect again. */
  onSwitch(listener: () => void): void;
  stop(): Promise<void>;
}

/** Phones of `--demo`, and of *Try it* unless asked otherwise. */
export const DEMO_PHONES = 6;

export async function openStage(options: BenchOptions): Promise<Result<Stage>> {
  const listeners: (() => void)[] = [];
  let running: (DemoBench & { readonly folder: string }) | null = null;
  const door: DemoDoor = {
    status: () => ({ running: running !== null, phones: running?.macs ?? [], ends: running !== null && !options.demo }),
    start: async (count) => {
      if (running) return done(undefined);
      const folder = await mkdtemp(join(tmpdir(), 'dialbench-demo-'));
      const demo = await openDemoBench(options, folder, count, door);
      if (!demo.ok) {
        await remove(folder);
        return demo;
      }
      running = { ...demo.value, folder };
      switched();
      return done(undefined);
    },
    stop: async () => {
      const demo = running;
      if (!demo || options.demo) return;
      running = null;
      switched();
      await demo.stop();
      await remove(demo.folder);
    },
  };
  const first = await openFirst(options, door);
  if (!first.ok) return first;
  const { bench, demo: onlyDemo } = first.value;
  if (onlyDemo) running = { ...onlyDemo, folder: options.folder };
  return done({
    bench,
    router: () => running?.bench.router ?? bench.router,
    onSwitch: (listener) => void listeners.push(listener),
    stop: async () => {
      const demo = running;
      running = null;
      await demo?.stop();
      if (demo && !options.demo) await remove(demo.folder);
      if (!options.demo) await bench.stop();
    },
  });

  /** The answer to the request that caused it goes out first. */
  function switched(): void {
    setTimeout(() => {
      for (const listener of listeners) listener();
    }, 50);
  }
}

/** `--demo` has the demo bench alone, in the folder that was made for it. */
async function openFirst(options: BenchOptions, door: DemoDoor): Promise<Result<{ bench: Bench; demo: DemoBench | null }>> {
  if (!options.demo) {
    const opened = await openBench(options, door);
    return opened.ok ? done({ bench: opened.value, demo: null }) : opened;
  }
  const demo = await openDemoBench(options, options.folder, DEMO_PHONES, door);
  return demo.ok ? done({ bench: demo.value.bench, demo: demo.value }) : demo;
}

async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
