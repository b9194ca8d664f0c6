/** Where pieces are read from: one open file. */
export interface Source {
  readonly size: number;
  /** As much as the file still has, at most the buffer's length. */
  read(buffer: Uint8Array, at: number): Promise<number>;
}

/** A stretch of a file in memory. `bytes` may be read until the piece is given back, and never written. */
export interface Piece {
  readonly at: number;
  readonly bytes: Uint8Array;
}

interface Held extends Piece {
  bytes: Uint8Array;
  readonly source: Source;
  readonly key: string;
  readonly buffer: Uint8Array;
  readers: number;
  /** Until it has been read. */
  filled: Promise<Held> | null;
  reusable: boolean;
}

/** Pieces that nobody sends now, for phones that follow close behind; more of it is in the system's own cache. */
const MOST_IDLE_BYTES = 4 * 1024 * 1024;

/**
 * Reads each piece of a file once for all who want it at about the same time. Memory: what is being sent now, and
 * `mostIdle` bytes more; buffers are used again.
 */
export class Pieces {
  private readonly held = new Map<Source, Map<string, Held>>();
  /** Longest unused first. */
  private readonly idle = new Set<Held>();
  private readonly spare: Uint8Array[] = [];
  private idleBytes = 0;
  private readonly mostIdle: number;

  constructor(mostIdle = MOST_IDLE_BYTES) {
    this.mostIdle = mostIdle;
  }

  /** The piece of the grid of `size` bytes in which `at` lies, at once where it is in memory. Rejects when the file cannot be read. */
  take(source: Source, at: number, size: number): Piece | Promise<Piece> {
    const from = at - (at % size);
    const key = `${size} ${from}`;
    const known = this.held.get(source)?.get(key);
    const piece = known ?? this.begin(source, key, from, size);
    if (known?.readers === 0) this.wake(known);
    piece.readers += 1;
    return piece.filled ?? piece;
  }

  /** `untouched` false: the system may still read its bytes (a connection that broke), so its buffer is not used again. */
  giveBack(piece: Piece, untouched = true): void {
    const held = piece as Held;
    held.readers -= 1;
    held.reusable &&= untouched;
    if (held.readers > 0) return;
    if (this.held.get(held.source)?.get(held.key) !== held) return this.keepBuffer(held);
    this.idle.add(held);
    this.idleBytes += held.buffer.length;
    for (const oldest of this.idle) {
      if (this.idleBytes <= this.mostIdle) break;
      this.wake(oldest);
      this.drop(oldest);
      this.keepBuffer(oldest);
    }
  }

  /** Nobody reads this file any more. */
  forget(source: Source): void {
    for (const piece of this.held.get(source)?.values() ?? []) {
      if (piece.readers === 0) this.wake(piece);
    }
    this.held.delete(source);
    if (this.held.size === 0) this.spare.length = 0;
  }

  private begin(source: Source, key: string, at: number, size: number): Held {
    const length = Math.min(size, source.size - at);
    const buffer = this.bufferOf(Math.min(size, source.size));
    const held: Held = { source, key, at, buffer, bytes: buffer.subarray(0, 0), readers: 0, filled: null, reusable: true };
    held.filled = fill(source, buffer.subarray(0, length), at).then(
      (bytes) => {
        held.bytes = bytes;
        held.filled = null;
        return held;
      },
      (error: unknown) => {
        this.drop(held);
        throw error;
      },
    );
    const ofSource = this.held.get(source) ?? new Map<string, Held>();
    this.held.set(source, ofSource.set(key, held));
    return held;
  }

  private wake(piece: Held): void {
    if (this.idle.delete(piece)) this.idleBytes -= piece.buffer.length;
  }

  private drop(piece: Held): void {
    const ofSource = this.held.get(piece.source);
    if (ofSource?.get(piece.key) === piece) ofSource.delete(piece.key);
  }

  private bufferOf(length: number): Uint8Array {
    const at = this.spare.findLastIndex((buffer) => buffer.length === length);
    return at < 0 ? Buffer.allocUnsafeSlow(length) : (this.spare.splice(at, 1)[0] ?? Buffer.allocUnsafeSlow(length));
  }

  private keepBuffer({ buffer, reusable }: Held): void {
    if (!reusable || this.held.size === 0) return;
    this.spare.push(buffer);
    if (this.spare.length > MOST_SPARE) this.spare.shift();
  }
}

/** Buffers that wait for their next use. */
const MOST_SPARE = 16;

/** A system may give less than was asked; less at the end means that the file was cut. */
async function fill(source: Source, buffer: Uint8Array, at: number): Promise<Uint8Array> {
  let length = 0;
  while (length < buffer.length) {
    const read = await source.read(buffer.subarray(length), at + length);
    if (read === 0) break;
    length += read;
  }
  return buffer.subarray(0, length);
}
