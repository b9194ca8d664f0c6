/** Runs works one after the other, in the order in which they were asked for; one that fails holds up nobody. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

export function createTurn(): Turn & { /** Resolves when everything asked for so far has ended. */ idle(): Promise<void> } {
  let last: Promise<unknown> = Promise.resolve();
  const turn: Turn = (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
  return Object.assign(turn, { idle: () => last.then(() => undefined) });
}
