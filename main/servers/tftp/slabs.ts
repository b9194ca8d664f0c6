import { HEADER, writeDataHeader } from './codec.ts';

/**
 * Memory for one stretch of a file, laid out as DATA packets one behind the other, so that a file is read straight into
 * packets and no packet is copied or allocated for a phone:
 *
 *   │ 4 header │ block size │ 4 header │ block size │ …
 */
export interface Slab {
  readonly blockSize: number;
  /** Each with its header; the last block of a file is cut shorter by the reader. */
  readonly packets: readonly Buffer[];
  /** The same without headers: where the file's bytes go. */
  readonly holes: readonly Buffer[];
}

/** The slabs of a worker. They are filled again and again: 100 MB/s would leave 100 MB of garbage each second. */
export interface Slabs {
  /** The slab's headers count from block `first` (1, 2, …). */
  take(blockSize: number, first: number): Slab;
  /** No transfer holds it, but a phone that lags behind may want it: kept for a while, `forgotten` tells that it is gone. */
  keep(slab: Slab, forgotten: () => void): void;
  /** A kept one is wanted again. */
  recall(slab: Slab): void;
  giveBack(slab: Slab): void;
}

/** Bytes of file in one slab: one read. A lock-step transfer holds one or two of them, whatever the size of its file. */
export const SLAB = 64 * 1024;
/** One system call takes at most 1,024 pieces; more than this gains nothing. */
const MOST_PACKETS = 256;
const MOST_SPARE = 32;
/** 8 MB of file for each worker, whatever phones ask: the phones of one wave are some megabytes apart. */
const MOST_KEPT = 128;

/** How many blocks of this size stand in one slab. */
export function blocksInSlab(blockSize: number): number {
  return Math.max(1, Math.min(MOST_PACKETS, Math.floor(SLAB / blockSize)));
}

/**
 * `quiet`: no packet of ours waits in the program for its socket. While one does, its memory must not be written again;
 * such slabs are left to the garbage collector, which knows who holds them.
 */
export function openSlabs(quiet: () => boolean): Slabs {
  let spare: Slab[] = [];
  const kept = new Map<Slab, () => void>();

  function giveBack(slab: Slab): void {
    if (!quiet()) return;
    if (spare.length >= MOST_SPARE) spare.shift();
    spare.push(slab);
  }

  return {
    take(blockSize, first) {
      const found = spare.findLastIndex((slab) => slab.blockSize === blockSize);
      const slab = spare[found] ?? layOut(blockSize);
      if (found >= 0) spare = spare.toSpliced(found, 1);
      for (const [index, packet] of slab.packets.entries()) writeDataHeader(packet, first + index);
      return slab;
    },
    keep(slab, forgotten) {
      kept.set(slab, forgotten);
      for (const [oldest, forget] of kept) {
        if (kept.size <= MOST_KEPT) break;
        kept.delete(oldest);
        forget();
        giveBack(oldest);
      }
    },
    recall(slab) { kept.delete(slab); },
    giveBack,
  };
}

function layOut(blockSize: number): Slab {
  const stride = HEADER + blockSize;
  const count = blocksInSlab(blockSize);
  const memory = Buffer.allocUnsafeSlow(stride * count);
  const packets = Array.from({ length: count }, (_none, index) => memory.subarray(index * stride, (index + 1) * stride));
  return { blockSize, packets, holes: packets.map((packet) => packet.subarray(HEADER)) };
}
