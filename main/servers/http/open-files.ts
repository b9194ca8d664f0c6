import { createHash } from 'node:crypto';
import { constants, type BigIntStats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { stampOf } from '../../disk/file-stamp.ts';
import { Pieces, type Piece } from './pieces.ts';

/** One sender's hold on a file; the descriptor is shared with all others who send it. */
export interface FileLease {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** What it was a moment ago, its change time included. */
  readonly stamp: string;
  /** Of exactly this content, where it has been sent whole before; lower-case hex. */
  readonly sha256: string | null;
  /** The piece in which `at` lies, at once where it is in memory; short when the file was cut meanwhile. Must be given back. */
  take(at: number, size: number): Piece | Promise<Piece>;
  giveBack(piece: Piece, untouched?: boolean): void;
  /** Told with each piece in its order, by a sender that wants the hash at the end. */
  hash(piece: Piece): void;
  /** null unless every byte has been told to `hash` by somebody. */
  hashed(): string | null;
  /** Whether the file is still what it was when it was opened. Asked after the last byte was read. */
  isWhole(): Promise<boolean>;
  close(): Promise<void>;
}

export type OpenAnswer =
  | { readonly kind: 'open'; readonly lease: FileLease }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly cause: string };

interface Shared {
  readonly file: string;
  readonly opened: Promise<Opened>;
  leases: number;
}

interface Opened {
  readonly handle: FileHandle;
  readonly found: BigIntStats;
  readonly size: number;
  read(buffer: Uint8Array, at: number): Promise<number>;
  readonly hash: ReturnType<typeof createHash>;
  hashedTo: number;
  sha256: string | null;
  changed: boolean;
}

const EMPTY_SHA256 = createHash('sha256').digest('hex');
/** Hashes of files that were sent whole, by what they were then. */
const MOST_KNOWN = 256;
/** A file that was changed this shortly ago may change again within one step of its clock. */
const SETTLED_MS = 2_000;

/** Every file that is being sent is open once, however many phones take it. */
export class OpenFiles {
  private readonly shared = new Map<string, Shared>();
  private readonly known = new Map<string, string>();
  private readonly pieces = new Pieces();
  private count = 0;

  /** Leases that are held now. */
  get leases(): number {
    return this.count;
  }

  async open(file: string): Promise<OpenAnswer> {
    try {
      const lease = (await this.join(file)) ?? (await this.begin(file));
      return lease === null ? { kind: 'missing' } : { kind: 'open', lease };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      return code === 'ENOENT' ? { kind: 'missing' } : { kind: 'unreadable', cause: code };
    }
  }

  /** Finds files that were changed under their senders, so that these end early and not only at the last piece. */
  async check(): Promise<void> {
    for (const { opened } of this.shared.values()) {
      const file = await opened.catch(() => null);
      if (file !== null && !file.changed) await checkFile(file).catch(() => undefined);
    }
  }

  /** null when nobody has this file open, or the name means another file or other content by now. */
  private async join(file: string): Promise<FileLease | null> {
    const shared = this.shared.get(file);
    if (!shared) return null;
    shared.leases += 1;
    try {
      const opened = await shared.opened;
      const found = await stat(file, { bigint: true });
      if (isSame(found, opened.found) && !opened.changed) return this.leaseOf(shared, opened, found);
      if (found.ino === opened.found.ino) opened.changed = true;
    } catch {
      // Whatever it is, opening it anew tells.
    }
    if (this.shared.get(file) === shared) this.shared.delete(file);
    await this.leave(shared);
    return this.join(file);
  }

  /** null for what is no file. */
  private async begin(file: string): Promise<FileLease | null> {
    const shared: Shared = { file, opened: openFile(file), leases: 1 };
    this.shared.set(file, shared);
    try {
      const opened = await shared.opened;
      if (opened.found.isFile()) return this.leaseOf(shared, opened, opened.found);
    } catch (error) {
      if (this.shared.get(file) === shared) this.shared.delete(file);
      throw error;
    }
    if (this.shared.get(file) === shared) this.shared.delete(file);
    await this.leave(shared);
    return null;
  }

  private leaseOf(shared: Shared, opened: Opened, found: BigIntStats): FileLease {
    const identity = identityOf(shared.file, opened.found);
    this.count += 1;
    return {
      size: opened.size,
      modified: Number(opened.found.mtimeMs),
      stamp: stampOf(found),
      sha256: opened.sha256 ?? this.known.get(identity) ?? null,
      take: (at, size) => {
        if (opened.changed) throw new FileChanged();
        return this.pieces.take(opened, at, size);
      },
      giveBack: (piece, untouched) => { this.pieces.giveBack(piece, untouched); },
      hash: ({ at, bytes }) => {
        if (at > opened.hashedTo || at + bytes.length <= opened.hashedTo) return;
        opened.hash.update(bytes.subarray(opened.hashedTo - at));
        opened.hashedTo = at + bytes.length;
        if (opened.hashedTo === opened.size) opened.sha256 = opened.hash.digest('hex');
      },
      hashed: () => opened.sha256,
      isWhole: async () => {
        await checkFile(opened);
        if (!opened.changed && opened.sha256 !== null) this.remember(identity, opened);
        return !opened.changed;
      },
      close: async () => {
        this.count -= 1;
        await this.leave(shared);
      },
    };
  }

  private remember(identity: string, { sha256, found }: Opened): void {
    if (sha256 === null || Date.now() - Number(found.ctimeMs) < SETTLED_MS) return;
    this.known.delete(identity);
    this.known.set(identity, sha256);
    const oldest = this.known.size > MOST_KNOWN ? this.known.keys().next().value : undefined;
    if (oldest !== undefined) this.known.delete(oldest);
  }

  private async leave(shared: Shared): Promise<void> {
    shared.leases -= 1;
    if (shared.leases > 0) return;
    if (this.shared.get(shared.file) === shared) this.shared.delete(shared.file);
    const opened = await shared.opened.catch(() => null);
    if (opened === null) return;
    this.pieces.forget(opened);
    await opened.handle.close();
  }
}

/** Thrown by `take` as soon as somebody has seen that the file is not what it was. */
export class FileChanged extends Error {}

async function openFile(file: string): Promise<Opened> {
  // Without O_NONBLOCK a pipe under a served name would hold a thread for ever.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = await handle.stat({ bigint: true });
    return {
      handle, found,
      size: Number(found.size),
      read: async (buffer, at) => (await handle.read(buffer, 0, buffer.length, at)).bytesRead,
      hash: createHash('sha256'),
      hashedTo: 0,
      sha256: found.size === 0n ? EMPTY_SHA256 : null,
      changed: false,
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function checkFile(opened: Opened): Promise<void> {
  const found = await opened.handle.stat({ bigint: true });
  if (!isSame(found, opened.found)) opened.changed = true;
}

/** Renaming and removing leave the content as it is: the change time plays no part. */
function isSame(one: BigIntStats, other: BigIntStats): boolean {
  return one.ino === other.ino && one.dev === other.dev && one.size === other.size && one.mtimeNs === other.mtimeNs;
}

function identityOf(file: string, { dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs} ${file}`;
}
