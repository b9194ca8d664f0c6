/** The part of npm `tftp` 0.1.2 that the virtual phone uses; the package brings no types. */
declare module 'tftp' {
  import type { Readable, Writable } from 'node:stream';

  export interface ClientOptions {
    readonly host: string;
    readonly port: number;
    readonly windowSize: number;
    readonly blockSize: number;
    /** Milliseconds before a packet is sent again. Also sent to the server as RFC 2349 `timeout`, though that one is in seconds. */
    readonly timeout: number;
    readonly retries: number;
  }

  /** The package's own protocol object. It alone sees the number of an ERROR packet. */
  export interface Request {
    /** The name that its request packet carries, written a turn after the call. */
    _file: string;
    /** False once the server's OACK, or DATA without one, has come. */
    readonly _oackExpected: boolean;
    _onMessage(packet: Buffer): void;
    _onErrorMessage(message: { readonly code: number; readonly message: string }): void;
    _sendErrorAndClose(error: { readonly code?: unknown; readonly message: string }): void;
  }

  export interface GetStream extends Readable {
    readonly _reader: Request;
    abort(reason?: string): void;
  }

  export interface PutStream extends Writable {
    /** As `_file`; read at the first write. */
    _remote: string;
    abort(reason?: string): void;
  }

  export interface Client {
    createGetStream(remote: string, options: { readonly userExtensions: Readonly<Record<string, string>> }): GetStream;
    createPutStream(
      remote: string,
      options: { readonly size: number; readonly userExtensions: Readonly<Record<string, string>> },
    ): PutStream;
  }

  export function createClient(options: ClientOptions): Client;
}
