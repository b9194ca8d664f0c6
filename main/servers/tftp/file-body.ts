import { close, constants, fstatSync, open, read, type BigIntStats } from 'node:fs';
import { stampOf } from '../../disk/file-stamp.ts';
import type { Body } from './body.ts';
import type { Slabs } from './slabs.ts';
import { openStretches, type Stretches } from './stretches.ts';

/** Why a file cannot be served, or not any more. `replaced`: not the file whose hash was promised. */
export type FileTrouble = 'missing' | 'irregular' | 'changed' | 'replaced' | 'unreadable';

/** Which file is meant: `size` bytes, and where its hash is known the stamp that it had then. */
export interface Wanted {
  readonly file: string;
  readonly size: number;
  readonly stamp?: string;
}

/** One opened file, shared by all transfers of it: 500 phones loading the same firmware use one descriptor. */
export interface SharedFile {
  readonly size: number;
  /** Same text only for the same unchanged file. */
  readonly identity: string;
  /** The whole content; meant for files of at most `WHOLE` bytes. */
  whole(done: (result: Uint8Array | FileTrouble) => void): void;
  /** `onReady` after a `packet` that was null; `onTrouble` once, also when another transfer found it out. */
  body(blockSize: number, onReady: () => void, onTrouble: (trouble: FileTrouble) => void): Body;
  release(): void;
}

export interface Files {
  open(wanted: Wanted, done: (result: SharedFile | FileTrouble) => void): void;
}

/** Files up to this size are read at once and shared like any body in memory. */
export const WHOLE = 256 * 1024;

interface Opened extends SharedFile { users: number }

export function openFiles(slabs: Slabs): Files {
  const shared = new Map<string, Opened>();
  return {
    open(wanted, done) {
      // Non-blocking, so that a named pipe cannot hold a thread for ever.
      open(wanted.file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0), (error, fd) => {
        if (error) { done(error.code === 'ENOENT' ? 'missing' : 'unreadable'); return; }
        const found = look(fd, wanted);
        if (typeof found === 'string') { close(fd); done(found); return; }
        const identity = identify(found);
        const known = shared.get(identity);
        if (known) close(fd);
        const opened: Opened = known ?? share(fd, wanted.size, identity, slabs, () => {
          if (shared.get(identity) === opened) shared.delete(identity);
        });
        if (!known) shared.set(identity, opened);
        opened.users += 1;
        done(opened);
      });
    },
  };
}

/** Asked of the open file, not of its name: nothing can come in between. */
function look(fd: number, { size, stamp }: Wanted): BigIntStats | FileTrouble {
  try {
    const found = fstatSync(fd, { bigint: true });
    if (!found.isFile()) return 'irregular';
    if (stamp !== undefined && stampOf(found) !== stamp) return 'replaced';
    return Number(found.size) === size ? found : 'changed';
  } catch {
    return 'unreadable';
  }
}

/** Without the time of the last status change: replacing a file by renaming touches that of the old one, whose bytes stay. */
function identify({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs].join(' ');
}

function share(fd: number, size: number, identity: string, slabs: Slabs, onClosed: () => void): Opened {
  /** By block size: phones of one model ask alike. */
  const cuts = new Map<number, { readonly stretches: Stretches; users: number }>();
  const listeners = new Set<(trouble: FileTrouble) => void>();
  let reads = 0;
  let failed: FileTrouble | null = null;

  function fail(trouble: FileTrouble): void {
    if (failed !== null) return;
    failed = trouble;
    onClosed(); // the next phone opens it anew
    for (const listener of [...listeners]) listener(trouble);
  }

  /** A file that changes under a transfer would give the phone half of each: looked at after every read. */
  function stillTheSame(): boolean {
    try {
      return identify(fstatSync(fd, { bigint: true })) === identity;
    } catch {
      return false;
    }
  }

  function cut(blockSize: number): Stretches {
    const known = cuts.get(blockSize);
    if (known !== undefined) known.users += 1;
    const stretches = known?.stretches ?? openStretches({
      fd, size, slabs,
      began() { reads += 1; },
      ended(error, short) {
        reads -= 1;
        if (error !== null) fail('unreadable');
        else if (short || !stillTheSame()) fail('changed');
        closeWhenIdle();
        return failed === null;
      },
    }, blockSize);
    if (known === undefined) cuts.set(blockSize, { stretches, users: 1 });
    return stretches;
  }

  function uncut(blockSize: number): void {
    const known = cuts.get(blockSize);
    if (known === undefined) return;
    known.users -= 1;
    if (known.users > 0) return;
    cuts.delete(blockSize);
    known.stretches.clear();
  }

  function closeWhenIdle(): void {
    if (opened.users !== 0 || reads > 0) return;
    opened.users = -1; // once only: a number closed twice would be somebody else's file
    onClosed();
    close(fd);
  }

  const opened: Opened = {
    size, identity, users: 0,
    whole(done) {
      const bytes = Buffer.allocUnsafeSlow(size);
      reads += 1;
      read(fd, bytes, 0, size, 0, (error, got) => {
        reads -= 1;
        done(error ? 'unreadable' : got < size || !stillTheSame() ? 'changed' : bytes);
        closeWhenIdle();
      });
    },
    body(blockSize, onReady, onTrouble) {
      const stretches = cut(blockSize);
      const { inOne } = stretches;
      const blocks = Math.floor(size / blockSize) + 1;
      // Stretches first … last are held by this transfer.
      let first = 0;
      let last = -1;
      let open = true;
      listeners.add(onTrouble);
      const known = failed; // found out between opening and now
      if (known !== null) setImmediate(() => { if (open) onTrouble(known); });
      const hold = (goal: number): void => {
        while (last < goal && (last + 1) * inOne < blocks) {
          last += 1;
          stretches.hold(last);
        }
      };
      return {
        size,
        packet(index) {
          if (failed !== null || !open) return null;
          const stretch = Math.floor((index - 1) / inOne);
          const at = index - 1 - stretch * inOne;
          // Past the middle the next one is read ahead.
          if (stretch >= last) hold(at * 2 >= inOne ? stretch + 1 : stretch);
          const packet = stretches.packet(stretch, at);
          if (packet === null) stretches.onRead(onReady);
          return packet;
        },
        forget(acked) {
          const keep = Math.floor(acked / inOne);
          for (; first < keep && first <= last; first += 1) stretches.letGo(first);
        },
        close() {
          if (!open) return;
          open = false;
          stretches.forget(onReady);
          listeners.delete(onTrouble);
          for (; first <= last; first += 1) stretches.letGo(first);
          uncut(blockSize);
        },
      };
    },
    release() {
      opened.users -= 1;
      if (opened.users === 0) closeWhenIdle();
    },
  };
  return opened;
}
