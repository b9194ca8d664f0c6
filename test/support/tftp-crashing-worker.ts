import { workerData } from 'node:worker_threads';
import type { WorkerOrder } from '../../main/servers/tftp/messages.ts';
import '../../main/servers/tftp/worker.ts';

// The real worker, with a bug: its first life ends by an exception 700 ms after its start.
if ((workerData as WorkerOrder).prefix.endsWith('.1')) {
  setTimeout(() => { throw new Error('a bug of ours'); }, 700);
}
