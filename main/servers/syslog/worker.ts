import { parentPort, workerData } from 'node:worker_threads';
import { packLines, type FromReceiver, type ReceiverSetup, type ToReceiver } from './messages.ts';
import { createReceiver } from './receiver.ts';

/** Lines that the bench has not taken yet, about 50 MB: several seconds of a flood while it is busy with something else. */
const MOST_WAITING = 150_000;

/** The thread that hears syslog: what keeps the bench busy must not fill the receive buffer of the system. */
const { config, limits } = workerData as ReceiverSetup;
let waiting = 0;
let lost = 0;

const tell = (message: FromReceiver): void => { parentPort?.postMessage(message); };
const receiver = createReceiver(
  config,
  limits,
  {
    batch: (lines) => {
      if (waiting + lines.length > MOST_WAITING) {
        lost += lines.length;
        return;
      }
      waiting += lines.length;
      tell({ kind: 'batch', cells: packLines(lines) });
    },
    tally: (tally) => { tell({ kind: 'tally', tally: { ...tally, lost } }); },
    failed: (cause) => { tell({ kind: 'failed', cause }); },
  },
  () => Date.now(),
);

parentPort?.on('message', (message: ToReceiver) => {
  if (message.kind === 'taken') waiting -= message.lines;
  else {
    void receiver.close().then(() => {
      tell({ kind: 'closed' });
      parentPort?.close();
    });
  }
});
tell({ kind: 'opened', opened: await receiver.open() });
