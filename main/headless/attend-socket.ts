import { onError, ORPCError, type AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import type { RawData, WebSocket } from 'ws';

/** RFC 6455 §7.4.1: a frame that is not what its type says. */
const UNREADABLE = 1007;

/** Speaks the contract on one socket. A frame that is none of the contract's ends the socket, and nothing else. */
export function attendSocket(ws: WebSocket, router: AnyRouter): void {
  const handler = new RPCHandler(router, { interceptors: [onError(tellOwnMistake)] });
  // Added first, so that it has looked before the package decodes: what that cannot read it writes to stderr, with a stack.
  const listeners: ((event: { data: unknown }) => void)[] = [];
  ws.on('message', (data, isBinary) => {
    const text = isBinary ? null : textOf(data);
    if (text === null || !isMessage(text)) return ws.close(UNREADABLE, 'unreadable');
    for (const listener of listeners) listener({ data: text });
  });
  const readable: Pick<WebSocket, 'addEventListener' | 'send'> = {
    send: ws.send.bind(ws),
    addEventListener: (type: string, listener: unknown) => {
      if (type === 'message') listeners.push(listener as (event: { data: unknown }) => void);
      else ws.addEventListener(type as 'close', listener as () => void);
    },
  };
  void handler.upgrade(readable, { context: {} });
}

/** The shape of oRPC's peer messages: an id, and for a request (type 1 or none) a payload with its path. */
function isMessage(text: string): boolean {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return false;
  }
  if (typeof message !== 'object' || message === null || !('i' in message) || typeof message.i !== 'string') return false;
  const type = 't' in message ? message.t : 1;
  const payload = 'p' in message ? message.p : undefined;
  if (type === 4) return true;
  if (typeof payload !== 'object' || payload === null) return false;
  return type === 3 || (type === 1 && 'u' in payload && typeof payload.u === 'string' && payload.u.startsWith('/'));
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.from(data as ArrayBuffer).toString('utf8');
}

/** Expected failures are answers; what is left is a mistake of ours and must be seen. Never the input: it may hold a secret. */
function tellOwnMistake(error: unknown): void {
  if (error instanceof ORPCError && error.status < 500) return;
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
