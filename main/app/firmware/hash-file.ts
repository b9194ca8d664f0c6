import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { stampOf } from '../../disk/file-stamp.ts';

/** A file's SHA-256, and what the system said of the file meanwhile. */
export interface Hashed {
  readonly sha256: string;
  readonly stamp: string;
}

const PIECE = 1 << 20;

/**
 * Reads all of a file. Null when somebody wrote into it meanwhile: its hash is that of nothing then. Rejects with the system's
 * error, and when `signal` says so.
 */
export async function hashFile(path: string, moved: (bytes: number) => void, signal: AbortSignal): Promise<Hashed | null> {
  const handle = await open(path);
  try {
    const before = stampOf(await handle.stat({ bigint: true }));
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafeSlow(PIECE);
    let bytes = 0;
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await handle.read(buffer, 0, PIECE, bytes);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
      moved(bytes);
    }
    const stamp = stampOf(await handle.stat({ bigint: true }));
    return stamp === before ? { sha256: hash.digest('hex'), stamp } : null;
  } finally {
    await handle.close();
  }
}
