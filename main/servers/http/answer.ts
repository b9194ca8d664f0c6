import { rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { readAuthorization, type Credentials } from './authorization.ts';
import { checkCredentials, type Challenge } from './challenge.ts';
import type { Connection } from './connection.ts';
import { redirect } from './content.ts';
import type { HttpAnswer, HttpAsk, HttpMethod, HttpNeeds, ReceivedBody } from './needs.ts';
import type { Nonces } from './nonces.ts';
import type { OpenFiles } from './open-files.ts';
import { answerShort, hasBody, refuse, type Reply } from './reply.ts';
import { sendBytes, sendFile, sendStream } from './send.ts';
import { readTarget, type Target } from './target.ts';
import { receiveBody } from './upload.ts';

/** What answering one request needs of the server around it. */
export interface Desk {
  readonly needs: HttpNeeds;
  readonly nonces: Nonces;
  readonly files: OpenFiles;
  readonly server: 'http' | 'https';
  now(): number;
  certificate(socket: Socket): string | null;
}

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT'] satisfies readonly HttpMethod[];

/** From the header of a request to the last byte of its answer. Never rejects. */
export async function answerRequest(desk: Desk, reply: Reply, connection: Connection, expects: boolean): Promise<void> {
  const { request, exchange } = reply;
  let body: ReceivedBody | null = null;
  let kept = false;
  try {
    const ask = readAsk(desk, reply, connection);
    if (ask === null) return;
    if (ask.method === 'GET' || ask.method === 'HEAD') {
      // A body has no meaning here (RFC 9110 §9.3.1): it is not read, and the connection does not outlive it.
      if (hasBody(request)) reply.response.shouldKeepAlive = false;
    } else if (hasBody(request)) {
      const received = await takeBody(desk, reply, ask, expects);
      if (received === 'over') return;
      body = received;
    }
    const credentials = readAuthorization(request.headers.authorization);
    const full = { ...ask, body };
    const answer = await desk.needs.answer(full);
    kept = await carryOut(desk, reply, answer, credentials, full);
  } catch (error) {
    fail(reply, error);
  } finally {
    if (body !== null && !kept) await rm(body.file, { force: true }).catch(() => undefined);
    if (exchange.phase === 'answering' && reply.response.destroyed) exchange.broken('http.gone');
  }
}

/** Everything that is refused before the app is asked; null when that happened. */
function readAsk(desk: Desk, reply: Reply, connection: Connection): Omit<HttpAsk, 'body'> & { readonly body: null } | null {
  const { request, exchange } = reply;
  const { headers, method = '' } = request;
  if (!METHODS.includes(method)) {
    refuse(reply, 501, 'http.method', { headers: { Allow: METHODS.join(', ') } });
    return null;
  }
  if (headers.host === undefined && request.httpVersion === '1.1') return refused(reply, 400, 'http.no-host');
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') return refused(reply, 417, 'http.expectation');
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') return refused(reply, 501, 'http.encoding');
  const found = readTarget(request.url ?? '/');
  if (!found.ok) return refused(reply, found.tooLong ? 414 : 404, found.code);
  const credentials = readAuthorization(headers.authorization);
  return {
    server: desk.server,
    peer: connection.peer,
    local: connection.local,
    method: method as HttpMethod,
    ...(found.target satisfies Target),
    userAgent: exchange.facts.userAgent ?? null,
    contentType: headers['content-type'] ?? null,
    contentEncoding: headers['content-encoding'] ?? null,
    authorization: credentials === null ? null : { scheme: credentials.scheme, user: credentials.scheme === 'other' ? null : credentials.user },
    certificate: exchange.facts.certificate ?? null,
    exchange: exchange.id,
    body: null,
  };
}

async function takeBody(desk: Desk, reply: Reply, ask: HttpAsk, expects: boolean): Promise<ReceivedBody | null | 'over'> {
  const spool = await desk.needs.spool(ask);
  if ('refuse' in spool) {
    refuse(reply, spool.refuse.status, spool.refuse.code);
    return 'over';
  }
  const received = await receiveBody(reply, spool, () => { if (expects) reply.response.writeContinue(); });
  if (received.kind === 'body') return received.body;
  if (received.kind === 'broken') reply.exchange.broken('http.body-broken');
  else refuse(reply, received.status, received.code, { detail: { limit: spool.limit } });
  return 'over';
}

/** @returns true when the app keeps the body. */
async function carryOut(desk: Desk, reply: Reply, answer: HttpAnswer, credentials: Credentials | null, ask: HttpAsk): Promise<boolean> {
  if (reply.response.destroyed) return answer.kind === 'stored';
  switch (answer.kind) {
    case 'bytes':
      await sendBytes(reply, answer);
      return false;
    case 'file':
      await sendFile(reply, answer, desk.files);
      return false;
    case 'stream':
      await sendStream(reply, answer);
      return false;
    case 'redirect':
      redirect(reply, answer.status, answer.location);
      return false;
    case 'refuse':
      refuse(reply, answer.status, answer.code, answer.detail === undefined ? {} : { detail: answer.detail });
      return false;
    case 'stored':
      acknowledge(reply, answer, ask.body);
      return true;
    case 'challenge':
      return challenge(desk, reply, answer, credentials, ask);
  }
}

async function challenge(desk: Desk, reply: Reply, answer: Challenge, credentials: Credentials | null, ask: HttpAsk): Promise<boolean> {
  const request = { method: ask.method, target: reply.request.url ?? '', now: desk.now() };
  const verdict = checkCredentials(answer, credentials, request, desk.nonces);
  if (verdict.kind === 'passed') return carryOut(desk, reply, await answer.proceed(), credentials, ask);
  const headers = { 'WWW-Authenticate': verdict.headers };
  if (verdict.why === 'wrong') {
    refuse(reply, 401, 'http.credentials-wrong', { headers, detail: { user: ask.authorization?.user?.slice(0, 64) ?? '' } });
  } else {
    // The first half of every login: not a refusal yet.
    answerShort(reply, 401, headers, () => { reply.exchange.finish({ kind: 'answered', answer: '401' }, { reason: verdict.why }); });
  }
  return false;
}

function acknowledge(reply: Reply, answer: Extract<HttpAnswer, { kind: 'stored' }>, body: ReceivedBody | null): void {
  const { bytes, sha256 } = body ?? { bytes: 0, sha256: EMPTY_SHA256 };
  // It is on disk: whether the phone hears of it does not change that.
  reply.exchange.finish({ kind: 'received', answer: String(answer.status), bytes, sha256, stored: answer.as });
  answerShort(reply, answer.status, {}, () => undefined);
}

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function refused(reply: Reply, status: number, code: string): null {
  refuse(reply, status, code);
  return null;
}

function fail(reply: Reply, error: unknown): void {
  const reason = error instanceof Error ? error.name : 'unknown';
  if (reply.response.headersSent || reply.response.destroyed) {
    reply.exchange.cause ??= 'http.failed';
    reply.response.destroy();
    reply.exchange.broken('http.failed', { reason });
  } else refuse(reply, 500, 'http.failed', { detail: { reason } });
}
