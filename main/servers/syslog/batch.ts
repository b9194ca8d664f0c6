import type { SyslogLimits } from './config.ts';
import type { ReceivedLine } from './needs.ts';

/** Gathers lines so that the record is written in few large steps: at most `batchMs` or `batchLines`. */
export class Batch {
  private held: ReceivedLine[] = [];
  private timer: NodeJS.Timeout | null = null;
  private readonly limits: SyslogLimits;
  private readonly give: (lines: readonly ReceivedLine[]) => void;

  constructor(limits: SyslogLimits, give: (lines: readonly ReceivedLine[]) => void) {
    this.limits = limits;
    this.give = give;
  }

  add(line: ReceivedLine): void {
    this.held.push(line);
    if (this.held.length >= this.limits.batchLines) this.flush();
    else this.timer ??= setTimeout(() => { this.flush(); }, this.limits.batchMs);
  }

  flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.held.length === 0) return;
    const lines = this.held;
    this.held = [];
    this.give(lines);
  }
}
