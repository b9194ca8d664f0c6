import { appendFile, mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Body } from '../../../../../main/servers/tftp/body.ts';
import { openFiles, type Files, type FileTrouble, type SharedFile } from '../../../../../main/servers/tftp/file-body.ts';
import { openSlabs, type Slabs } from '../../../../../main/servers/tftp/slabs.ts';

let folder: string;
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'dialbench-tftp-body-')); });
afterEach(() => rm(folder, { recursive: true, force: true }));

async function firmware(size: number): Promise<{ readonly file: string; readonly bytes: Buffer }> {
  const bytes = Buffer.from(Array.from({ length: size }, (_none, index) => (index * 7 + Math.floor(index / 251)) & 255));
  const file = join(folder, 'firmware');
  await writeFile(file, bytes);
  return { file, bytes };
}

function opened(files: Files, file: string, size: number): Promise<SharedFile> {
  return new Promise((resolve, reject) => {
    files.open({ file, size }, (result) => { if (typeof result === 'string') reject(new Error(result)); else resolve(result); });
  });
}

/** Reads as a phone does: block by block, letting go of each. */
async function readAll(shared: SharedFile, blockSize: number, letGo = true): Promise<{ readonly data: Buffer; readonly numbers: readonly number[] }> {
  let wake = (): void => undefined;
  const body = shared.body(blockSize, () => { wake(); }, (trouble) => { throw new Error(trouble); });
  const parts: Buffer[] = [];
  const numbers: number[] = [];
  for (let block = 1; ; block += 1) {
    const packet = await new Promise<Buffer>((resolve) => {
      wake = () => { const found = body.packet(block); if (found !== null) resolve(found); };
      wake();
    });
    numbers.push(packet.readUInt16BE(2));
    parts.push(Buffer.from(packet.subarray(4)));
    if (letGo) body.forget(block);
    if (packet.length - 4 < blockSize) break;
  }
  body.close();
  return { data: Buffer.concat(parts), numbers };
}

/** Takes slabs as a worker does, and counts how many were ever made. */
function counted(quiet = true): { readonly slabs: Slabs; readonly made: () => number } {
  const real = openSlabs(() => quiet);
  const seen = new Set<unknown>();
  return { made: () => seen.size, slabs: { ...real, take(blockSize, first) { const slab = real.take(blockSize, first); seen.add(slab); return slab; } } };
}

describe('a file in blocks', () => {
  it.each([[1_000_003, 1_428], [1_000_000, 512], [65_536 * 5, 65_464], [64 * 1_024 * 4, 1_024], [300_000, 8], [300_001, 40_000], [1_428 * 45 * 4, 1_428]])(
    'gives all %i bytes with blocks of %i, numbered from 1, and ends with a short one', async (size, blockSize) => {
      const { file, bytes } = await firmware(size);
      const shared = await opened(openFiles(openSlabs(() => true)), file, size);
      const { data, numbers } = await readAll(shared, blockSize);
      expect(Buffer.compare(data, bytes)).toBe(0);
      expect(numbers.every((number, index) => number === ((index + 1) & 0xffff))).toBe(true);
      expect(numbers).toHaveLength(Math.floor(size / blockSize) + 1);
      shared.release();
    });

  it('gives several phones with several block sizes the same bytes at once', async () => {
    const { file, bytes } = await firmware(700_000);
    const files = openFiles(openSlabs(() => true));
    const all = await Promise.all([512, 1_428, 1_428, 1_468, 8_192].map(async (blockSize) => {
      const shared = await opened(files, file, 700_000);
      const { data } = await readAll(shared, blockSize);
      shared.release();
      return data;
    }));
    for (const data of all) expect(Buffer.compare(data, bytes)).toBe(0);
  });

  it('uses the same memory again and again while nothing waits to be sent', async () => {
    const { file } = await firmware(20 * 64 * 1_024);
    const { slabs, made } = counted();
    const files = openFiles(slabs);
    for (let round = 0; round < 3; round += 1) {
      const shared = await opened(files, file, 20 * 64 * 1_024);
      await readAll(shared, 1_428);
      shared.release();
    }
    expect(made()).toBeLessThan(45);
  });

  it('never fills memory anew that may still be on its way to a phone', async () => {
    const { file } = await firmware(20 * 64 * 1_024);
    const { slabs, made } = counted(false);
    const files = openFiles(slabs);
    for (let round = 0; round < 3; round += 1) {
      const shared = await opened(files, file, 20 * 64 * 1_024);
      await readAll(shared, 1_428);
      shared.release();
    }
    expect(made()).toBeGreaterThanOrEqual(60);
  });

  it('keeps 128 pieces for phones that lag behind, whatever files and block sizes were asked', () => {
    const slabs = openSlabs(() => true);
    const forgotten: number[] = [];
    const taken = Array.from({ length: 200 }, (_none, n) => slabs.take(600 + n, 1));
    for (const [n, slab] of taken.entries()) slabs.keep(slab, () => { forgotten.push(n); });
    expect(forgotten).toEqual(Array.from({ length: 72 }, (_none, n) => n));
    slabs.recall(taken[199] ?? slabs.take(512, 1));
    slabs.keep(slabs.take(512, 1), () => { forgotten.push(200); });
    expect(forgotten).toHaveLength(72);
  });

  it('reads a piece once for phones that load it one after the other', async () => {
    const { file } = await firmware(600_000);
    const { slabs, made } = counted();
    const files = openFiles(slabs);
    const [first, second] = [await opened(files, file, 600_000), await opened(files, file, 600_000)];
    const holder = first.body(1_428, () => undefined, () => undefined); // the first phone waits at its start
    await readAll(first, 1_428);
    const after = made();
    await readAll(second, 1_428);
    expect(made()).toBe(after);
    holder.close();
    first.release();
    second.release();
  });
});

describe('a file that changes', () => {
  async function begun(size: number): Promise<{ readonly file: string; readonly body: Body; readonly troubles: FileTrouble[]; readonly shared: SharedFile; readonly files: Files }> {
    const { file } = await firmware(size);
    const files = openFiles(openSlabs(() => true));
    const shared = await opened(files, file, size);
    const troubles: FileTrouble[] = [];
    const body = shared.body(1_428, () => undefined, (trouble) => { troubles.push(trouble); });
    await vi.waitFor(() => expect(body.packet(1)).not.toBeNull(), { timeout: 30_000 });
    return { file, body, troubles, shared, files };
  }

  it('stops all its transfers at the next read, and gives nothing any more', async () => {
    const { file, body, troubles, shared } = await begun(900_000);
    expect(body.packet(1)).not.toBeNull();
    await appendFile(file, 'x');
    body.packet(30); // reads ahead
    await vi.waitFor(() => expect(troubles).toEqual(['changed']), { timeout: 30_000 });
    expect(body.packet(1)).toBeNull();
    body.close();
    shared.release();
  });

  it('is sent as it was when its name goes away, and is missing for the next phone', async () => {
    const { file, body, troubles, shared, files } = await begun(900_000);
    await unlink(file);
    await readAll(shared, 512);
    expect(troubles).toEqual([]);
    await expect(opened(files, file, 900_000)).rejects.toThrow('missing');
    body.close();
    shared.release();
  });
});
