import { judgeConditions, lastModified, rangeHolds, type Validators } from './conditions.ts';
import type { Detail } from './exchange.ts';
import { readRange, type RangeAnswer } from './range.ts';
import { answerShort, refuse, type Reply } from './reply.ts';
import { tellsUnacknowledged } from './unacknowledged.ts';

/** What is known of content before its first byte is sent. */
export interface Content {
  /** Bytes; null: nobody knows yet. */
  readonly size: number | null;
  /** Lower-case hex; null where it is learnt by sending. */
  readonly sha256: string | null;
  /** Milliseconds since 1970, null where no time is known. */
  readonly modified: number | null;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the header of a response with content says. `length` null: nobody knows yet. */
export interface Head {
  readonly status: 200 | 206;
  readonly first: number;
  readonly length: number | null;
  /** Of the whole content; null for a part and where it is not known yet. */
  readonly sha256: string | null;
  readonly detail: Detail;
}

/**
 * Settles conditions and range, writes the header and, for HEAD, 304, 412 and a part behind the end, the whole response.
 * @returns null when there is nothing more to send.
 */
export function beginContent(reply: Reply, content: Content): Head | null {
  const { response, exchange } = reply;
  const { method } = reply.request;
  const { size, sha256, modified } = content;
  const now = exchange.startedAt;
  const validators: Validators = { etag: sha256 === null ? null : `"${sha256}"`, modified };
  if (!tellsUnacknowledged(exchange.peer)) response.shouldKeepAlive = false;
  if (method === 'GET' || method === 'HEAD') {
    const condition = judgeConditions(reply.request.headers, validators);
    if (condition === 'failed') {
      refuse(reply, 412, 'http.condition');
      return null;
    }
    if (condition === 'not-modified') {
      endWithout(reply, 304, describe(content, validators, now));
      return null;
    }
  }
  const range = rangeOf(reply, content, validators, now);
  if (range.kind === 'outside') {
    refuse(reply, 416, 'http.range', { headers: { 'Content-Range': `bytes */${size ?? 0}` } });
    return null;
  }
  const headers: Record<string, string | number> = { 'Content-Type': content.contentType, ...describe(content, validators, now) };
  if (range.kind === 'part') {
    const { first, last } = range.range;
    headers['Content-Range'] = `bytes ${first}-${last}/${size ?? 0}`;
    headers['Content-Length'] = last - first + 1;
    response.writeHead(206, headers);
    return { status: 206, first, length: last - first + 1, sha256: null, detail: { range: `${first}-${last}` } };
  }
  if (size !== null) headers['Content-Length'] = size;
  if (method === 'HEAD') {
    endWithout(reply, 200, headers);
    return null;
  }
  response.writeHead(200, headers);
  return { status: 200, first: 0, length: size, sha256, detail: {} };
}

/** 301, 302, 307 …; phones follow at once. */
export function redirect(reply: Reply, status: number, location: string): void {
  answerShort(reply, status, { Location: location }, () => {
    reply.exchange.finish({ kind: 'answered', answer: String(status) }, { location: location.slice(0, 200) });
  });
}

function rangeOf({ request }: Reply, { size }: Content, validators: Validators, now: number): RangeAnswer {
  const { range, 'if-range': ifRange } = request.headers;
  if (size === null || request.method !== 'GET' || range === undefined) return { kind: 'whole' };
  return rangeHolds(ifRange === undefined ? undefined : String(ifRange), validators, now) ? readRange(range, size) : { kind: 'whole' };
}

/** What 200, 206 and 304 say alike (RFC 9110 §15.4.5). */
function describe({ size, modified, headers }: Content, { etag }: Validators, now: number): Record<string, string> {
  const date = lastModified(modified, now);
  return {
    // A profile belongs to one phone: nothing on the way may keep it for another.
    'Cache-Control': 'no-store',
    ...(size === null ? {} : { 'Accept-Ranges': 'bytes' }),
    ...(etag === null ? {} : { ETag: etag }),
    ...(date === null ? {} : { 'Last-Modified': date }),
    ...headers,
  };
}

/** The header is the whole answer. */
function endWithout({ response, exchange }: Reply, status: 200 | 304, headers: Readonly<Record<string, string | number>>): void {
  response.once('finish', () => { exchange.finish({ kind: 'answered', answer: String(status) }); });
  response.once('close', () => { exchange.broken('http.gone'); });
  response.writeHead(status, headers).end();
}
