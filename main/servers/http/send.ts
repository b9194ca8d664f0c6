import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { beginContent, type Head } from './content.ts';
import type { HttpAnswer } from './needs.ts';
import { refuse, type Reply } from './reply.ts';

type Answer<K extends HttpAnswer['kind']> = Extract<HttpAnswer, { kind: K }>;

/** One write to the system. Larger ones cost memory for each transfer, smaller ones cost CPU. */
export const PIECE = 262_144;
const SMALL_PIECE = 65_536;
/** Beyond so many files at once each gets a small buffer. */
const MANY = 64;

let filesOpen = 0;

export async function sendBytes(reply: Reply, answer: Answer<'bytes'>): Promise<void> {
  const head = beginContent(reply, answer, answer.bytes.length);
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

/** Reads with one buffer and sends with back-pressure; a file that changes meanwhile is never completed. */
export async function sendFile(reply: Reply, answer: Answer<'file'>): Promise<void> {
  const file = await openChecked(reply, answer);
  if (file === null) return;
  filesOpen += 1;
  try {
    const before = await file.stat();
    const head = beginContent(reply, answer, answer.size);
    if (head === null) return;
    const length = head.length ?? 0;
    begin(reply, head, length > PIECE);
    const hash = head.sha256 === null && head.status === 200 ? createHash('sha256') : null;
    if (length === 0) return end(reply, head, hash?.digest('hex') ?? head.sha256, new Uint8Array(0));
    const buffer = Buffer.allocUnsafe(Math.min(length, filesOpen > MANY ? SMALL_PIECE : PIECE));
    let left = length;
    while (left > 0) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, left), head.first + length - left);
      const changed = bytesRead === 0 || (bytesRead === left && (await hasChanged(file, before)));
      if (changed) return tearDown(reply, 'http.file-changed');
      const piece = buffer.subarray(0, bytesRead);
      hash?.update(piece);
      left -= bytesRead;
      if (left > 0) await write(reply, piece);
      else end(reply, head, hash?.digest('hex') ?? head.sha256, piece);
    }
  } catch (error) {
    tearDown(reply, error === GONE ? 'http.gone' : 'http.file-unreadable');
  } finally {
    filesOpen -= 1;
    await file.close();
  }
}

/** Content of unknown length. */
export async function sendStream(reply: Reply, answer: Answer<'stream'>): Promise<void> {
  const head = beginContent(reply, answer, null);
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

async function openChecked(reply: Reply, answer: Answer<'file'>): Promise<FileHandle | null> {
  let file: FileHandle;
  try {
    // Without O_NONBLOCK a pipe under a served name would hold a thread for ever.
    file = await open(answer.file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ENOENT') refuse(reply, 404, 'file.not-found');
    else refuse(reply, 500, 'http.file-unreadable', { detail: { cause: code } });
    return null;
  }
  const found = await file.stat();
  if (found.isFile() && found.size === answer.size) return file;
  await file.close();
  if (found.isFile()) refuse(reply, 503, 'http.file-changed');
  else refuse(reply, 404, 'file.not-found');
  return null;
}

async function hasChanged(file: FileHandle, before: { readonly size: number; readonly mtimeMs: number }): Promise<boolean> {
  const after = await file.stat();
  return after.size !== before.size || after.mtimeMs !== before.mtimeMs;
}
