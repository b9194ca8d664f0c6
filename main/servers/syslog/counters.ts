const MINUTE = 60;

/** What the syslog server measures itself. */
export class Counters {
  lines = 0;
  cut = 0;
  empty = 0;
  /** Heard, but refused by the record. */
  lost = 0;
  /** Thrown away by the system before we could read them. */
  dropped = 0;
  refused = 0;
  /** Phone lines beyond the allowance: stored, but no observation was made of them. */
  unread = 0;
  private readonly seconds: number[] = [];
  private before = 0;
  private told = '';

  count(cut: boolean): void {
    this.lines += 1;
    if (cut) this.cut += 1;
  }

  second(): void {
    this.seconds.push(this.lines - this.before);
    if (this.seconds.length > MINUTE) this.seconds.shift();
    this.before = this.lines;
  }

  figures(connections: number): Readonly<Record<string, number>> {
    const lastMinute = this.seconds.reduce((sum, value) => sum + value, this.lines - this.before);
    const { lines, cut, lost, dropped, refused, unread, empty } = this;
    return { lines, linesPerMinute: lastMinute, connections, lost, dropped, refused, cut, unread, empty };
  }

  /** True when the figures differ from those of the last call. */
  changed(connections: number): boolean {
    const figures = JSON.stringify(this.figures(connections));
    const differ = figures !== this.told;
    this.told = figures;
    return differ;
  }
}
