import { close, fstatSync, open, read, constants, type Stats } from 'node:fs';
import type { Body } from './body.ts';
import { HEADER, writeDataHeader } from './codec.ts';

/** Why a file cannot be served, or not any more. */
export type FileTrouble = 'missing' | 'irregular' | 'changed' | 'unreadable';

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
  open(file: string, size: number, done: (result: SharedFile | FileTrouble) => void): void;
}

/** Files up to this size are read at once and shared like any body in memory. */
export const WHOLE = 256 * 1024;
/** One read. A lock-step transfer holds one or two of these, whatever the size of its file. */
export const CHUNK = 64 * 1024;

interface Chunk {
  readonly bytes: Buffer;
  users: number;
  ready: boolean;
}

interface Opened extends SharedFile { users: number }

export function openFiles(): Files {
  const shared = new Map<string, Opened>();
  return {
    open(file, size, done) {
      // Non-blocking, so that a named pipe cannot hold a thread for ever.
      open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0), (error, fd) => {
        if (error) { done(error.code === 'ENOENT' ? 'missing' : 'unreadable'); return; }
        const trouble = unfit(fd, size);
        if (typeof trouble === 'string') { close(fd); done(trouble); return; }
        const identity = identify(trouble);
        const known = shared.get(identity);
        if (known) close(fd);
        const opened: Opened = known ?? share(fd, size, identity, () => {
          if (shared.get(identity) === opened) shared.delete(identity);
        });
        if (!known) shared.set(identity, opened);
        opened.users += 1;
        done(opened);
      });
    },
  };
}

function unfit(fd: number, size: number): Stats | FileTrouble {
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) return 'irregular';
    return stats.size === size ? stats : 'changed';
  } catch {
    return 'unreadable';
  }
}

/** Without the time of the last status change: replacing a file by renaming touches that of the old one, whose bytes stay. */
function identify(stats: Stats): string {
  return [stats.dev, stats.ino, stats.size, stats.mtimeMs].join(' ');
}

function share(fd: number, size: number, identity: string, onClosed: () => void): Opened {
  const chunks = new Map<number, Chunk>();
  const waiting = new Set<() => void>();
  const listeners = new Set<(trouble: FileTrouble) => void>();
  const spare: Buffer[] = [];
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
      return identify(fstatSync(fd)) === identity;
    } catch {
      return false;
    }
  }

  function load(index: number): Chunk {
    const chunk: Chunk = { bytes: spare.pop() ?? Buffer.allocUnsafeSlow(CHUNK), users: 0, ready: false };
    chunks.set(index, chunk);
    const wanted = Math.min(CHUNK, size - index * CHUNK);
    reads += 1;
    read(fd, chunk.bytes, 0, wanted, index * CHUNK, (error, got) => {
      reads -= 1;
      if (error) fail('unreadable');
      else if (got < wanted || !stillTheSame()) fail('changed');
      chunk.ready = true;
      if (chunk.users === 0) drop(index, chunk);
      const woken = [...waiting];
      waiting.clear();
      if (failed === null) for (const wake of woken) wake();
      closeWhenIdle();
    });
    return chunk;
  }

  function drop(index: number, chunk: Chunk): void {
    if (chunks.get(index) === chunk) chunks.delete(index);
    if (spare.length < 16) spare.push(chunk.bytes);
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
      // Chunks first … last are held by this transfer.
      let first = 0;
      let last = -1;
      let open = true;
      listeners.add(onTrouble);
      const known = failed; // found out between opening and now
      if (known !== null) setImmediate(() => { if (open) onTrouble(known); });
      const hold = (goal: number): void => {
        while (last < goal && (last + 1) * CHUNK < size) {
          last += 1;
          (chunks.get(last) ?? load(last)).users += 1;
        }
      };
      const letGo = (index: number): void => {
        const chunk = chunks.get(index);
        if (chunk === undefined) return;
        chunk.users -= 1;
        if (chunk.users === 0 && chunk.ready) drop(index, chunk);
      };
      return {
        size,
        packet(index) {
          if (failed !== null || !open) return null;
          const start = (index - 1) * blockSize;
          const end = Math.min(start + blockSize, size);
          const from = Math.floor(start / CHUNK);
          const to = Math.floor(Math.max(start, end - 1) / CHUNK);
          hold(to);
          for (let n = from; n <= to && start < size; n += 1) {
            if (chunks.get(n)?.ready !== true) { waiting.add(onReady); return null; }
          }
          // Past the middle of a chunk the next one is read ahead.
          if (end - to * CHUNK > CHUNK / 2) hold(to + 1);
          const packet = Buffer.allocUnsafe(HEADER + end - start);
          writeDataHeader(packet, index);
          for (let at = start; at < end;) {
            const n = Math.floor(at / CHUNK);
            const stop = Math.min(end, (n + 1) * CHUNK);
            chunks.get(n)?.bytes.copy(packet, HEADER + at - start, at - n * CHUNK, stop - n * CHUNK);
            at = stop;
          }
          return packet;
        },
        forget(acked) {
          const keep = Math.floor((acked * blockSize) / CHUNK);
          for (; first < keep && first <= last; first += 1) letGo(first);
        },
        close() {
          if (!open) return;
          open = false;
          waiting.delete(onReady);
          listeners.delete(onTrouble);
          for (; first <= last; first += 1) letGo(first);
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
