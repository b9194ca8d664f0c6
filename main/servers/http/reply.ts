import type { IncomingMessage, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Detail, Exchange } from './exchange.ts';

/** One request and its response, with the exchange that tells of both. */
export interface Reply {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly exchange: Exchange;
}

/** How long a refused body is still read, so that the refusal arrives before the connection is reset. */
const LINGER_MS = 2_000;

/** The short answers: refusals, redirects, receipts. Phones see the status and one line of text, people see `code`. */
export function answerShort(
  reply: Reply,
  status: number,
  headers: Readonly<Record<string, string | readonly string[]>>,
  done: () => void,
): void {
  const { response, request } = reply;
  const text = status === 204 ? '' : `${status} ${STATUS_CODES[status] ?? 'Unknown'}\n`;
  const length = status === 204 ? {} : { 'Content-Length': Buffer.byteLength(text), 'Content-Type': 'text/plain; charset=utf-8' };
  const unread = !request.complete && hasBody(request);
  if (unread) response.shouldKeepAlive = false;
  if (!unread) response.once('finish', done);
  response.once('close', () => { reply.exchange.broken('http.gone'); });
  response.writeHead(status, { 'Cache-Control': 'no-store', ...length, ...writable(headers) });
  if (!unread) {
    response.end(text);
    return;
  }
  // The client may leave as soon as it has read this: what counts is that it was said.
  response.write(text, (error) => { if (!error) done(); });
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  request.once('end', end);
  request.once('close', end);
  request.resume();
}

/** Refuses on purpose; `code` stands only in the evidence. */
export function refuse(
  reply: Reply,
  status: number,
  code: string,
  options: { readonly detail?: Detail; readonly headers?: Readonly<Record<string, string | readonly string[]>> } = {},
): void {
  answerShort(reply, status, options.headers ?? {}, () => {
    reply.exchange.finish({ kind: 'refused', answer: String(status), code }, options.detail);
  });
}

export function hasBody(request: IncomingMessage): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && Number(length) > 0);
}

function writable(headers: Readonly<Record<string, string | readonly string[]>>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]): [string, string | string[]] => [name, typeof value === 'string' ? value : [...value]]),
  );
}
