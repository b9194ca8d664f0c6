/** Errands to phones: one after the other for each, a few at once for all. Their web servers are slow, and have few places. */
export interface Errands<T> {
  add(errand: T): void;
  stop(): void;
}

/** @param run must not reject */
export function createErrands<T>(most: number, run: (errand: T) => Promise<void>): Errands<T> {
  const waiting: T[] = [];
  let running = 0;
  let stopped = false;
  const next = (): void => {
    while (!stopped && running < most && waiting.length > 0) {
      const [errand] = waiting.splice(0, 1);
      if (errand === undefined) return;
      running += 1;
      void run(errand).finally(() => {
        running -= 1;
        next();
      });
    }
  };
  return {
    add: (errand) => {
      waiting.push(errand);
      next();
    },
    stop: () => {
      stopped = true;
      waiting.length = 0;
    },
  };
}
