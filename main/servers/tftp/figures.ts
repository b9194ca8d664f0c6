import type { WorkerFigures } from './messages.ts';

/** Adds up what the workers count, over their restarts, and makes a rate of the bytes. */
export interface Counter {
  take(worker: number, figures: WorkerFigures, now: number): void;
  /** The worker died: what it had done stays counted, its transfers are gone. */
  lose(worker: number): void;
  figures(now: number): Readonly<Record<string, number>>;
}

const NONE: WorkerFigures = { transfers: 0, delivered: 0, broken: 0, refused: 0, ignored: 0, retransmits: 0, bytes: 0 };
/** The rate is that of the last second or two; older samples say nothing. */
const RATE_SPAN = 2_000;

export function openCounter(): Counter {
  const live = new Map<number, WorkerFigures>();
  let past = NONE;
  let samples: { readonly at: number; readonly bytes: number }[] = [];

  function sum(): WorkerFigures {
    return [...live.values()].reduce(add, past);
  }

  return {
    take(worker, figures, now) {
      live.set(worker, figures);
      samples = [...samples.filter(({ at }) => now - at < RATE_SPAN), { at: now, bytes: sum().bytes }];
    },
    lose(worker) {
      past = { ...add(past, live.get(worker) ?? NONE), transfers: 0 };
      live.delete(worker);
    },
    figures(now) {
      const { bytes, ...rest } = sum();
      const recent = samples.filter(({ at }) => now - at < RATE_SPAN);
      const first = recent[0];
      const last = recent.at(-1);
      const span = first && last ? last.at - first.at : 0;
      const bytesPerSecond = first && last && span > 0 ? Math.round(((last.bytes - first.bytes) * 1000) / span) : 0;
      return { ...rest, bytes, bytesPerSecond };
    },
  };
}

function add(one: WorkerFigures, other: WorkerFigures): WorkerFigures {
  return {
    transfers: one.transfers + other.transfers, delivered: one.delivered + other.delivered, broken: one.broken + other.broken,
    refused: one.refused + other.refused, ignored: one.ignored + other.ignored,
    retransmits: one.retransmits + other.retransmits, bytes: one.bytes + other.bytes,
  };
}
