import { createHash, randomBytes } from 'node:crypto';
import { request, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { notFetched } from './fetched.ts';
import type { Fetched, FetchedFile, Streamed, StreamedFile } from './fetched.ts';
import { authorization } from './http-auth.ts';
import type { Login } from './http-auth.ts';
import { MAX_PROFILE_BYTES } from './profile.ts';
import { reactToStatus } from './reaction.ts';
import { isMiddle, SILENT_MS, type ImageManner } from './strike.ts';
import { phoneTls, type TlsSide } from './trust.ts';

export interface HttpPlace {
  readonly address: string;
  readonly port: number;
  /** With query; empty counts as `/`. */
  readonly path: string;
  /** The Host header, as the URL spelled it. */
  readonly host: string;
}

export interface HttpManner {
  readonly userAgent: string;
  /** Real milliseconds of rest after every piece that is read; 0 = none. */
  readonly restMs: number;
  /** Lose the power at the first piece of the body. */
  readonly dieInBody: boolean;
  /** Left out or null: plain HTTP. */
  readonly tls?: TlsSide | null;
  /** Body of `--post`; null asks with GET. */
  readonly post: string | null;
  /** Sent when the server asks for it, never before. */
  readonly login: Login | null;
}

/** Whole exchange, in real milliseconds; for an image, the longest silence. */
const LIMIT_MS = 30_000;
/** Table 2 of the guide: a 401 or 407 is answered with credentials, two tries at most. */
const LOGIN_TRIES = 2;
/** Bytes of an image that one rest stands for: a block by TFTP, so that `slow` is as slow by both. */
const REST_PIECE = 1428;

/** What one request came to; a challenge waits for credentials. */
type Answer<F extends FetchedFile | StreamedFile> =
  | F
  | Exclude<Fetched, FetchedFile>
  | { readonly kind: 'challenge'; readonly status: number; readonly header: string };

/** Reads the body of a good answer; `end` may be called more than once, the first one counts. */
type BodyReader<F extends FetchedFile | StreamedFile> = (response: IncomingMessage, end: (result: F | Exclude<Fetched, FetchedFile>) => void) => void;

/** One GET or POST as a phone sends it, over a connection of its own. Redirects are told, not followed. */
export function httpGet(place: HttpPlace, manner: HttpManner, signal: AbortSignal): Promise<Fetched> {
  return exchange(place, manner, AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]), collector(manner));
}

/** The same for a file of any size, of which nothing is kept but its hash; ends when nothing comes for 30 s. */
export function httpStream(place: HttpPlace, manner: HttpManner, image: ImageManner, signal: AbortSignal): Promise<Streamed> {
  return exchange(place, manner, signal, digester(image));
}

async function exchange<F extends FetchedFile | StreamedFile>(
  place: HttpPlace, manner: HttpManner, limit: AbortSignal, body: BodyReader<F>,
): Promise<F | Exclude<Fetched, FetchedFile>> {
  let more: Record<string, string> = {};
  for (let tries = 0; ; tries += 1) {
    const answer = await ask(place, manner, more, limit, body);
    if (answer.kind !== 'challenge') return answer;
    const { status, header } = answer;
    if (manner.login === null) return notFetched(`HTTP status ${status}: no credentials`, 'C', String(status));
    const method = manner.post === null ? 'GET' : 'POST';
    const value = authorization(header, manner.login, { method, path: target(place).path, cnonce: randomBytes(8).toString('hex') });
    if (value === null) return notFetched(`HTTP status ${status}: unknown way of login`, 'C', String(status));
    if (tries >= LOGIN_TRIES) return notFetched(`HTTP status ${status}: credentials refused`, 'C', String(status));
    more = { ...more, [status === 407 ? 'Proxy-Authorization' : 'Authorization']: value };
  }
}

function ask<F extends FetchedFile | StreamedFile>(
  place: HttpPlace, manner: HttpManner, more: Readonly<Record<string, string>>, limit: AbortSignal, reader: BodyReader<F>,
): Promise<Answer<F>> {
  const body = manner.post === null ? null : Buffer.from(manner.post, 'utf8');
  const tls = manner.tls ?? null;
  const own = { ...headers(place, manner.userAgent, tls), ...more };
  // Cisco shows no media type for a POST; the field's own servers read the body raw.
  const sending = body === null ? { headers: own } : { method: 'POST', headers: { ...own, 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': body.length } };
  return new Promise((resolve) => {
    if (limit.aborted) return resolve(notFetched('Cancelled'));
    const sent = begin(place, { ...sending, signal: limit }, tls, (response) => readAnswer(response, reader, resolve));
    sent.setTimeout(LIMIT_MS, () => sent.destroy(new Error('Timed out')));
    sent.on('error', (error) => resolve(notFetched(`${tls === null ? 'http' : 'https'}_get failed: ${error.message}`)));
    sent.end(body ?? undefined);
  });
}

function readAnswer<F extends FetchedFile | StreamedFile>(response: IncomingMessage, reader: BodyReader<F>, resolve: (answer: Answer<F>) => void): void {
  const status = response.statusCode ?? 0;
  const step = reactToStatus(status);
  const end = (result: Answer<F>): void => {
    response.destroy();
    resolve(result);
  };
  if (step.kind === 'fail') return end(notFetched(step.error, step.reaction, String(status)));
  if (step.kind === 'authenticate') {
    return end({ kind: 'challenge', status, header: textOf(response, status === 407 ? 'proxy-authenticate' : 'www-authenticate') });
  }
  if (step.kind === 'follow') {
    const location = response.headers.location;
    return end(location ? { kind: 'redirect', location } : notFetched('Redirect without a place to go', 'C', String(status)));
  }
  response.on('error', (error) => resolve(notFetched(`Connection lost: ${error.message}`)));
  reader(response, end);
}

function collector(manner: HttpManner): BodyReader<FetchedFile> {
  return (response, end) => {
    const pieces: Buffer[] = [];
    let length = 0;
    response.on('data', (piece: Buffer) => {
      if (manner.dieInBody) return end({ kind: 'power-lost' });
      pieces.push(piece);
      length += piece.length;
      if (length > MAX_PROFILE_BYTES) return end(notFetched('File too large'));
      breathe(response, manner.restMs);
    });
    const coding = textOf(response, 'content-encoding').trim().toLowerCase();
    response.on('end', () => end({ kind: 'file', bytes: Buffer.concat(pieces), coding }));
  };
}

function digester({ strikes, restMs }: ImageManner): BodyReader<StreamedFile> {
  return (response, end) => {
    const hash = createHash('sha256');
    const declared = textOf(response, 'content-length');
    const total = /^\d{1,15}$/.test(declared) ? Number(declared) : null;
    let length = 0;
    response.on('data', (piece: Buffer) => {
      hash.update(piece);
      length += piece.length;
      if (strikes === null || !isMiddle(length, total)) return breathe(response, restMs * Math.ceil(piece.length / REST_PIECE));
      if (strikes === 'power') return end({ kind: 'power-lost' });
      response.pause();
      response.removeAllListeners('data');
      setTimeout(() => end(notFetched('Timed out')), SILENT_MS).unref();
    });
    response.on('end', () => end({ kind: 'file', length, sha256: hash.digest('hex') }));
  };
}

/** What is not read stays in the buffers of both systems, and the server feels it. */
function breathe(response: IncomingMessage, ms: number): void {
  if (ms <= 0) return;
  response.pause();
  setTimeout(() => response.resume(), ms);
}

/** One POST or PUT with a body; the answer's status, or the error as text. */
export function httpSend(
  place: HttpPlace, method: 'POST' | 'PUT', body: { readonly bytes: Uint8Array; readonly headers: Readonly<Record<string, string>> },
  agent: string, signal: AbortSignal, tls: TlsSide | null = null,
): Promise<{ readonly status: number } | { readonly error: string }> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  return new Promise((resolve) => {
    if (limit.aborted) return resolve({ error: 'Cancelled' });
    const sent = begin(
      place,
      { method, signal: limit, headers: { ...headers(place, agent, tls), ...body.headers, 'Content-Length': body.bytes.length } },
      tls,
      (response) => {
        response.resume();
        response.on('error', (error) => resolve({ error: error.message }));
        response.on('end', () => resolve({ status: response.statusCode ?? 0 }));
      },
    );
    sent.on('error', (error) => resolve({ error: error.message }));
    sent.end(body.bytes);
  });
}

/** Several headers of one name count as one list. */
function textOf(response: IncomingMessage, name: string): string {
  return [response.headers[name] ?? []].flat().join(', ');
}

/** A connection of its own for each request, as phones make it. */
function begin(place: HttpPlace, options: RequestOptions, tls: TlsSide | null, heard: (response: IncomingMessage) => void): ClientRequest {
  const whole = { ...target(place), ...options, agent: false as const };
  return tls === null ? request(whole, heard) : requestOverTls({ ...whole, ...phoneTls(place.host, tls) }, heard);
}

function target(place: HttpPlace): { readonly host: string; readonly port: number; readonly path: string } {
  // Node refuses a path with characters that may not stand in a request line; a phone sends them as they are. Ours encodes those alone.
  const path = place.path === '' ? '/' : place.path.replaceAll(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character.toWellFormed()));
  return { host: place.address, port: place.port, path };
}

function headers(place: HttpPlace, agent: string, tls: TlsSide | null): Record<string, string> {
  return { 'User-Agent': agent, Host: place.port === (tls === null ? 80 : 443) ? place.host : `${place.host}:${place.port}`, Accept: '*/*' };
}
