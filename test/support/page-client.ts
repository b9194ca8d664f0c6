import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { BenchClient } from '../../common/contract/contract.ts';

export interface PageClient {
  readonly client: BenchClient;
  readonly socket: WebSocket;
  close(): void;
}

/** Goes through the browser's door as the page does: token from the address, session cookie, WebSocket. */
export async function openPage(address: string): Promise<PageClient> {
  const url = new URL(address);
  const token = url.hash.replace('#token=', '');
  const response = await fetch(new URL('/session', url), {
    method: 'POST',
    headers: { Origin: url.origin, 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = new WebSocket(`ws://${url.host}/rpc`, { headers: { Origin: url.origin, Cookie: cookie } });
  await once(socket, 'open');
  const client = createORPCClient<BenchClient>(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
  return { client, socket, close: () => socket.terminate() };
}
