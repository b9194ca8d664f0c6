import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ClientLink } from '@orpc/client';

/** An open pipe to the host. `closed` resolves when it is gone. */
export interface OpenLink {
  readonly link: ClientLink<Record<never, never>>;
  readonly closed: Promise<void>;
  close(): void;
}

/** The host answers, but this page may not come in: its token is missing or wrong. */
export class RefusedError extends Error {}

declare global {
  interface Window {
    /** From preload, under Electron only. `pathOf` gives the absolute path of a file that the person chose or dropped. */
    readonly dialbench?: { connect(): void; pathOf(file: File): string };
  }
}

const OPEN_LIMIT_MS = 5000;

/** Opens a pipe the way this window can: a MessagePort under Electron, a WebSocket in a browser. */
export async function openLink(view: Window, signal: AbortSignal): Promise<OpenLink> {
  return view.dialbench ? openPort(view, view.dialbench, signal) : openSocket(view, signal);
}

function openPort(view: Window, preload: { connect(): void }, signal: AbortSignal): Promise<OpenLink> {
  return new Promise((resolve, reject) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(OPEN_LIMIT_MS)]);
    const give = () => reject(new Error('no port from the main process'));
    const onMessage = (event: MessageEvent) => {
      const port = event.ports[0];
      if (event.data !== 'dialbench-port' || event.source !== view || !port) return;
      view.removeEventListener('message', onMessage);
      limit.removeEventListener('abort', give);
      const closed = new Promise<void>((done) => port.addEventListener('close', () => done()));
      port.start();
      resolve({ link: new PortLink({ port }), closed, close: () => port.close() });
    };
    limit.addEventListener('abort', give, { once: true });
    limit.addEventListener('abort', () => view.removeEventListener('message', onMessage), { once: true });
    view.addEventListener('message', onMessage);
    preload.connect();
  });
}

async function openSocket(view: Window, signal: AbortSignal): Promise<OpenLink> {
  await tradeToken(view);
  const address = new URL('/rpc', view.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  const closed = new Promise<void>((done) => socket.addEventListener('close', () => done()));
  const opened = new Promise<'open'>((done) => socket.addEventListener('open', () => done('open')));
  const late = new Promise<'late'>((done) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(OPEN_LIMIT_MS)]);
    limit.addEventListener('abort', () => done('late'), { once: true });
  });
  const first = await Promise.race([opened, closed.then(() => 'closed' as const), late]);
  if (first === 'open') return { link: new SocketLink({ websocket: socket }), closed, close: () => socket.close() };
  socket.close();
  if (first === 'closed' && (await isRefused(view))) throw new RefusedError('no session');
  throw new Error('the host did not open a pipe');
}

/** The token travels in the fragment, which no server and no log ever sees; it is traded for a cookie and wiped at once. */
async function tradeToken(view: Window): Promise<void> {
  const token = new URLSearchParams(view.location.hash.slice(1)).get('token');
  if (!token) return;
  const answer = await postSession(view, token);
  if (answer.status === 401 || answer.status === 403) {
    view.history.replaceState(null, '', view.location.pathname);
    throw new RefusedError('wrong token');
  }
  if (!answer.ok) throw new Error(`session answered ${answer.status}`);
  view.history.replaceState(null, '', view.location.pathname);
}

/** A browser does not say why a WebSocket was refused; the session address does. */
async function isRefused(view: Window): Promise<boolean> {
  try {
    const answer = await postSession(view, '');
    return answer.status === 401 || answer.status === 403;
  } catch {
    return false;
  }
}

function postSession(view: Window, token: string): Promise<Response> {
  return fetch(new URL('/session', view.location.href), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
    credentials: 'same-origin',
    signal: AbortSignal.timeout(OPEN_LIMIT_MS),
  });
}
