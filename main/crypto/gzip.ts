import { gunzipSync, gzipSync } from 'node:zlib';
import { done, failed, type Result } from '../../common/values/failure.ts';

/** Largest unpacked profile or report where the caller has no limit of its own: forty times the largest real export. */
export const UNPACKED_CAP = 8 * 1024 * 1024;

/** Within 0.2 % of the size of zlib's default 6 for two thirds of its time: docs/performance/profiles.md. */
export const GZIP_LEVEL = 5;

/** True when a file begins as gzip with deflate does (RFC 1952 §2.3.1): how a phone tells it, too, whatever the name. */
export function isGzip(file: Uint8Array): boolean {
  return file[0] === 0x1f && file[1] === 0x8b && file[2] === 8;
}

/** Packs as RFC 1952 says, without name and time: the same text gives the same bytes. */
export function gzip(plain: Uint8Array): Uint8Array {
  return gzipSync(plain, { level: GZIP_LEVEL });
}

/**
 * Unpacks with a limit; lengths and checksum must hold, and nothing may follow them.
 * @param cap most bytes that may come out
 * @returns `crypto.unpacks-too-large` (limit) for a bomb, `crypto.gzip-damaged` (cause)
 */
export function gunzip(file: Uint8Array, cap: number): Result<Uint8Array> {
  try {
    // With `info` zlib also says how much it read; the types leave that out.
    const { buffer, engine } = gunzipSync(file, { maxOutputLength: cap, info: true }) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    if (engine.bytesWritten < file.length) return failed('crypto.gzip-damaged', { cause: `${file.length - engine.bytesWritten} bytes after the end` });
    return done(buffer);
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return failed('crypto.unpacks-too-large', { limit: cap });
    return failed('crypto.gzip-damaged', { cause: error instanceof Error ? error.message : String(error) });
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
