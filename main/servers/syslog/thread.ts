import { Worker } from 'node:worker_threads';
import { unpackLines, type FromReceiver, type ReceiverSetup, type ToReceiver } from './messages.ts';
import type { Opened, Receiver, ReceiverEvents } from './receiver.ts';

/** A thread that does not close in this time is ended. */
const CLOSE_MS = 1_500;

/** The receiver on a thread of its own. `died` is called when that thread ends without being asked to. */
export function startReceiverThread(file: URL | string, setup: ReceiverSetup, events: ReceiverEvents, died: (cause: string) => void): Receiver {
  let worker: Worker | null = null;
  let closing = false;

  return {
    open: () =>
      new Promise<Opened>((resolve, reject) => {
        const thread = new Worker(file, { workerData: setup, name: 'syslog' });
        worker = thread;
        let opened = false;
        let cause = '';
        const say = (message: ToReceiver): void => { thread.postMessage(message); };
        thread.on('message', (message: FromReceiver) => {
          switch (message.kind) {
            case 'opened':
              opened = true;
              resolve(message.opened);
              break;
            case 'batch': {
              const lines = unpackLines(message.cells);
              events.batch(lines);
              say({ kind: 'taken', lines: lines.length });
              break;
            }
            case 'tally':
              events.tally(message.tally);
              break;
            case 'failed':
              events.failed(message.cause);
              break;
            case 'closed':
              break;
          }
        });
        thread.on('error', (error: unknown) => { cause = error instanceof Error ? error.message : String(error); });
        thread.once('exit', (code) => {
          worker = null;
          if (!opened) reject(new Error(cause || `the syslog thread ended with ${code}`));
          else if (!closing) died(cause || `exit ${code}`);
        });
      }),
    close: async () => {
      closing = true;
      const thread = worker;
      if (thread === null) return;
      const ended = new Promise<void>((resolve) => { thread.once('exit', () => { resolve(); }); });
      thread.postMessage({ kind: 'close' } satisfies ToReceiver);
      const timer = setTimeout(() => { void thread.terminate(); }, CLOSE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}
