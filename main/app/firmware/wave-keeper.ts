/** Keeps the waves on disk: soon after a change of state, rarely for progress, and never more than a small share of the time. */
export interface WaveKeeper {
  /** Something is to be kept. @param turned more than progress */
  touch(turned: boolean): void;
  /** Keeps it now. Never rejects. */
  save(): Promise<void>;
  /** Keeps what is left, and nothing after that. */
  stop(): Promise<void>;
}

/** A crash loses the states of half a second: phones ask again, and what they show tells where they are. */
const SOON_MS = 500;
/** Bytes and percents: nothing is lost with them that the next request does not bring back. */
const PROGRESS_MS = 5000;
/** A save that took 10 ms is followed by no other for so many times its cost: with hundreds of phones states change all the time. */
const REST = 250;
const LONGEST_MS = 5000;

/** @param write what is to be kept is read when it is called, at once */
export function createWaveKeeper(write: () => Promise<unknown>, trouble: (cause: unknown) => void): WaveKeeper {
  let timer: NodeJS.Timeout | null = null;
  let due = Infinity;
  let writing: Promise<void> = Promise.resolve();
  let restUntil = 0;
  let stopped = false;

  function touch(turned: boolean): void {
    if (stopped) return;
    const at = Math.max(performance.now() + (turned ? SOON_MS : PROGRESS_MS), restUntil);
    if (at >= due) return;
    if (timer) clearTimeout(timer);
    due = at;
    timer = setTimeout(() => void save(), at - performance.now());
    timer.unref();
  }

  function save(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    due = Infinity;
    writing = writing.then(async () => {
      const began = performance.now();
      const written = write();
      // What the disk takes is another thread's time; reading and spelling it out is this one's.
      restUntil = began + Math.min(LONGEST_MS, (performance.now() - began) * REST);
      await written;
    }).catch(trouble);
    return writing;
  }

  return {
    touch, save,
    stop: () => {
      stopped = true;
      return save();
    },
  };
}
