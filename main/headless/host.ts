import type { AnyRouter } from '@orpc/server';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { WebSocketServer } from 'ws';
import { attendSocket } from './attend-socket.ts';
import { createGate, isOwnRequest, type Gate } from './gate.ts';
import { keepAlive } from './keep-alive.ts';
import { PAGE_HEADERS, sendPage } from './pages.ts';
import { createUploadDesk, UPLOAD_PATH } from './upload.ts';

export interface HeadlessConfig {
  readonly address: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Folder of the built UI. */
  readonly pages: string;
  /** Folder for files that a page sends, until the bench has taken them; emptied at the start. Without one none is taken. */
  readonly incoming?: string;
}

/** The browser UI's door. `url` carries the token in its fragment. */
export interface HeadlessHost {
  readonly url: string;
  /** Ends every page's pipe; each page connects again by itself and gets the router of that moment. */
  reconnect(): void;
  close(): Promise<void>;
}

/** Larger than any list or template that the contract takes. */
const MAX_FRAME = 16 * 1024 * 1024;
/** For a whole request that is no upload. */
const REQUEST_LIMIT_MS = 10_000;

/** Serves the built UI, and the contract over one WebSocket a page. Rejects when the port cannot be bound. */
export async function startHeadless(config: HeadlessConfig, router: () => AnyRouter): Promise<HeadlessHost> {
  let port = config.port;
  const gate = createGate(() => port);
  const hosts = new Set<string>();
  const pages = resolve(config.pages);
  // An upload of 200 MB takes its time, so requests are limited one by one below.
  const http = createServer({ requestTimeout: 0, headersTimeout: 10_000, maxHeaderSize: 16_384 });
  const desk = config.incoming === undefined ? null : createUploadDesk(config.incoming, router);
  if (config.incoming !== undefined) await rm(config.incoming, { recursive: true, force: true });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false });

  http.on('request', (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  http.on('upgrade', (request, socket, head) => {
    // Node takes its own listener away with the upgrade: a stranger's reset would end the bench.
    socket.on('error', () => socket.destroy());
    const wanted = request.url === '/rpc' && request.headers.origin !== undefined;
    if (!wanted || !isOwnRequest(request, hosts) || !gate.hasSession(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => {
      keepAlive(ws);
      attendSocket(ws, router());
    });
  });

  await listen(http, config);
  port = (http.address() as AddressInfo).port;
  for (const name of [config.address, 'localhost', '127.0.0.1']) hosts.add(`${name}:${port}`);
  return {
    url: `http://${config.address}:${port}/#token=${gate.token}`,
    reconnect: () => {
      for (const ws of sockets.clients) ws.close(1012, 'another bench');
    },
    close: () => close(http, sockets),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOwnRequest(request, hosts)) return refuse(response, 403);
    const url = URL.parse(`http://bench${request.url ?? '/'}`);
    if (url === null) return refuse(response, 400);
    const path = url.pathname;
    if (desk !== null && request.method === 'PUT' && path.startsWith(UPLOAD_PATH)) {
      return gate.hasSession(request) ? desk.take(request, response, url) : refuse(response, 401);
    }
    limit(request);
    if (path === '/session') return request.method === 'POST' ? openSession(request, response, gate) : refuse(response, 405);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
    return sendPage(pages, path, response);
  }
}

async function openSession(request: IncomingMessage, response: ServerResponse, gate: Gate): Promise<void> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 1000) return refuse(response, 413);
  }
  // A page that is loaded again has no fragment any more, but still the cookie.
  if (gate.hasSession(request)) {
    response.writeHead(204, PAGE_HEADERS).end();
    return;
  }
  const cookie = gate.exchange(readToken(text));
  if (!cookie) return refuse(response, 401);
  response.writeHead(204, { ...PAGE_HEADERS, 'Set-Cookie': cookie }).end();
}

function readToken(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'token' in body ? body.token : null;
  } catch {
    return null;
  }
}

/** Whoever has not sent the whole request by then is hung up on. */
function limit(request: IncomingMessage): void {
  const timer = setTimeout(() => request.destroy(), REQUEST_LIMIT_MS);
  request.once('close', () => clearTimeout(timer));
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...PAGE_HEADERS, 'Content-Type': 'text/plain', Connection: 'close' }).end(`${status}\n`);
}

function listen(http: Server, config: HeadlessConfig): Promise<void> {
  return new Promise((done, fail) => {
    http.once('error', fail);
    http.listen(config.port, config.address, () => {
      http.off('error', fail);
      done();
    });
  });
}

async function close(http: Server, sockets: WebSocketServer): Promise<void> {
  for (const ws of sockets.clients) ws.terminate();
  sockets.close();
  http.closeAllConnections();
  await new Promise<void>((done) => http.close(() => done()));
}
