/** What one connection or request may cost. Milliseconds and bytes. */
export interface HttpLimits {
  /** From the first byte (or the connection) to the end of the header. */
  readonly headerMs: number;
  readonly headerBytes: number;
  /** Longest silence inside a body that comes in. */
  readonly bodyIdleMs: number;
  /** A whole request, body included. */
  readonly requestMs: number;
  /** Idle time between two requests of one connection. */
  readonly keepAliveMs: number;
  /** The app's time for an answer. */
  readonly answerMs: number;
  /** Longest time that a client may need for one piece (256 KB) of what it asked for. */
  readonly stallMs: number;
  readonly connections: number;
  /** Requests of one connection that wait for their answers (pipelining, RFC 9112 §9.3.2). */
  readonly pipelined: number;
  /** Also what one address may hold: a fleet behind one router, or 1,000 virtual phones on loopback. */
  readonly connectionsPerAddress: number;
}

export const HTTP_LIMITS: HttpLimits = {
  headerMs: 10_000,
  headerBytes: 16_384,
  bodyIdleMs: 20_000,
  requestMs: 600_000,
  keepAliveMs: 15_000,
  answerMs: 30_000,
  stallMs: 60_000,
  connections: 4_096,
  pipelined: 32,
  connectionsPerAddress: 2_048,
};

export interface HttpConfig {
  readonly name: 'http' | 'https';
  readonly address: string;
  /** 0: any free port, told by the status. */
  readonly port: number;
  readonly limits?: Partial<HttpLimits>;
}
