import type { Writable } from 'node:stream';

/** Where a command writes: data on stdout, sentences for people on stderr. */
export interface CommandIo {
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
}
