import { createHash } from 'node:crypto';
import { beginContent, type Content, type Head } from './content.ts';
import { ClientGone, download } from './download.ts';
import type { HttpAnswer } from './needs.ts';
import { FileChanged, type OpenFiles } from './open-files.ts';
import { refuse, type Reply } from './reply.ts';

type Answer<K extends HttpAnswer['kind']> = Extract<HttpAnswer, { kind: K }>;

/** One write to the system. Larger ones cost memory for each transfer, smaller ones cost CPU (docs/adr/0006). */
export const PIECE = 262_144;
const SMALLEST_PIECE = 16_384;
/** Pieces of all files that are being sent, together, bytes. */
const SENDING_BYTES = 64 * PIECE;

export async function sendBytes(reply: Reply, answer: Answer<'bytes'>): Promise<void> {
  const head = beginContent(reply, { ...answer, size: answer.bytes.length, modified: null });
  if (head === null) return;
  const length = head.length ?? 0;
  const bytes = length === answer.bytes.length ? answer.bytes : answer.bytes.subarray(head.first, head.first + length);
  const large = length > PIECE;
  begin(reply, head, large);
  if (!large) {
    finishWhenSent(reply, head, head.sha256, length);
    reply.response.end(bytes);
    return;
  }
  try {
    for (let at = 0; at < length; at += PIECE) {
      const piece = bytes.subarray(at, at + PIECE);
      if (at + PIECE < length) await write(reply, piece);
      else end(reply, head, head.sha256, piece);
    }
  } catch {
    tearDown(reply, 'http.gone');
  }
}

/**
 * Sends a file piece by piece with back-pressure; pieces are read once for all who follow closely. A file that is cut, that
 * changes meanwhile or that is not what its SHA-256 promised is never completed.
 */
export async function sendFile(reply: Reply, answer: Answer<'file'>, files: OpenFiles): Promise<void> {
  const opened = await files.open(answer.file);
  if (opened.kind === 'missing') return refuse(reply, 404, 'file.not-found');
  if (opened.kind === 'unreadable') return refuse(reply, 500, 'http.file-unreadable', { detail: { cause: opened.cause } });
  const { lease } = opened;
  try {
    if (answer.stamp !== undefined && answer.stamp !== lease.stamp) return refuse(reply, 503, 'http.file-replaced');
    const other = lease.size !== answer.size || (answer.sha256 !== null && lease.sha256 !== null && answer.sha256 !== lease.sha256);
    if (other) return refuse(reply, 503, 'http.file-changed');
    const content: Content = { ...answer, modified: lease.modified, sha256: answer.sha256 ?? lease.sha256 };
    const head = beginContent(reply, content);
    if (head === null) return;
    begin(reply, head, (head.length ?? 0) > PIECE);
    if (head.length === 0) return end(reply, head, lease.sha256, new Uint8Array(0));
    await download(reply, { head, lease, size: () => pieceSize(files.leases), promised: answer.sha256, end: (bytes, sha256) => { end(reply, head, sha256, bytes); } });
  } catch (error) {
    tearDown(reply, error instanceof ClientGone ? 'http.gone' : error instanceof FileChanged ? 'http.file-changed' : 'http.file-unreadable');
  } finally {
    await lease.close();
  }
}

/**
 * Bytes of one piece while so many files are being sent: whole up to 64 of them, 32 KB each with 500, so that a crowd costs
 * no more memory than a handful.
 */
export function pieceSize(sending: number): number {
  let size = PIECE;
  while (size > SMALLEST_PIECE && size * sending > SENDING_BYTES) size /= 2;
  return size;
}

/** Content of unknown length. */
export async function sendStream(reply: Reply, answer: Answer<'stream'>): Promise<void> {
  const head = beginContent(reply, { size: null, sha256: null, modified: null, contentType: answer.contentType });
  if (head === null) return;
  begin(reply, head, true);
  const hash = createHash('sha256');
  try {
    for await (const chunk of answer.chunks) {
      if (chunk.length === 0) continue;
      hash.update(chunk);
      await write(reply, chunk);
    }
    end(reply, head, hash.digest('hex'), new Uint8Array(0));
  } catch (error) {
    tearDown(reply, error === GONE ? 'http.gone' : 'http.failed');
  }
}

const GONE = new Error('the client is gone');

function begin(reply: Reply, head: Head, tell: boolean): void {
  const { exchange, response } = reply;
  exchange.sending(head.length, head.sha256, tell);
  response.once('close', () => {
    if (exchange.phase === 'sending') exchange.broken('http.gone');
  });
}

/** Resolves when the system has taken the bytes, so that the buffer may be filled again. */
function write(reply: Reply, piece: Uint8Array): Promise<void> {
  const { response, exchange } = reply;
  if (response.destroyed) return Promise.reject(GONE);
  return new Promise((resolve, reject) => {
    const gone = (): void => { reject(GONE); };
    response.once('close', gone);
    response.write(piece, (error) => {
      response.off('close', gone);
      if (error) return reject(GONE);
      exchange.moved(piece.length);
      resolve();
    });
  });
}

function end(reply: Reply, head: Head, sha256: string | null, piece: Uint8Array): void {
  finishWhenSent(reply, head, sha256, piece.length);
  reply.response.end(piece);
}

function finishWhenSent(reply: Reply, head: Head, sha256: string | null, lastBytes: number): void {
  const { response, exchange } = reply;
  response.once('finish', () => {
    exchange.moved(lastBytes);
    exchange.sent(String(head.status), sha256, head.detail);
  });
}

function tearDown(reply: Reply, cause: string): void {
  reply.exchange.cause ??= cause;
  // A length was promised: only a broken connection tells the phone that it does not have everything.
  reply.response.destroy();
  reply.exchange.broken(cause);
}
