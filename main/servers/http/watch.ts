import type { TransferProgress } from '../../../common/values/observation.ts';
import type { HttpLimits } from './config.ts';
import type { Connection } from './connection.ts';
import type { Detail, Exchange } from './exchange.ts';
import { connectionKey, readUnacknowledged } from './unacknowledged.ts';

const TICK_MS = 250;
/** Longest time in which an answer stays unsettled where the system does not tell what has been acknowledged. */
const SETTLE_MS = 500;

/** One coarse timer for everything that moves: progress, clients that stop, proof of arrival. */
export class Watch {
  private readonly open = new Map<Exchange, Connection>();
  private timer: NodeJS.Timeout | null = null;
  private readonly limits: HttpLimits;
  private readonly now: () => number;
  private readonly tell: (transfers: readonly TransferProgress[]) => void;

  constructor(limits: HttpLimits, now: () => number, tell: (transfers: readonly TransferProgress[]) => void) {
    this.limits = limits;
    this.now = now;
    this.tell = tell;
  }

  start(): void {
    this.timer ??= setInterval(() => { void this.tick(); }, TICK_MS);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  add(exchange: Exchange, connection: Connection): void {
    this.open.set(exchange, connection);
  }

  forget(exchange: Exchange): void {
    this.open.get(exchange)?.remove(exchange);
    this.open.delete(exchange);
  }

  /** Bytes that move now, in either direction. */
  transfers(): number {
    let count = 0;
    for (const { phase } of this.open.keys()) if (phase === 'sending' || phase === 'receiving') count += 1;
    return count;
  }

  private async tick(): Promise<void> {
    const now = this.now();
    const moved: TransferProgress[] = [];
    const unproved: (readonly [Exchange, Connection])[] = [];
    for (const [exchange, connection] of this.open) {
      const progress = exchange.progress();
      if (progress !== null) moved.push(progress);
      if (exchange.phase === 'sent') unproved.push([exchange, connection]);
      else this.endIfStalled(exchange, connection, now);
    }
    if (moved.length > 0) this.tell(moved);
    const waiting = unproved.filter(([exchange]) => now - exchange.sentAt >= TICK_MS || now < exchange.sentAt);
    if (waiting.length > 0) await this.settle(waiting);
  }

  private endIfStalled(exchange: Exchange, connection: Connection, now: number): void {
    const { phase, movedAt } = exchange;
    const silence = now - movedAt;
    if (phase === 'sending' && silence > this.limits.stallMs) end(exchange, connection, 'http.stalled');
    else if (phase === 'answering' && silence > this.limits.answerMs) end(exchange, connection, 'http.failed', { reason: 'no answer in time' });
    else if (phase === 'receiving' && silence > this.limits.bodyIdleMs) end(exchange, connection, 'http.body-broken');
  }

  private async settle(waiting: readonly (readonly [Exchange, Connection])[]): Promise<void> {
    const table = await readUnacknowledged();
    const now = this.now();
    for (const [exchange, connection] of waiting) {
      const key = table === null ? null : connectionKey(connection.local, connection.peer);
      const left = key === null ? undefined : table?.get(key);
      if (left === 0) exchange.settle(true);
      else if (left === undefined) {
        if (now - exchange.sentAt >= SETTLE_MS) exchange.settle(false);
      } else if (now - exchange.sentAt > this.limits.stallMs) end(exchange, connection, 'http.stalled');
    }
  }
}

function end(exchange: Exchange, connection: Connection, code: string, detail: Detail = {}): void {
  exchange.cause = code;
  exchange.broken(code, detail);
  connection.socket.destroy();
}
