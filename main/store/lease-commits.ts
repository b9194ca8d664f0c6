import type { BenchOperations } from './bench-operations.ts';
import type { LeaseRow } from './store.ts';
import type { Thread } from './thread.ts';

interface Put {
  readonly lease: LeaseRow;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Most leases of one commit: 500 take about 3 ms, so that none waits longer than 10 ms for the group before it. */
const GROUP = 500;

/**
 * Group commit without a timer: a lease that finds the thread idle goes at once, those that come meanwhile share the next
 * commit. A single phone waits for its own commit only, and 500 at once need two.
 */
export function leaseCommits(thread: Thread<BenchOperations>): (lease: LeaseRow) => Promise<void> {
  let waiting: Put[] = [];
  let busy = false;

  const commitNext = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    while (waiting.length > 0) {
      const group = waiting.slice(0, GROUP);
      waiting = waiting.slice(GROUP);
      try {
        await thread.call('putLeases', group.map(({ lease }) => lease));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    busy = false;
  };
  return (lease) =>
    new Promise((resolve, reject) => {
      waiting.push({ lease, resolve, reject });
      // Packets that arrived in the same turn of the event loop share the first commit.
      queueMicrotask(() => void commitNext());
    });
}
