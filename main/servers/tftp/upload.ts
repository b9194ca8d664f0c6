import { createHash } from 'node:crypto';
import { close, fdatasync, open, unlink, write } from 'node:fs';
import { netasciiReader } from './netascii.ts';

/** Why an upload cannot be kept. */
export type UploadTrouble = 'disk-full' | 'exists' | 'unwritable';

/** One incoming file. It exists under its name only while it grows or when it is whole. */
export interface Upload {
  /** Keeps a copy of the block until `store`. */
  take(data: Uint8Array): void;
  /** Writes what was taken; `whole` also syncs and closes. */
  store(whole: boolean, done: (trouble: UploadTrouble | null) => void): void;
  /** Bytes on disk and their hash; only after a `store(true)` without trouble. */
  result(): { readonly bytes: number; readonly sha256: string };
  /** Closes and removes the file, unless it was kept. */
  discard(): void;
  keep(): void;
}

export function openUpload(
  file: string, mode: 'octet' | 'netascii', done: (result: Upload | UploadTrouble) => void,
): void {
  // Exclusive: a name that exists is never written over, nor a link followed.
  open(file, 'wx', 0o600, (error, fd) => {
    done(error ? troubleOf(error) : growing(file, fd, mode));
  });
}

function growing(file: string, fd: number, mode: 'octet' | 'netascii'): Upload {
  const hash = createHash('sha256');
  const text = mode === 'netascii' ? netasciiReader() : null;
  let taken: Uint8Array[] = [];
  let bytes = 0;
  let busy = false;
  let kept = false;
  let discarded = false;
  let open = true;

  function shut(): void {
    if (open) close(fd);
    open = false;
    if (!kept) unlink(file, () => undefined);
  }

  function writeAll(data: Uint8Array, from: number, end: (error: NodeJS.ErrnoException | null) => void): void {
    if (from >= data.length) { end(null); return; }
    write(fd, data, from, data.length - from, null, (error, written) => {
      if (error) end(error);
      else writeAll(data, from + written, end);
    });
  }

  return {
    take(data) {
      // Copied: a received datagram's memory is 64 KB and belongs to the handler only.
      taken.push(text === null ? Uint8Array.from(data) : text.push(data));
    },
    store(whole, done) {
      if (whole && text !== null) taken.push(text.end());
      const data = Buffer.concat(taken);
      taken = [];
      hash.update(data);
      bytes += data.length;
      busy = true;
      const end = (error: NodeJS.ErrnoException | null): void => {
        busy = false;
        if (discarded) shut();
        else done(error ? troubleOf(error) : null);
      };
      writeAll(data, 0, (error) => {
        if (error || !whole) end(error);
        else fdatasync(fd, (unsynced) => {
          if (open && !unsynced) { open = false; close(fd, end); }
          else end(unsynced);
        });
      });
    },
    result: () => ({ bytes, sha256: hash.copy().digest('hex') }),
    keep() { kept = true; },
    discard() {
      if (discarded || kept) return;
      discarded = true;
      if (!busy) shut();
    },
  };
}

function troubleOf(error: NodeJS.ErrnoException): UploadTrouble {
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return 'disk-full';
  return error.code === 'EEXIST' ? 'exists' : 'unwritable';
}
