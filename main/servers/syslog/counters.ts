import { NO_TALLY, type Tally } from './receiver.ts';

const MINUTE = 60;

/** What the syslog server tells of itself. */
export class Counters {
  /** Of the receiving side, as it was told last. */
  tally: Tally = NO_TALLY;
  /** Heard, but refused by the record. */
  refusedByRecord = 0;
  /** Phone lines beyond the allowance: stored, but no observation was made of them. */
  unread = 0;
  private readonly seconds: number[] = [];
  private before = 0;
  private told = '';

  /** Lines that are gone, for whatever reason. */
  gone(): number {
    return this.refusedByRecord + this.tally.lost + this.tally.dropped;
  }

  second(): void {
    this.seconds.push(Math.max(0, this.tally.lines - this.before));
    if (this.seconds.length > MINUTE) this.seconds.shift();
    this.before = this.tally.lines;
  }

  figures(): Readonly<Record<string, number>> {
    const { lines, cut, empty, refused, dropped, lost, connections } = this.tally;
    const linesPerMinute = this.seconds.reduce((sum, value) => sum + value, lines - this.before);
    return { lines, linesPerMinute, connections, lost: lost + this.refusedByRecord, dropped, refused, cut, unread: this.unread, empty };
  }

  /** True when the figures differ from those of the last call. */
  changed(): boolean {
    const figures = JSON.stringify(this.figures());
    const differ = figures !== this.told;
    this.told = figures;
    return differ;
  }
}
