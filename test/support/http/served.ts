import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Observation, TransferProgress } from '../../../common/values/observation.ts';
import type { RunningServer } from '../../../common/values/server.ts';
import type { HttpLimits } from '../../../main/servers/http/config.ts';
import type { HttpAnswer, HttpAsk } from '../../../main/servers/http/needs.ts';
import type { Transport } from '../../../main/servers/http/listener.ts';
import { createHttpServer } from '../../../main/servers/http/server.ts';

/** A running HTTP server on loopback with given answers, and everything it said. */
export interface Served {
  readonly server: RunningServer;
  readonly port: number;
  readonly url: string;
  readonly folder: string;
  readonly asks: readonly HttpAsk[];
  readonly seen: readonly Observation[];
  readonly progress: readonly TransferProgress[];
  /** Files that lie in the spool folder. */
  spooled(): readonly string[];
  /** Waits until an observation fits; fails with what was seen instead. */
  saw(fits: (observation: Observation) => boolean): Promise<Observation>;
  end(): Promise<void>;
}

export interface ServedOptions {
  readonly limits?: Partial<HttpLimits>;
  readonly bodyLimit?: number;
  /** TLS makes it `https`. */
  readonly transport?: Transport;
}

export async function serveHttp(answer: (ask: HttpAsk) => HttpAnswer | Promise<HttpAnswer>, options: ServedOptions = {}): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'dialbench-http-'));
  const asks: HttpAsk[] = [];
  const seen: Observation[] = [];
  const progress: TransferProgress[] = [];
  let spoolCount = 0;
  const needs = {
    answer: async (ask: HttpAsk) => {
      asks.push(ask);
      return answer(ask);
    },
    spool: async () => ({ file: join(folder, `spool-${(spoolCount += 1)}`), limit: options.bodyLimit ?? 1_000_000 }),
    observe: (observation: Observation) => { seen.push(observation); },
    progress: (transfers: readonly TransferProgress[]) => { progress.push(...transfers); },
    changed: () => undefined,
  };
  const name = options.transport ? 'https' : 'http';
  const server = createHttpServer({ name, address: '127.0.0.1', port: 0, limits: options.limits ?? {} }, needs, () => Date.now(), options.transport);
  const status = await server.start();
  if (status.port === null) throw new Error(`the server did not start: ${JSON.stringify(status.error)}`);
  return {
    server,
    port: status.port,
    url: `${name}://127.0.0.1:${status.port}`,
    folder,
    asks,
    seen,
    progress,
    spooled: () => readdirSync(folder).filter((name) => name.startsWith('spool-')),
    saw: (fits) => waitFor(() => seen.find(fits), () => `seen instead: ${JSON.stringify(seen.slice(-5))}`),
    end: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Asks every 20 ms until there is a value; fails after a minute. */
export async function waitFor<T>(value: () => T | undefined | null | false, otherwise: () => string): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    const found = value();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > end) throw new Error(otherwise());
    await wait(20);
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** 20 KB that look like a profile. */
export const PROFILE = Buffer.from(`<flat-profile>\n${'  <GPP_A ua="na">0123456789 é &amp; more</GPP_A>\n'.repeat(400)}</flat-profile>\n`);
export const PROFILE_SHA256 = sha256(PROFILE);

export const profileAnswer: HttpAnswer = { kind: 'bytes', bytes: PROFILE, sha256: PROFILE_SHA256, contentType: 'text/xml' };
export const missingAnswer: HttpAnswer = { kind: 'refuse', status: 404, code: 'file.not-found' };
