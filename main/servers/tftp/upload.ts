import { createHash } from 'node:crypto';
import { close, fdatasync, open, unlink, write } from 'node:fs';
import { netasciiReader } from './netascii.ts';

/** Why an upload cannot be kept. */
export type UploadTrouble = 'disk-full' | 'exists' | 'unwritable';

/** One incoming file. It is created with its first block, so a request alone, perhaps from an invented address, leaves nothing. */
export interface Upload {
  /** Keeps a copy of the block until `store`. */
  take(data: Uint8Array): void;
  /** Writes what was taken; `whole` also syncs and closes. One at a time. */
  store(whole: boolean, done: (trouble: UploadTrouble | null) => void): void;
  /** Bytes on disk and their hash; only after a `store(true)` without trouble. */
  result(): { readonly bytes: number; readonly sha256: string };
  /** Closes and removes the file, unless it was kept. */
  discard(): void;
  keep(): void;
}

export function openUpload(file: string, mode: 'octet' | 'netascii'): Upload {
  const hash = createHash('sha256');
  const text = mode === 'netascii' ? netasciiReader() : null;
  let taken: Uint8Array[] = [];
  let bytes = 0;
  let busy = false;
  let kept = false;
  let discarded = false;
  let created = false;
  let fd: number | null = null;

  function shut(): void {
    if (fd !== null) close(fd);
    fd = null;
    if (created && !kept) unlink(file, () => undefined);
  }

  function withFile(then: (opened: number) => void, fail: (error: NodeJS.ErrnoException) => void): void {
    if (fd !== null) { then(fd); return; }
    // Exclusive: a name that exists is never written over, nor a link followed.
    open(file, 'wx', 0o600, (error, opened) => {
      if (error) { fail(error); return; }
      created = true;
      fd = opened;
      then(opened);
    });
  }

  function writeAll(into: number, data: Uint8Array, from: number, end: (error: NodeJS.ErrnoException | null) => void): void {
    if (from >= data.length) { end(null); return; }
    write(into, data, from, data.length - from, null, (error, written) => {
      if (error) end(error);
      else writeAll(into, data, from + written, end);
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
      withFile((opened) => {
        writeAll(opened, data, 0, (error) => {
          if (error || !whole) end(error);
          else fdatasync(opened, (unsynced) => {
            if (unsynced) { end(unsynced); return; }
            fd = null;
            close(opened, end);
          });
        });
      }, end);
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
