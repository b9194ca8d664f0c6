import type { TransferProgress } from '../../../common/values/observation.ts';
import type { Asked, FromWorker, Seen, WorkerFigures } from './messages.ts';

/**
 * What the worker has to tell the host. Questions leave at the end of the loop's turn, since a phone waits for them: one
 * message for a whole burst. Reports go with them, or a little later: nobody waits, and each crossing costs both threads.
 */
export interface Outbox {
  ask(asked: Asked): void;
  see(seen: Seen): void;
  progress(list: readonly TransferProgress[]): void;
  figures(figures: WorkerFigures): void;
  trouble(code: string | null): void;
  largeBlocksLost(address: string): void;
  flush(): void;
}

/** Milliseconds; what a dying worker may leave untold is bounded by it. */
const REPORT_WITHIN = 20;

export function openOutbox(post: (message: FromWorker) => void): Outbox {
  let asked: Asked[] = [];
  let seen: Seen[] = [];
  let progress: readonly TransferProgress[] = [];
  let figures: WorkerFigures | null = null;
  let trouble: string | null | undefined;
  let small: string[] = [];
  let due = false;
  let later: NodeJS.Timeout | null = null;

  function flush(): void {
    due = false;
    if (later !== null) clearTimeout(later);
    later = null;
    if (asked.length + seen.length + progress.length + small.length === 0 && figures === null && trouble === undefined) return;
    const batch = { kind: 'batch', sentAt: Date.now(), asked, seen, progress, figures } as const;
    post({ ...batch, ...(trouble === undefined ? {} : { trouble }), ...(small.length === 0 ? {} : { small }) });
    asked = [];
    seen = [];
    progress = [];
    figures = null;
    trouble = undefined;
    small = [];
  }

  function soon(): void {
    if (due) return;
    due = true;
    setImmediate(flush);
  }

  function sometime(): void {
    if (!due) later ??= setTimeout(flush, REPORT_WITHIN);
  }

  return {
    ask(one) { asked.push(one); soon(); },
    see(one) { seen.push(one); sometime(); },
    progress(list) { progress = list; sometime(); },
    figures(now) { figures = now; sometime(); },
    trouble(code) { trouble = code; sometime(); },
    largeBlocksLost(address) { small.push(address); sometime(); },
    flush,
  };
}
