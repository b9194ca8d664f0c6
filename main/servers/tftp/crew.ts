import { Worker } from 'node:worker_threads';
import type { Failure } from '../../../common/values/failure.ts';
import type { FromWorker, HostAnswer, ToWorker, WorkerBatch, WorkerOrder } from './messages.ts';
import { bindFailure } from './port.ts';

/** One transfer worker, started again whenever it dies. */
export interface Member {
  /** Resolves once it listens for the first time, or with the reason why it cannot. */
  readonly ready: Promise<Failure | null>;
  readonly receiveBuffer: number;
  /** Queued until the end of this turn of the loop: one message for many answers. */
  answer(answer: HostAnswer): void;
  /** Large blocks are lost on the way to this address. */
  smallBlocksFor(address: string): void;
  /** Resolves when the thread is gone, by force after 1.5 s. */
  stop(): Promise<void>;
}

export interface MemberEvents {
  batch(batch: WorkerBatch): void;
  /** It died; a new one comes after a pause. */
  crashed(cause: string): void;
  /** The new one listens. */
  back(): void;
}

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;
const START_LIMIT = 15_000;
const STOP_LIMIT = 1_500;

/** `order` without its prefix: each start gets a new one, so that no exchange's name comes twice. */
export function hire(
  file: URL | string, order: Omit<WorkerOrder, 'prefix'>, name: string, events: MemberEvents,
): Member {
  let worker: Worker | null = null;
  let starts = 0;
  let pause = FIRST_PAUSE;
  let stopping = false;
  let listens = false;
  let receiveBuffer = 0;
  let answers: HostAnswer[] = [];
  let retry: NodeJS.Timeout | null = null;
  let settle: ((failure: Failure | null) => void) | null = null;
  const ready = new Promise<Failure | null>((resolve) => { settle = resolve; });

  function begin(): void {
    starts += 1;
    retry = null;
    let cause = 'ended';
    const workerData: WorkerOrder = { ...order, prefix: `${name}.${String(starts)}` };
    const thread = new Worker(file, { workerData, name: `tftp ${name}` });
    worker = thread;
    const late = setTimeout(() => { cause = 'did not start'; void thread.terminate(); }, START_LIMIT);
    thread.on('message', (message: FromWorker) => {
      switch (message.kind) {
        case 'batch': events.batch(message); return;
        case 'listening': {
          clearTimeout(late);
          listens = true;
          receiveBuffer = message.receiveBuffer;
          if (settle === null) events.back();
          settle?.(null);
          settle = null;
          return;
        }
        case 'refused':
          clearTimeout(late);
          cause = message.message;
          settle?.(bindFailure(message.code, message.message, order.address, order.port));
          settle = null;
          return;
      }
    });
    thread.on('error', (error) => { cause = error instanceof Error ? error.stack ?? error.message : String(error); });
    thread.on('exit', () => {
      clearTimeout(late);
      const listened = listens;
      listens = false;
      worker = null;
      answers = [];
      if (stopping) return;
      if (settle !== null) {
        settle(bindFailure('', cause, order.address, order.port));
        settle = null;
        return;
      }
      if (!listened && starts === 1) return; // refused at its first start: the server has failed as a whole
      events.crashed(cause);
      pause = listened ? FIRST_PAUSE : Math.min(LONGEST_PAUSE, pause * 2);
      retry = setTimeout(begin, pause);
    });
  }

  function post(message: ToWorker): void {
    worker?.postMessage(message);
  }

  function flush(): void {
    const sent = answers;
    answers = [];
    if (sent.length > 0) post({ kind: 'answers', answers: sent });
  }

  begin();
  return {
    ready,
    get receiveBuffer() { return receiveBuffer; },
    answer(answer) {
      if (answers.length === 0) setImmediate(flush);
      answers.push(answer);
    },
    smallBlocksFor(address) { post({ kind: 'small', address }); },
    async stop() {
      stopping = true;
      if (retry !== null) clearTimeout(retry);
      const thread = worker;
      if (thread === null) return;
      const gone = new Promise<void>((resolve) => { thread.once('exit', () => { resolve(); }); });
      const force = setTimeout(() => { void thread.terminate(); }, STOP_LIMIT);
      post({ kind: 'stop' });
      await gone;
      clearTimeout(force);
    },
  };
}
