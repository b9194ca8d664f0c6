/** Commits things together that come together. */
export interface GroupCommit<Item> {
  /** Resolves once committed. */
  put(item: Item): Promise<void>;
  /** Resolves when nothing waits and nothing is being committed. */
  idle(): Promise<void>;
}

interface Put<Item> {
  readonly item: Item;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit without a timer: what finds the thread idle goes at once, what comes meanwhile shares the next commit. A
 * single phone waits for its own commit only, and 500 leases at once need two.
 * @param most items of one commit: 500 leases take about 3 ms, so that none waits longer than 10 ms for the group before it
 * @param apart a group that was refused is tried again one by one, so that a bad item costs nobody else
 */
export function groupCommit<Item>(commit: (items: readonly Item[]) => Promise<void>, most: number, apart = false): GroupCommit<Item> {
  let waiting: Put<Item>[] = [];
  let running: Promise<void> | null = null;

  const commitGroup = async (group: readonly Put<Item>[]): Promise<void> => {
    try {
      await commit(group.map(({ item }) => item));
      for (const { resolve } of group) resolve();
    } catch (error) {
      if (apart && group.length > 1) for (const one of group) await commitGroup([one]);
      else for (const { reject } of group) reject(error);
    }
  };
  const commitAll = async (): Promise<void> => {
    // Packets that arrived in the same turn of the event loop share the first commit.
    await Promise.resolve();
    while (waiting.length > 0) {
      const group = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await commitGroup(group);
    }
    running = null;
  };
  return {
    put: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        running ??= commitAll();
      }),
    idle: async () => {
      while (running) await running;
    },
  };
}
