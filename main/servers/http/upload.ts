import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { Reply } from './reply.ts';
import type { ReceivedBody } from './needs.ts';

export type UploadAnswer =
  | { readonly kind: 'body'; readonly body: ReceivedBody | null }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  /** The client is gone; there is nobody to answer. */
  | { readonly kind: 'broken' };

/**
 * Writes a body into a file that must not exist yet, up to `limit` bytes, hashed on the way and on disk when this
 * resolves: what a phone reported once it does not report again. `ready` is called when the body may come.
 */
export async function receiveBody(
  reply: Reply,
  spool: { readonly file: string; readonly limit: number },
  ready: () => void,
): Promise<UploadAnswer> {
  const { request, exchange } = reply;
  const declared = request.headers['content-length'] === undefined ? null : Number(request.headers['content-length']);
  if (declared !== null && declared > spool.limit) return { kind: 'refused', status: 413, code: 'upload.too-large' };
  exchange.receiving(declared);
  const hash = createHash('sha256');
  let bytes = 0;
  let answer: UploadAnswer;
  try {
    const file = await open(spool.file, 'wx', 0o600);
    ready();
    try {
      for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > spool.limit) break;
        hash.update(chunk);
        await file.write(chunk);
        exchange.moved(chunk.length);
      }
      if (bytes <= spool.limit) await file.datasync();
    } finally {
      await file.close();
    }
    answer = bytes > spool.limit
      ? { kind: 'refused', status: 413, code: 'upload.too-large' }
      : { kind: 'body', body: bytes === 0 ? null : { file: spool.file, bytes, sha256: hash.digest('hex') } };
  } catch (error) {
    answer = failure(error, request.destroyed && !request.complete);
  }
  if (answer.kind !== 'body' || answer.body === null) await rm(spool.file, { force: true });
  exchange.phase = exchange.phase === 'receiving' ? 'answering' : exchange.phase;
  return answer;
}

function failure(error: unknown, gone: boolean): UploadAnswer {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return { kind: 'refused', status: 507, code: 'upload.disk-full' };
  if (gone || code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') return { kind: 'broken' };
  return { kind: 'refused', status: 500, code: 'http.failed' };
}
