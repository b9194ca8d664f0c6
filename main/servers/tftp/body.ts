import { HEADER, writeDataHeader } from './codec.ts';

/** The bytes of one transfer, ready as DATA packets. */
export interface Body {
  /** Bytes on the wire. */
  readonly size: number;
  /** Block `index` (1, 2, …) with its header; null when its bytes are still on their way, `onReady` is called then. */
  packet(index: number): Buffer | null;
  /** Everything up to and with block `acked` is not needed again. */
  forget(acked: number): void;
  close(): void;
}

interface Cut {
  readonly bytes: Uint8Array;
  readonly packets: (Buffer | undefined)[];
  users: number;
}

/** Bodies in memory, cut into packets once and shared by all transfers of the same bytes and block size. */
export interface Shelf {
  /** `key` names the bytes: their SHA-256, or a file's identity. */
  take(key: string, bytes: Uint8Array, blockSize: number): Body;
}

/** `idleBytes`: how much nobody's bodies may keep, for the next phone that asks for the same. */
export function openShelf(idleBytes = 16 * 1024 * 1024): Shelf {
  const cuts = new Map<string, Cut>();
  const idle = new Map<string, number>();
  let idleSum = 0;

  function release(key: string, cut: Cut): void {
    cut.users -= 1;
    if (cut.users > 0) return;
    idle.set(key, cut.bytes.length);
    idleSum += cut.bytes.length;
    for (const [oldest, size] of idle) {
      if (idleSum <= idleBytes) break;
      idle.delete(oldest);
      cuts.delete(oldest);
      idleSum -= size;
    }
  }

  return {
    take(name, bytes, blockSize) {
      const key = `${name} ${String(bytes.length)} ${String(blockSize)}`;
      const known = cuts.get(key);
      const cut = known ?? { bytes, packets: [], users: 0 };
      if (known === undefined) cuts.set(key, cut);
      if (idle.delete(key)) idleSum -= cut.bytes.length;
      cut.users += 1;
      let open = true;
      return {
        size: cut.bytes.length,
        packet: (index) => cut.packets[index] ?? (cut.packets[index] = cutPacket(cut.bytes, index, blockSize)),
        forget: () => undefined,
        close() {
          if (open) release(key, cut);
          open = false;
        },
      };
    },
  };
}

function cutPacket(bytes: Uint8Array, index: number, blockSize: number): Buffer {
  const start = (index - 1) * blockSize;
  const data = bytes.subarray(start, start + blockSize);
  // A buffer of its own: one that is queued in the system must never be written again.
  const packet = Buffer.allocUnsafe(HEADER + data.length);
  writeDataHeader(packet, index);
  packet.set(data, HEADER);
  return packet;
}
