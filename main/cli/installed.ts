import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { WorkerFiles } from '../app/options.ts';

/** Where the parts of this program lie: beside the bundle when built, in the source tree when run from it. */
export function installedFiles(): { readonly workers: WorkerFiles; readonly resources: string; readonly pages: string } {
  const here = dirname(fileURLToPath(import.meta.url));
  const built = import.meta.url.endsWith('.mjs') || import.meta.url.includes('/out/main/');
  const root = built ? join(here.replace(/[\\/]chunks$/, ''), '..', '..') : join(here, '..', '..');
  const worker = (bundle: string, source: string): URL =>
    pathToFileURL(built ? join(root, 'out', 'main', bundle) : join(root, source));
  return {
    workers: {
      syslogReceiver: worker('syslog-receiver.mjs', 'main/servers/syslog/worker.ts'),
      tftp: worker('tftp-worker.mjs', 'main/servers/tftp/worker.ts'),
      store: worker('store-worker.mjs', 'main/store/worker.ts'),
      syslog: worker('syslog-worker.mjs', 'main/store/syslog/worker.ts'),
    },
    resources: join(root, 'resources'),
    pages: join(root, 'out', 'renderer'),
  };
}
