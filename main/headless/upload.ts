import { createRouterClient, ORPCError, type AnyRouter } from '@orpc/server';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, statfs } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BenchClient } from '../../common/contract/contract.ts';
import { LARGEST_IMAGE, LARGEST_UPLOAD, type AddReport } from '../../common/values/firmware.ts';
import type { Failure } from '../../common/values/failure.ts';
import { PAGE_HEADERS } from './pages.ts';

/** Answers `PUT /firmware/NAME`, one file at a time. */
export interface UploadDesk {
  take(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
}

export const UPLOAD_PATH = '/firmware/';
/** Free space that is left for the record itself. */
const RESERVE = 256 * 1024 * 1024;
/** A browser that sends nothing for so long is gone. */
const IDLE_MS = 30_000;
const DRAIN_MS = 1000;
/** A flat name: no folder, no leading dot, nothing that a file system or a zip reader takes for something else. */
const NAME = /^[A-Za-z0-9][\w.+-]{0,119}$/;

type Status = 400 | 409 | 411 | 413 | 507;

/**
 * Writes what a page sends into a folder of its own below `folder`, gives that path to the catalogue and removes it again,
 * however it ends. The caller has looked at origin and session.
 */
export function createUploadDesk(folder: string, router: () => AnyRouter): UploadDesk {
  let busy = false;
  return {
    take: async (request, response, url) => {
      const name = nameOf(url);
      if (busy || name === null) return refuse(request, response, busy ? refusal(409, 'upload.busy') : refusal(400, 'upload.wrong-name'));
      // From before the first look at the disk: two that come at once would both find room.
      busy = true;
      const stop = new AbortController();
      response.once('close', () => stop.abort());
      const take = async (): Promise<AddReport | Refusal> =>
        (await problemOf(request, name, folder)) ?? receive(request, { name, folder, router: router(), replace: url.searchParams.has('replace'), signal: stop.signal });
      // Answered only when the place is free again: the page sends its next file at once.
      const taken = await take().finally(() => {
        busy = false;
      });
      if ('status' in taken) refuse(request, response, taken);
      else answer(response, taken);
    },
  };
}

interface Take {
  readonly name: string;
  readonly folder: string;
  readonly router: AnyRouter;
  readonly replace: boolean;
  readonly signal: AbortSignal;
}

async function receive(request: IncomingMessage, take: Take): Promise<AddReport | Refusal> {
  await mkdir(take.folder, { recursive: true, mode: 0o700 });
  const room = await mkdtemp(join(take.folder, 'sent-'));
  try {
    const file = join(room, take.name);
    request.setTimeout(IDLE_MS, () => request.destroy());
    await pipeline(request, atMost(Number(request.headers['content-length'])), createWriteStream(file, { flags: 'wx', mode: 0o600 }), { signal: take.signal });
    request.setTimeout(0);
    return await give(file, take);
  } catch (error) {
    return troubleOf(error, take.name);
  } finally {
    await rm(room, { recursive: true, force: true });
  }
}

/** The contract's own `firmware.add`, so that a page, the desktop and the command line all add in the same way. */
async function give(file: string, { router, replace, signal }: Take): Promise<AddReport> {
  const client = createRouterClient(router) as unknown as BenchClient;
  return client.firmware.add({ paths: [file], replace }, { signal });
}

function nameOf(url: URL): string | null {
  try {
    const name = decodeURIComponent(url.pathname.slice(UPLOAD_PATH.length));
    return NAME.test(name) && !name.includes('..') ? name : null;
  } catch {
    return null;
  }
}

/** What can be said before a byte is read: what is sent lies here twice for a moment, once as it came and once in the catalogue. */
async function problemOf(request: IncomingMessage, name: string, folder: string): Promise<Refusal | null> {
  const length = request.headers['content-length'];
  if (length === undefined || !/^\d{1,15}$/.test(length)) return refusal(411, 'upload.no-length', { name });
  if (Number(length) > LARGEST_UPLOAD) return refusal(413, 'upload.too-large', { name });
  if (!/\.zip$/i.test(name) && Number(length) > LARGEST_IMAGE) return refusal(413, 'firmware.too-large', { name, limit: LARGEST_IMAGE });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const disk = await statfs(folder).catch(() => null);
  const isFull = disk !== null && disk.bavail * disk.bsize < 2 * Number(length) + RESERVE;
  return isFull ? refusal(507, 'firmware.disk-full', { name, bytes: Number(length) }) : null;
}

interface Refusal {
  readonly status: Status;
  readonly failure: Failure;
}

function refusal(status: Status, code: string, params: Failure['params'] = {}): Refusal {
  return { status, failure: { code, params } };
}

/** Never more than was announced, whatever a client writes. */
function atMost(bytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform: (chunk: Buffer, _encoding, next) => {
      seen += chunk.length;
      if (seen > bytes) next(new Error('more than announced'));
      else next(null, chunk);
    },
  });
}

function troubleOf(error: unknown, name: string): Refusal {
  if (error instanceof ORPCError) {
    const data: unknown = error.data;
    if (typeof data === 'object' && data !== null && 'code' in data && typeof data.code === 'string') return { status: 400, failure: data as Failure };
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return refusal(507, 'firmware.disk-full', { name, bytes: 0 });
  return refusal(400, 'upload.broken', { name });
}

/** A browser that still sends would see a torn connection instead of the answer: what is on its way is taken and dropped. */
function refuse(request: IncomingMessage, response: ServerResponse, { status, failure }: Refusal): void {
  const text = JSON.stringify({ code: failure.code, params: failure.params });
  response.writeHead(status, { ...PAGE_HEADERS, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text), Connection: 'close' }).write(text);
  const end = (): void => void response.end();
  const limit = setTimeout(end, DRAIN_MS);
  request.once('close', () => clearTimeout(limit)).once('end', end).on('error', () => undefined).resume();
}

function answer(response: ServerResponse, report: AddReport): void {
  response.writeHead(200, { ...PAGE_HEADERS, 'Content-Type': 'application/json', Connection: 'close' }).end(JSON.stringify(report));
}
