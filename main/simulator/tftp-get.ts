import { createClient } from 'tftp';
import { notFetched } from './fetched.ts';
import type { Fetched } from './fetched.ts';
import { MAX_PROFILE_BYTES } from './profile.ts';
import { reactToTftpError } from './reaction.ts';

export interface TftpPlace {
  readonly address: string;
  readonly port: number;
  readonly path: string;
}

/**
 * Time and tries of the client. The package sends `timeout` also as the option of RFC 2349, in milliseconds where seconds are
 * meant; above 255 every server that reads the RFC leaves it out of its answer.
 */
const TIMEOUT_MS = 1000;
const RETRIES = 5;
/**
 * The package cleans names with the rules of the system it runs on: `/a` becomes `\\a` on Windows, `/a//b/../c` becomes `/a/c`.
 * A phone sends what its rule says, so it is given this one and the real name after that.
 */
const ANY_NAME = 'name';
/** One Ethernet frame; the options that real phones send are not confirmed. */
const BLOCK_SIZE = 1428;
/** Opcode of RFC 2347. */
const OACK = 6;

/**
 * Gets a file with npm `tftp`, a client by other hands than the server's. Window 1 only: it corrupts files with larger ones.
 * Ends at the latest some 6 s after the last packet from the server.
 */
export function tftpGet(place: TftpPlace, signal: AbortSignal): Promise<Fetched> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(notFetched('Cancelled'));
    if (!canBeAsked(place.path)) return resolve(notFetched('The name cannot be asked for by TFTP'));
    const client = createClient({
      host: place.address, port: place.port, windowSize: 1, blockSize: BLOCK_SIZE, timeout: TIMEOUT_MS, retries: RETRIES,
    });
    // Without userExtensions the package throws at an OACK with an unknown option.
    const stream = client.createGetStream(ANY_NAME, { userExtensions: {} });
    let errorCode: number | null = null;
    let errorMessage = '';
    const reader = stream._reader;
    reader._file = place.path;
    // A server whose OACK is not acknowledged in time sends it again; the package would end the transfer for it.
    const onMessage = reader._onMessage.bind(reader);
    reader._onMessage = (packet) => {
      if (packet.readUInt16BE(0) !== OACK || reader._oackExpected) onMessage(packet);
    };
    const onErrorMessage = reader._onErrorMessage.bind(reader);
    const sendErrorAndClose = reader._sendErrorAndClose.bind(reader);
    reader._onErrorMessage = (message) => {
      errorCode = message.code;
      errorMessage = message.message;
      onErrorMessage(message);
    };
    // The package puts any caught exception into an ERROR packet; one without a number would throw out of its socket.
    reader._sendErrorAndClose = (error) =>
      sendErrorAndClose(typeof error.code === 'number' ? error : { code: 0, message: String(error.message) });

    const chunks: Uint8Array[] = [];
    let length = 0;
    let stopped: string | null = null;
    const stop = (reason: string): void => {
      stopped ??= reason;
      abortSoon(stream, reason);
    };
    const cancel = (): void => stop('Cancelled');
    const finish = (result: Fetched): void => {
      signal.removeEventListener('abort', cancel);
      resolve(stopped === null ? result : notFetched(stopped));
    };
    signal.addEventListener('abort', cancel, { once: true });
    stream.on('data', (chunk: Uint8Array) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_PROFILE_BYTES && stopped === null) stop('File too large');
    });
    stream.on('end', () => finish({ kind: 'file', bytes: Buffer.concat(chunks) }));
    stream.on('abort', () => finish(notFetched('Aborted')));
    stream.on('error', (error: Error) => {
      if (errorCode === null) return finish(notFetched(errorText(error)));
      const reaction = reactToTftpError(errorCode, errorMessage);
      finish(notFetched(reaction.error, reaction.reaction, `error ${errorCode}`));
    });
  });
}

/** Writes bytes as a file on a TFTP server (WRQ); resolves to null when the server has acknowledged all of them, else to the error. */
export function tftpPut(place: TftpPlace, bytes: Uint8Array, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve('Cancelled');
    if (!canBeAsked(place.path)) return resolve('The name cannot be written by TFTP');
    const client = createClient({
      host: place.address, port: place.port, windowSize: 1, blockSize: BLOCK_SIZE, timeout: TIMEOUT_MS, retries: RETRIES,
    });
    const stream = client.createPutStream(ANY_NAME, { size: bytes.length, userExtensions: {} });
    stream._remote = place.path;
    const cancel = (): void => abortSoon(stream, 'Cancelled');
    const finish = (error: string | null): void => {
      signal.removeEventListener('abort', cancel);
      resolve(error);
    };
    signal.addEventListener('abort', cancel, { once: true });
    stream.on('error', (error: Error) => finish(errorText(error)));
    stream.on('abort', () => finish(signal.aborted ? 'Cancelled' : 'Aborted'));
    stream.on('finish', () => finish(null));
    stream.end(Buffer.from(bytes));
  });
}

/** One request packet holds at most 512 bytes, options included; the name is ASCII (RFC 1350 §5). */
function canBeAsked(path: string): boolean {
  return /^[\x21-\x7e]{1,400}$/.test(path);
}

/** The package opens its socket a turn after the call and throws when it is told to abort before that. */
function abortSoon(stream: { abort(reason: string): void }, reason: string): void {
  setImmediate(() => stream.abort(reason));
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
