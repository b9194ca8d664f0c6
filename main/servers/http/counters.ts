/** Seconds over which rates are the mean. */
const WINDOW = 5;

/** What the HTTP server measures itself. */
export class Counters {
  requests = 0;
  refused = 0;
  broken = 0;
  /** Bytes that were no request. */
  bad = 0;
  /** TLS handshakes that came to nothing. */
  handshakes = 0;
  /** Connections turned away. */
  turnedAway = 0;
  /** Refusals beyond what one address may put into the evidence. */
  unrecorded = 0;
  bytes = 0;
  private readonly window: { readonly requests: number; readonly bytes: number }[] = [{ requests: 0, bytes: 0 }];
  private told = '';

  second(): void {
    this.window.push({ requests: this.requests, bytes: this.bytes });
    if (this.window.length > WINDOW + 1) this.window.shift();
  }

  figures(transfers: number, connections: number): Readonly<Record<string, number>> {
    const first = this.window[0] ?? { requests: 0, bytes: 0 };
    const last = this.window.at(-1) ?? first;
    const seconds = Math.max(1, this.window.length - 1);
    const { requests, refused, broken, bad, turnedAway, unrecorded } = this;
    return {
      requestsPerSecond: Math.round(((last.requests - first.requests) / seconds) * 10) / 10,
      transfers,
      bytesPerSecond: Math.round((last.bytes - first.bytes) / seconds),
      refused,
      requests,
      broken,
      bad,
      turnedAway,
      unrecorded,
      connections,
      ...(this.handshakes > 0 ? { failedHandshakes: this.handshakes } : {}),
    };
  }

  /** True when the figures differ from those of the last call. */
  changed(transfers: number, connections: number): boolean {
    const figures = JSON.stringify(this.figures(transfers, connections));
    const differ = figures !== this.told;
    this.told = figures;
    return differ;
  }
}
