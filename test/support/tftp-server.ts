import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterwards } from './afterwards.ts';
import type { Observation, TransferProgress } from '../../common/values/observation.ts';
import type { RunningServer } from '../../common/values/server.ts';
import type { TftpNeeds, TftpRead, TftpSource, TftpUpload } from '../../main/servers/tftp/needs.ts';
import { createTftpServer, type TftpConfig } from '../../main/servers/tftp/server.ts';

export interface TftpUnderTest {
  readonly server: RunningServer;
  readonly port: number;
  readonly folder: string;
  readonly asked: TftpRead[];
  readonly observed: Observation[];
  readonly moved: TransferProgress[];
  readonly uploads: TftpUpload[];
  /** Waits until an observation fits, at most a minute. */
  seen(fits: (observation: Observation) => boolean): Promise<Observation>;
  stop(): Promise<void>;
}

export const workerFile = new URL('../../main/servers/tftp/worker.ts', import.meta.url);

/** A real server on a free loopback port, with workers of its own and a bench that answers from a list. */
export async function startTftp(
  sources: Readonly<Record<string, TftpSource>>, config: Partial<TftpConfig> = {}, needs: Partial<TftpNeeds> = {}, uploadLimit = 1_000_000,
): Promise<TftpUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'dialbench-tftp-'));
  const asked: TftpRead[] = [];
  const observed: Observation[] = [];
  const moved: TransferProgress[] = [];
  const uploads: TftpUpload[] = [];
  const server = createTftpServer({
    address: '127.0.0.1', port: 0, workers: 2, workerFile, singlePort: false, maxBlockSize: 65_464, ...config,
  }, {
    open(request) {
      asked.push(request);
      return Promise.resolve(sources[request.path] ?? { kind: 'refuse', error: 1, message: 'File not found', code: 'file.not-found' });
    },
    accept(request) {
      asked.push(request);
      return Promise.resolve({ kind: 'accept', file: join(folder, `${String(asked.length)}-upload`), limit: uploadLimit });
    },
    received(upload) { uploads.push(upload); return Promise.resolve(); },
    observe(observation) { observed.push(observation); },
    progress(list) { moved.push(...list); },
    changed: () => undefined,
    ...needs,
  }, Date.now);
  const status = await server.start();
  return {
    server, port: status.port ?? 0, folder, asked, observed, moved, uploads,
    async seen(fits) {
      for (let tries = 0; tries < 6_000; tries += 1) {
        const found = observed.find(fits);
        if (found !== undefined) return found;
        await wait(10);
      }
      throw new Error(`not observed; instead: ${JSON.stringify(observed.slice(-5))}`);
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The same, stopped after the test. */
export async function startTftpHere(...args: Parameters<typeof startTftp>): Promise<TftpUnderTest> {
  const bench = await startTftp(...args);
  afterwards(() => bench.stop());
  return bench;
}

export function bytesSource(bytes: Uint8Array): Extract<TftpSource, { readonly kind: 'bytes' }> {
  return { kind: 'bytes', bytes, sha256: sha256(bytes) };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function someBytes(size: number): Uint8Array {
  return Uint8Array.from(randomBytes(size));
}
