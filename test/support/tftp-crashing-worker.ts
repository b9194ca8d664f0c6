import { workerData } from 'node:worker_threads';
import type { WorkerOrder } from '../../main/servers/tftp/messages.ts';
import '../../main/servers/tftp/worker.ts';

// The real worker, with a bug: its first life ends by an exception when the test says so.
if ((workerData as WorkerOrder).prefix.endsWith('.1')) {
  new BroadcastChannel('dialbench-test-crash').onmessage = () => { throw new Error('a bug of ours'); };
}
