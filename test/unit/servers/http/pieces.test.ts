import { describe, expect, it } from 'vitest';
import { Pieces, type Source } from '../../../../main/servers/http/pieces.ts';

const BYTES = Uint8Array.from({ length: 1_000 }, (_, index) => index % 251);

/** A file of 1,000 bytes that counts its reads and gives at most 70 bytes at a time, as a system may. */
function source(bytes: Uint8Array = BYTES): Source & { reads: number; fails: boolean } {
  const made = {
    size: BYTES.length,
    reads: 0,
    fails: false,
    read: async (buffer: Uint8Array, at: number): Promise<number> => {
      made.reads += 1;
      if (made.fails) throw new Error('the disk is gone');
      const part = bytes.subarray(at, at + Math.min(buffer.length, 70));
      buffer.set(part);
      return part.length;
    },
  };
  return made;
}

describe('Pieces', () => {
  it('reads once for all who want the same piece at once, and for who comes a little later', async () => {
    const pieces = new Pieces();
    const file = source();
    const both = await Promise.all([pieces.take(file, 10, 64), pieces.take(file, 63, 64)]);
    expect(both.map(({ at }) => at)).toEqual([0, 0]);
    for (const piece of both) pieces.giveBack(piece);
    const later = await pieces.take(file, 0, 64);
    expect(Array.from(later.bytes)).toEqual(Array.from(BYTES.subarray(0, 64)));
    expect(file.reads).toBe(1);
  });

  it('gives the last piece as long as it is, however little the system gives at a time', async () => {
    const pieces = new Pieces();
    const { at, bytes } = await pieces.take(source(), 999, 256);
    expect([at, bytes.length]).toEqual([768, 232]);
    expect(Array.from(bytes)).toEqual(Array.from(BYTES.subarray(768)));
  });

  it('gives a short piece of a file that was cut', async () => {
    const { bytes } = await new Pieces().take(source(BYTES.subarray(0, 300)), 256, 256);
    expect(bytes.length).toBe(44);
  });

  it('never fills a buffer anew while somebody sends from it', async () => {
    const pieces = new Pieces(0);
    const file = source();
    const held = await pieces.take(file, 0, 100);
    const shared = await pieces.take(file, 0, 100);
    pieces.giveBack(shared);
    const other = await pieces.take(file, 100, 100);
    expect(Array.from(held.bytes)).toEqual(Array.from(BYTES.subarray(0, 100)));
    expect(other.bytes.buffer).not.toBe(held.bytes.buffer);
  });

  it('uses a buffer again when nobody needs it, unless its connection broke', async () => {
    const pieces = new Pieces(0);
    const file = source();
    const first = await pieces.take(file, 0, 100);
    pieces.giveBack(first);
    const second = await pieces.take(file, 100, 100);
    expect(second.bytes.buffer).toBe(first.bytes.buffer);
    pieces.giveBack(second, false);
    const third = await pieces.take(file, 200, 100);
    expect(third.bytes.buffer).not.toBe(second.bytes.buffer);
  });

  it('keeps only so much for those who follow', async () => {
    const pieces = new Pieces(200);
    const file = source();
    for (let at = 0; at < 1_000; at += 100) pieces.giveBack(await pieces.take(file, at, 100));
    const before = file.reads;
    pieces.giveBack(await pieces.take(file, 900, 100));
    pieces.giveBack(await pieces.take(file, 800, 100));
    expect(file.reads).toBe(before);
    await pieces.take(file, 0, 100);
    expect(file.reads).toBeGreaterThan(before);
  });

  it('tells a failed read to all who wait for it, and reads again for the next', async () => {
    const pieces = new Pieces();
    const file = source();
    file.fails = true;
    const both = await Promise.allSettled([pieces.take(file, 0, 64), pieces.take(file, 0, 64)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    file.fails = false;
    expect((await pieces.take(file, 0, 64)).bytes.length).toBe(64);
  });

  it('forgets a file while pieces of it are on their way', async () => {
    const pieces = new Pieces();
    const file = source();
    const held = await pieces.take(file, 0, 64);
    pieces.forget(file);
    const anew = await pieces.take(file, 0, 64);
    expect(anew.bytes.buffer).not.toBe(held.bytes.buffer);
    pieces.giveBack(held);
    expect(Array.from(anew.bytes)).toEqual(Array.from(BYTES.subarray(0, 64)));
  });
});
