import type { TransferProgress } from '../../../common/values/observation.ts';
import type { Asked, FromWorker, Seen, WorkerFigures } from './messages.ts';

/** What the worker has to tell the host, gathered until the loop's turn ends: one message for a whole burst. */
export interface Outbox {
  ask(asked: Asked): void;
  see(seen: Seen): void;
  progress(list: readonly TransferProgress[]): void;
  figures(figures: WorkerFigures): void;
  trouble(code: string | null): void;
  flush(): void;
}

export function openOutbox(post: (message: FromWorker) => void): Outbox {
  let asked: Asked[] = [];
  let seen: Seen[] = [];
  let progress: readonly TransferProgress[] = [];
  let figures: WorkerFigures | null = null;
  let trouble: string | null | undefined;
  let due = false;

  function flush(): void {
    due = false;
    if (asked.length + seen.length + progress.length === 0 && figures === null && trouble === undefined) return;
    const batch = { kind: 'batch', sentAt: Date.now(), asked, seen, progress, figures } as const;
    post(trouble === undefined ? batch : { ...batch, trouble });
    asked = [];
    seen = [];
    progress = [];
    figures = null;
    trouble = undefined;
  }

  function soon(): void {
    if (due) return;
    due = true;
    setImmediate(flush);
  }

  return {
    ask(one) { asked.push(one); soon(); },
    see(one) { seen.push(one); soon(); },
    progress(list) { progress = list; soon(); },
    figures(now) { figures = now; soon(); },
    trouble(code) { trouble = code; soon(); },
    flush,
  };
}
