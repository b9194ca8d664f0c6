// Our TFTP server alone, as the bench runs it, for the benchmarks: `node tftp-server.ts ADDRESS PORT WORKERS SINGLE FOLDER`.
// Small files are handed over as bytes, as rendered profiles are; larger ones by their path, as firmware is.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TftpSource } from '../../../main/servers/tftp/needs.ts';
import { createTftpServer } from '../../../main/servers/tftp/server.ts';

const [address = '127.0.0.1', port = '0', workers = '2', single = 'no', folder = '.'] = process.argv.slice(2);
const sources = new Map<string, TftpSource>(readdirSync(folder).map((name) => {
  const file = join(folder, name);
  const { size } = statSync(file);
  if (size > 1_000_000) return [name, { kind: 'file', file, size, sha256: null }];
  const bytes = readFileSync(file);
  return [name, { kind: 'bytes', bytes, sha256: createHash('sha256').update(bytes).digest('hex') }];
}));
const missing: TftpSource = { kind: 'refuse', error: 1, message: 'File not found', code: 'file.not-found' };
let observed = 0;

const server = createTftpServer({
  address, port: Number(port), workers: Number(workers), singlePort: single === 'single', maxBlockSize: 1468,
  workerFile: new URL('../../../main/servers/tftp/worker.ts', import.meta.url),
}, {
  open: (request) => Promise.resolve(sources.get(request.path) ?? missing),
  accept: () => Promise.resolve({ kind: 'refuse', error: 2, message: 'No uploads here', code: 'file.not-found' }),
  received: () => Promise.resolve(),
  observe: () => { observed += 1; },
  progress: () => undefined,
  changed: () => undefined,
}, Date.now);
const status = await server.start();
process.stdout.write(`${JSON.stringify(status)}\n`);
if (status.state === 'failed') process.exitCode = 3;
const tell = (): void => { process.stdout.write(`${JSON.stringify({ observed, ...server.status().figures })}\n`); };
if (process.platform !== 'win32') process.on('SIGUSR2', tell);
process.once('SIGTERM', () => {
  tell();
  void server.stop();
});
