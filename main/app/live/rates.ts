import type { Rates } from '../../../common/contract/views/activity.ts';

type Kind = keyof Rates;

/** Counts of the last 60 seconds, one slot for each second. */
export interface RateCounter {
  add(kind: Kind, amount?: number): void;
  /** Oldest first; the running second is left out, so that the last value is whole. */
  read(): Rates;
}

const SECONDS = 61;

export function createRates(now: () => number): RateCounter {
  const slots: Record<Kind, number[]> = { requests: zeros(), bytes: zeros(), refused: zeros(), lines: zeros() };
  let second = Math.floor(now() / 1000);

  return {
    add: (kind, amount = 1) => {
      turn();
      const slot = slots[kind];
      slot[second % SECONDS] = (slot[second % SECONDS] ?? 0) + amount;
    },
    read: () => {
      turn();
      return { requests: ordered('requests'), bytes: ordered('bytes'), refused: ordered('refused'), lines: ordered('lines') };
    },
  };

  /** Empties the slots of the seconds that passed; a clock that jumps back starts over. */
  function turn(): void {
    const current = Math.floor(now() / 1000);
    if (current === second) return;
    const passed = current > second ? Math.min(current - second, SECONDS) : SECONDS;
    for (let step = 0; step < passed; step += 1) {
      for (const slot of Object.values(slots)) slot[(current - step) % SECONDS] = 0;
    }
    second = current;
  }

  function ordered(kind: Kind): number[] {
    return Array.from({ length: SECONDS - 1 }, (_, index) => slots[kind][(second + 1 + index) % SECONDS] ?? 0);
  }
}

function zeros(): number[] {
  return Array.from({ length: SECONDS }, () => 0);
}
