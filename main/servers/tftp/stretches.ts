import { readv } from 'node:fs';
import { HEADER } from './codec.ts';
import { blocksInSlab, type Slab, type Slabs } from './slabs.ts';

/**
 * A file in stretches of blocks, read ahead and cut into packets once for all phones that load it with the same block
 * size near each other, as the phones of one wave do.
 */
export interface Stretches {
  readonly inOne: number;
  /** Stretch `index` (0, 1, …) is used by one transfer more; it is read when nobody has it. */
  hold(index: number): void;
  letGo(index: number): void;
  /** The packet of a held stretch; null while it is being read. */
  packet(index: number, at: number): Buffer | null;
  /** `wake` is called once, at the end of any read. */
  onRead(wake: () => void): void;
  forget(wake: () => void): void;
  /** No transfer of this block size is left: what was kept for phones that lag behind goes. */
  clear(): void;
}

interface Stretch {
  readonly slab: Slab;
  /** Its packets; of the file's last stretch only those that exist, the last one cut to its length. */
  readonly packets: readonly Buffer[];
  users: number;
  ready: boolean;
}

export function openStretches(
  file: { readonly fd: number; readonly size: number; readonly slabs: Slabs; began(): void; ended(error: Error | null, short: boolean): boolean },
  blockSize: number,
): Stretches {
  const inOne = blocksInSlab(blockSize);
  const known = new Map<number, Stretch>();
  const waiting = new Set<() => void>();
  let cleared = false;

  function load(index: number): Stretch {
    const start = index * inOne * blockSize;
    const slab = file.slabs.take(blockSize, index * inOne + 1);
    const wanted = Math.min(inOne * blockSize, file.size - start);
    const whole = wanted === inOne * blockSize;
    const holes = whole ? slab.holes : pieces(slab.holes, wanted, 0);
    // A file that is a multiple of the block size ends with an empty packet, perhaps alone in its stretch.
    const packets = whole ? slab.packets : pieces(slab.packets, wanted, HEADER);
    const stretch: Stretch = { slab, packets, users: 0, ready: false };
    known.set(index, stretch);
    file.began();
    const end = (error: Error | null, got: number): void => {
      stretch.ready = file.ended(error, got < wanted);
      if (stretch.users === 0) rest(index, stretch);
      const woken = [...waiting];
      waiting.clear();
      if (stretch.ready) for (const wake of woken) wake();
    };
    if (wanted === 0) setImmediate(end, null, 0);
    else readv(file.fd, holes, start, end);
    return stretch;
  }

  function rest(index: number, stretch: Stretch): void {
    const forget = (): void => { if (known.get(index) === stretch) known.delete(index); };
    if (!cleared && stretch.ready) { file.slabs.keep(stretch.slab, forget); return; }
    forget();
    file.slabs.giveBack(stretch.slab);
  }

  return {
    inOne,
    hold(index) {
      const stretch = known.get(index) ?? load(index);
      if (stretch.users === 0 && stretch.ready) file.slabs.recall(stretch.slab);
      stretch.users += 1;
    },
    letGo(index) {
      const stretch = known.get(index);
      if (stretch === undefined) return;
      stretch.users -= 1;
      if (stretch.users === 0 && stretch.ready) rest(index, stretch);
    },
    packet(index, at) {
      const stretch = known.get(index);
      return stretch?.ready === true ? stretch.packets[at] ?? null : null;
    },
    onRead(wake) { waiting.add(wake); },
    forget(wake) { waiting.delete(wake); },
    clear() {
      cleared = true;
      for (const [index, stretch] of known) {
        if (stretch.users > 0 || !stretch.ready) continue;
        file.slabs.recall(stretch.slab);
        rest(index, stretch);
      }
    },
  };
}

/** The first packets that `bytes` of file fill, each `extra` longer; the last one is cut, and empty when the bytes end before it. */
function pieces(buffers: readonly Buffer[], bytes: number, extra: number): Buffer[] {
  const found: Buffer[] = [];
  let left = bytes;
  for (const buffer of buffers) {
    const length = Math.min(left, buffer.length - extra);
    found.push(buffer.subarray(0, extra + length));
    left -= length;
    if (length < buffer.length - extra) break;
  }
  return found;
}
