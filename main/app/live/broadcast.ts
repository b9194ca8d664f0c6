/** Hands the newest event to every attached UI; a slow one gets a merged backlog, never a growing queue. */
export interface Broadcast<T> {
  publish(event: T): void;
  /** One stream for each UI, ended by its signal or by `close`. */
  subscribe(first: T | null, signal: AbortSignal | undefined): AsyncGenerator<T, void, undefined>;
  readonly listeners: number;
  close(): void;
}

/**
 * @param merge folds two events that a UI has not taken yet into one, newest state winning; called while a UI is slow.
 */
export function createBroadcast<T>(merge: (older: T, newer: T) => T): Broadcast<T> {
  const mailboxes = new Set<Mailbox<T>>();
  return {
    publish: (event) => {
      for (const box of mailboxes) box.put(event, merge);
    },
    async *subscribe(first, signal) {
      const box = new Mailbox<T>();
      if (first !== null) box.put(first, merge);
      mailboxes.add(box);
      const end = (): void => box.end();
      signal?.addEventListener('abort', end, { once: true });
      try {
        for (;;) {
          const event = await box.take();
          if (event === null) return;
          yield event;
        }
      } finally {
        mailboxes.delete(box);
        signal?.removeEventListener('abort', end);
      }
    },
    get listeners() {
      return mailboxes.size;
    },
    close: () => {
      for (const box of mailboxes) box.end();
    },
  };
}

/** Holds at most one merged event for one listener. */
class Mailbox<T> {
  #held: { readonly event: T } | null = null;
  #waiting: ((event: T | null) => void) | null = null;
  #ended = false;

  put(event: T, merge: (older: T, newer: T) => T): void {
    if (this.#waiting) {
      const wake = this.#waiting;
      this.#waiting = null;
      wake(event);
      return;
    }
    this.#held = { event: this.#held ? merge(this.#held.event, event) : event };
  }

  async take(): Promise<T | null> {
    if (this.#held) {
      const { event } = this.#held;
      this.#held = null;
      return event;
    }
    if (this.#ended) return null;
    return new Promise((wake) => {
      this.#waiting = wake;
    });
  }

  end(): void {
    this.#ended = true;
    this.#waiting?.(null);
    this.#waiting = null;
  }
}
