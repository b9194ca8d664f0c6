import type { Detail } from './exchange.ts';
import type { HttpAnswer } from './needs.ts';
import { rangeHolds, readRange } from './range.ts';
import { answerShort, refuse, type Reply } from './reply.ts';
import { tellsUnacknowledged } from './unacknowledged.ts';

/** What the header of a response with content says. `length` null: nobody knows yet. */
export interface Head {
  readonly status: 200 | 206;
  readonly first: number;
  readonly length: number | null;
  /** Of the whole content; null for a part and where it is not known yet. */
  readonly sha256: string | null;
  readonly detail: Detail;
}

type Content = Extract<HttpAnswer, { kind: 'bytes' | 'file' | 'stream' }>;

/**
 * Settles the range, writes the header and, for HEAD and for a part behind the end, the whole response.
 * @returns null when there is nothing more to send.
 */
export function beginContent(reply: Reply, content: Content, size: number | null): Head | null {
  const { request, response } = reply;
  const sha256 = content.kind === 'stream' ? null : content.sha256;
  if (!tellsUnacknowledged(reply.exchange.peer)) response.shouldKeepAlive = false;
  const etag = sha256 === null ? null : `"${sha256.slice(0, 32)}"`;
  const extra = content.kind === 'stream' ? undefined : content.headers;
  const { range: wanted, 'if-range': ifRange } = request.headers;
  const range = size === null || request.method !== 'GET' || !rangeHolds(ifRange === undefined ? undefined : String(ifRange), etag)
    ? ({ kind: 'whole' } as const)
    : readRange(wanted, size);
  if (range.kind === 'outside') {
    refuse(reply, 416, 'http.range', { headers: { 'Content-Range': `bytes */${size ?? 0}` } });
    return null;
  }
  const headers: Record<string, string | number> = {
    'Content-Type': content.contentType,
    // A profile belongs to one phone: nothing on the way may keep it for another.
    'Cache-Control': 'no-store',
    ...(size === null ? {} : { 'Accept-Ranges': 'bytes' }),
    ...(etag === null ? {} : { ETag: etag }),
    ...extra,
  };
  if (range.kind === 'part') {
    const { first, last } = range.range;
    headers['Content-Range'] = `bytes ${first}-${last}/${size ?? 0}`;
    headers['Content-Length'] = last - first + 1;
    response.writeHead(206, headers);
    return { status: 206, first, length: last - first + 1, sha256: null, detail: { range: `${first}-${last}` } };
  }
  if (size !== null) headers['Content-Length'] = size;
  if (request.method === 'HEAD') {
    response.once('finish', () => { reply.exchange.finish({ kind: 'answered', answer: '200' }); });
    response.once('close', () => { reply.exchange.broken('http.gone'); });
    response.writeHead(200, headers).end();
    return null;
  }
  response.writeHead(200, headers);
  return { status: 200, first: 0, length: size, sha256, detail: {} };
}

/** 301, 302 …; phones follow at once. */
export function redirect(reply: Reply, status: number, location: string): void {
  answerShort(reply, status, { Location: location }, () => {
    reply.exchange.finish({ kind: 'answered', answer: String(status) }, { location: location.slice(0, 200) });
  });
}
