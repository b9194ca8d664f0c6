import { createSocket } from 'node:dgram';
import { createHash, getCiphers } from 'node:crypto';
import { failed, type Failure } from '../../common/values/failure.ts';

/** One thing that the bench needs of the runtime it stands on, and the failure when it lacks. */
interface Need {
  readonly failure: Failure;
  readonly met: () => boolean | Promise<boolean>;
}

/** Electron's Node is built with other parts (BoringSSL) than plain Node: what is needed is tried, not assumed. */
const NEEDS: readonly Need[] = [
  { failure: failed('runtime.no-search').failure, met: hasFullTextSearch },
  { failure: failed('runtime.no-reuse-port').failure, met: hasReusePort },
  { failure: failed('runtime.no-md5').failure, met: () => createHash('md5').update('').digest('hex') === 'd41d8cd98f00b204e9800998ecf8427e' },
  { failure: failed('runtime.no-aes').failure, met: () => getCiphers().includes('aes-256-cbc') },
];

/** What this runtime lacks; empty when all is well. Never throws and never waits longer than a second. */
export async function checkRuntime(needs: readonly Need[] = NEEDS): Promise<readonly Failure[]> {
  const lacking: Failure[] = [];
  for (const need of needs) {
    try {
      if (!(await need.met())) lacking.push(need.failure);
    } catch (error) {
      lacking.push({ ...need.failure, cause: String(error) });
    }
  }
  return lacking;
}

async function hasFullTextSearch(): Promise<boolean> {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(':memory:');
  try {
    database.exec("CREATE VIRTUAL TABLE t USING fts5(line); INSERT INTO t VALUES ('resync completed')");
    return database.prepare("SELECT count(*) AS n FROM t WHERE t MATCH 'resync'").get()?.['n'] === 1;
  } finally {
    database.close();
  }
}

/** Only Linux spreads datagrams over several sockets of one port; elsewhere one worker owns the port and nothing lacks. */
async function hasReusePort(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const socket = createSocket({ type: 'udp4', reusePort: true });
  return new Promise((resolve) => {
    const end = (answer: boolean): void => {
      clearTimeout(timer);
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(() => end(false), 1000);
    socket.once('error', () => end(false));
    socket.bind(0, '127.0.0.1', () => end(true));
  });
}
