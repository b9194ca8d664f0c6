import type { WebSocket } from 'ws';

/** A closed laptop lid leaves half-open sockets: one that misses two pings of 15 s is ended. */
export function keepAlive(ws: WebSocket): void {
  let missed = 0;
  ws.on('pong', () => {
    missed = 0;
  });
  ws.on('error', () => ws.terminate());
  const timer = setInterval(() => {
    missed += 1;
    if (missed > 2) ws.terminate();
    else ws.ping();
  }, 15_000);
  ws.on('close', () => clearInterval(timer));
}
