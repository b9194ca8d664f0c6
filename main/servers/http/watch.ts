import type { TransferProgress } from '../../../common/values/observation.ts';
import type { HttpLimits } from './config.ts';
import type { Connection } from './connection.ts';
import type { Detail, Exchange } from './exchange.ts';
import { readUnacknowledged, type Ends, type Unacknowledged } from './unacknowledged.ts';

const TICK_MS = 250;
/** Longest time in which an answer stays unsettled where the system does not tell what has been acknowledged. */
const SETTLE_MS = 500;

/** One coarse timer for everything that moves: progress, clients that stop, proof of arrival. */
export class Watch {
  private readonly open = new Map<Exchange, Connection>();
  private timer: NodeJS.Timeout | null = null;
  private busy = false;
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
    // A system that answers slowly is not asked twice at once.
    if (this.busy || this.open.size === 0) return;
    this.busy = true;
    try {
      await this.look();
    } finally {
      this.busy = false;
    }
  }

  /** What was handed over is noted before the system is asked what is on its way: so nothing is told too early. */
  private async look(): Promise<void> {
    const asked = this.now();
    const handed = new Map<Exchange, number>();
    const wanted: Ends[] = [];
    for (const [exchange, { ends }] of this.open) {
      const { phase, bytes, sentAt } = exchange;
      if (phase !== 'sending' && (phase !== 'sent' || Math.abs(asked - sentAt) < TICK_MS)) continue;
      handed.set(exchange, bytes);
      if (ends !== null) wanted.push(ends);
    }
    const table = wanted.length === 0 ? null : await readUnacknowledged(wanted);
    const moved: TransferProgress[] = [];
    for (const [exchange, connection] of this.open) {
      const before = handed.get(exchange);
      const left = before === undefined ? null : leftOf(connection, table);
      const progress = exchange.phase === 'receiving' ? exchange.progress(exchange.bytes, null) : before === undefined ? null : exchange.progress(before, left);
      if (progress !== null) moved.push(progress);
      if (exchange.phase === 'sent' && before !== undefined) this.settle(exchange, connection, left);
      else this.endIfStalled(exchange, connection);
    }
    if (moved.length > 0) this.tell(moved);
  }

  private endIfStalled(exchange: Exchange, connection: Connection): void {
    const { phase, movedAt } = exchange;
    const silence = this.now() - movedAt;
    if (phase === 'sending' && silence > this.limits.stallMs) end(exchange, connection, 'http.stalled');
    else if (phase === 'answering' && silence > this.limits.answerMs) end(exchange, connection, 'http.failed', { reason: 'no answer in time' });
    else if (phase === 'receiving' && silence > this.limits.bodyIdleMs) end(exchange, connection, 'http.body-broken');
  }

  /** `left`: bytes on their way, null where nothing more can be learnt. A slow phone has its time as long as it takes some. */
  private settle(exchange: Exchange, connection: Connection, left: number | null): void {
    if (left === 0) exchange.settle(true);
    else if (left === null) {
      if (this.now() - exchange.sentAt >= SETTLE_MS) exchange.settle(false);
    } else if (this.now() - exchange.movedAt > this.limits.stallMs) end(exchange, connection, 'http.stalled');
  }
}

/** Bytes of this connection that are on their way; null where the system does not tell. */
function leftOf({ ends }: Connection, table: Unacknowledged | null): number | null {
  return ends === null ? null : (table?.of(ends) ?? null);
}

function end(exchange: Exchange, connection: Connection, code: string, detail: Detail = {}): void {
  exchange.cause = code;
  exchange.broken(code, detail);
  connection.socket.destroy();
}
