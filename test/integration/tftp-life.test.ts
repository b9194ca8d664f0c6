import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, open, readdir, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { TftpSource } from '../../main/servers/tftp/needs.ts';
import { afterwards, scratchFolder } from '../support/afterwards.ts';
import { eventually } from '../support/eventually.ts';
import { fetchFile, openPhone, request } from '../support/tftp-client.ts';
import { bytesSource, sha256, someBytes, startTftpHere } from '../support/tftp-server.ts';

const BODY = someBytes(20_000);

const fileSource = (file: string, size: number): TftpSource => ({ kind: 'file', file, size, sha256: null });
const ack = (block: number): Buffer => Buffer.from([0, 4, block >> 8, block & 255]);

describe('start and stop', () => {
  it('finds a free port for several workers, and says which', async () => {
    const { server, port } = await startTftpHere({ profile: bytesSource(BODY) }, { workers: 2 });
    expect(port).toBeGreaterThan(0);
    expect(server.status()).toMatchObject({ name: 'tftp', state: 'listening', address: '127.0.0.1', port, figures: { workers: process.platform === 'linux' ? 2 : 1 } });
  });

  it('says that another program, or another bench of the same person, holds the port', async () => {
    const first = await startTftpHere({});
    const second = await startTftpHere({}, { port: first.port });
    expect(second.server.status()).toMatchObject({ state: 'failed', port: null, error: { code: 'server.port-taken-unknown', params: { port: first.port } } });
  });

  it('says that the address is none of this computer', async () => {
    const bench = await startTftpHere({}, { address: '192.0.2.1' });
    expect(bench.server.status()).toMatchObject({ state: 'failed', error: { code: 'server.address-missing', params: { address: '192.0.2.1' } } });
  });

  it('tells every running phone when it stops, and starts again on the same port', async () => {
    const bench = await startTftpHere({ profile: bytesSource(BODY) });
    const phones = await Promise.all(Array.from({ length: 50 }, openPhone));
    for (const phone of phones) {
      phone.send(request('profile'), bench.port);
      await phone.next();
    }
    await bench.server.stop();
    for (const phone of phones) {
      await eventually(() => expect(phone.heard.at(-1)?.bytes.subarray(0, 4)).toEqual(Buffer.from([0, 5, 0, 0])));
      phone.close();
    }
    expect(bench.observed.filter(({ outcome }) => outcome.kind === 'broken' && outcome.code === 'tftp.stopped')).toHaveLength(50);
    expect(bench.server.status()).toMatchObject({ state: 'stopped', port: null });
    const again = await bench.server.start();
    expect(again.state).toBe('listening');
    expect(await fetchFile({ port: again.port ?? 0, path: 'profile' })).toEqual(BODY);
  });

  it('starts a worker again that died, tells which transfers died with it, and serves on', async () => {
    const crash = new BroadcastChannel('dialbench-test-crash');
    afterwards(() => { crash.close(); });
    const bench = await startTftpHere({ profile: bytesSource(BODY) }, { workers: 1, workerFile: new URL('../support/tftp-crashing-worker.ts', import.meta.url) });
    const phone = await openPhone();
    phone.send(request('profile'), bench.port);
    await phone.next();
    crash.postMessage('now');
    const broken = await bench.seen(({ outcome }) => outcome.kind === 'broken' && outcome.code === 'server.crashed');
    expect(broken).toMatchObject({ asked: 'RRQ', facts: { path: 'profile' }, detail: { cause: expect.stringContaining('a bug of ours') as string } });
    expect(bench.server.status()).toMatchObject({ state: 'listening', error: { code: 'server.crashed' } });
    expect(await fetchFile({ port: bench.port, path: 'profile' })).toEqual(BODY);
    phone.close();
  });
});

describe('what is told', () => {
  it('tells start and end of a transfer under one name, with size, hash and what was agreed', async () => {
    const bench = await startTftpHere({ profile: bytesSource(BODY) });
    await fetchFile({ port: bench.port, path: 'profile', blockSize: 1428, window: 4 });
    const end = await bench.seen(({ outcome }) => outcome.kind === 'delivered');
    expect(end).toMatchObject({
      server: 'tftp', asked: 'RRQ', facts: { path: 'profile' }, detail: { blksize: 1428, window: 4 },
      outcome: { bytes: BODY.length, sha256: sha256(BODY), confirmed: true },
    });
    const begin = bench.observed.find(({ exchange }) => exchange === end.exchange);
    expect(begin?.outcome).toEqual({ kind: 'started', total: BODY.length, sha256: sha256(BODY) });
    expect(Math.abs(Date.now() - end.at)).toBeLessThan(10_000);
  });

  it('tells how far a long transfer is, at most four times a second', async () => {
    const large = someBytes(3_000_000);
    const bench = await startTftpHere({ large: bytesSource(large) });
    const phone = await openPhone();
    phone.send(request('large'), bench.port);
    const began = Date.now();
    for (let block = 0; block < 100 || bench.moved.length < 2;) {
      const { bytes, port } = await phone.next();
      block = bytes.readUInt16BE(2);
      await wait(10);
      phone.send(ack(block), port);
    }
    const seconds = (Date.now() - began) / 1_000;
    expect(bench.moved.length).toBeGreaterThan(1);
    expect(bench.moved.length).toBeLessThanOrEqual(4 * seconds + 2);
    expect(bench.moved.at(-1)).toMatchObject({ server: 'tftp', path: 'large', total: large.length });
    const bytes = bench.moved.map((report) => report.bytes);
    expect(bytes).toEqual(bytes.toSorted((one, other) => one - other));
    phone.close();
  });

  it('gives the phone error 0 when the bench fails to answer', async () => {
    const bench = await startTftpHere({}, {}, { open: () => Promise.reject(new Error('no')) });
    await expect(fetchFile({ port: bench.port, path: 'profile' })).rejects.toThrow('The bench cannot answer');
    await bench.seen(({ outcome }) => outcome.kind === 'refused' && outcome.code === 'tftp.bench-error');
  });
});

describe('files', () => {
  it('serves files of every size around a read, whole and in netascii', async () => {
    const folder = await scratchFolder();
    const sizes = [0, 1, 65_536, 256 * 1024, 256 * 1024 + 1, 1_000_000];
    const sources: Record<string, TftpSource> = {};
    const bodies = new Map<string, Uint8Array>();
    for (const size of sizes) {
      const name = `f${String(size)}`;
      bodies.set(name, someBytes(size));
      await writeFile(join(folder, name), bodies.get(name) ?? '');
      sources[name] = fileSource(join(folder, name), size);
    }
    const { port } = await startTftpHere(sources);
    for (const [path, body] of bodies) {
      for (const [blockSize, window] of [[512, 1], [1428, 16], [60_000, 4]] as const) {
        expect(sha256(await fetchFile({ port, path, blockSize, window })), `${path} ${String(blockSize)}`).toBe(sha256(body));
      }
    }
  });

  it('refuses what is missing, no regular file, or of another size than the bench believes', async () => {
    const folder = await scratchFolder();
    await writeFile(join(folder, 'grown'), 'longer than before');
    const sources: Record<string, TftpSource> = {
      missing: fileSource(join(folder, 'missing'), 1), folder: fileSource(folder, 1), grown: fileSource(join(folder, 'grown'), 3),
    };
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [join(folder, 'pipe')]);
      sources['pipe'] = fileSource(join(folder, 'pipe'), 0);
    }
    const { port } = await startTftpHere(sources);
    await expect(fetchFile({ port, path: 'missing' })).rejects.toThrow('File not found');
    await expect(fetchFile({ port, path: 'folder' })).rejects.toThrow();
    if ('pipe' in sources) await expect(fetchFile({ port, path: 'pipe' })).rejects.toThrow('File not found');
    await expect(fetchFile({ port, path: 'grown' })).rejects.toThrow('changed');
  });

  it.each([
    ['grows', (file: string) => appendFile(file, 'x')],
    ['shrinks', (file: string) => truncate(file, 300_000)],
    ['is written over', (file: string) => writeOver(file)],
  ])('ends a transfer whose file %s meanwhile with an error, never with a mixture', async (_how, change) => {
    const folder = await scratchFolder();
    const file = join(folder, 'load');
    await writeFile(file, someBytes(900_000));
    const bench = await startTftpHere({ load: fileSource(file, 900_000) });
    const phone = await openPhone();
    phone.send(request('load', { blksize: 1428 }), bench.port);
    for (let changed = false; ;) {
      const { bytes, port } = await phone.next();
      if (bytes[1] === 5) { expect(bytes.toString('latin1', 4)).toContain('changed'); break; }
      const block = bytes[1] === 6 ? 0 : bytes.readUInt16BE(2);
      if (block === 20 && !changed) { changed = true; await change(file); }
      expect(block).toBeLessThan(600);
      phone.send(ack(block), port);
    }
    await bench.seen(({ outcome }) => outcome.kind === 'broken' && outcome.code === 'tftp.file-changed');
    phone.close();
  });

  it('finishes with the old content when the file is replaced by renaming, and serves the new one next', async () => {
    const folder = await scratchFolder();
    const file = join(folder, 'load');
    const [old, fresh] = [someBytes(900_000), someBytes(900_000)];
    await writeFile(file, old);
    await writeFile(`${file}.new`, fresh);
    const { port, seen } = await startTftpHere({ load: fileSource(file, 900_000) });
    const first = fetchFile({ port, path: 'load', blockSize: 512 });
    await seen(({ outcome }) => outcome.kind === 'started');
    await rename(`${file}.new`, file);
    expect(sha256(await first)).toBe(sha256(old));
    expect(sha256(await fetchFile({ port, path: 'load', blockSize: 1428 }))).toBe(sha256(fresh));
  });
});

describe('uploads', () => {
  it('removes what a vanished or aborting writer left behind', async () => {
    const bench = await startTftpHere({});
    const phone = await openPhone();
    phone.send(request('report', {}, 2), bench.port);
    const { port } = await phone.next();
    phone.send(Buffer.concat([Buffer.from([0, 3, 0, 1]), Buffer.alloc(512)]), port);
    await phone.nextBut(ack(0));
    expect(await readdir(bench.folder)).toHaveLength(1);
    phone.send(Buffer.from([0, 5, 0, 0, 0]), port);
    await bench.seen(({ outcome }) => outcome.kind === 'broken' && outcome.code === 'tftp.aborted');
    await expect.poll(() => readdir(bench.folder)).toEqual([]);
    phone.close();
  });

  it('stops a writer above the limit with error 3, although it announced nothing', async () => {
    const bench = await startTftpHere({}, {}, {}, 1_000);
    const phone = await openPhone();
    phone.send(request('report', {}, 2), bench.port);
    const { port } = await phone.next();
    for (let block = 1; block <= 2; block += 1) {
      phone.send(Buffer.concat([Buffer.from([0, 3, 0, block]), Buffer.alloc(512)]), port);
      const { bytes } = await phone.nextBut(ack(block - 1));
      expect(bytes.subarray(0, 4)).toEqual(block === 1 ? ack(1) : Buffer.from([0, 5, 0, 3]));
    }
    await expect.poll(() => readdir(bench.folder)).toEqual([]);
    phone.close();
  });

  it('does not acknowledge the last block before the bench has recorded the upload', async () => {
    let record = (): void => undefined;
    const recorded = new Promise<void>((resolve) => { record = resolve; });
    const bench = await startTftpHere({}, {}, { received: () => recorded });
    const phone = await openPhone();
    phone.send(request('report', {}, 2), bench.port);
    const { port } = await phone.next();
    phone.send(Buffer.from([0, 3, 0, 1, 65]), port);
    await wait(200);
    expect(phone.heard.map(({ bytes }) => bytes)).not.toContainEqual(ack(1));
    record();
    expect((await phone.nextBut(ack(0))).bytes).toEqual(ack(1));
    phone.close();
  });

  it('removes an upload that the bench could not record, and tells the phone error 3', async () => {
    const bench = await startTftpHere({}, {}, { received: () => Promise.reject(new Error('no')) });
    const phone = await openPhone();
    phone.send(request('report', {}, 2), bench.port);
    const { port } = await phone.next();
    phone.send(Buffer.from([0, 3, 0, 1, 65]), port);
    expect((await phone.nextBut(ack(0))).bytes.subarray(0, 4)).toEqual(Buffer.from([0, 5, 0, 3]));
    await expect.poll(() => readdir(bench.folder)).toEqual([]);
    phone.close();
  });

  it('creates no file for a request alone', async () => {
    const bench = await startTftpHere({});
    const phone = await openPhone();
    phone.send(request('report', {}, 2), bench.port);
    expect((await phone.next()).bytes).toEqual(ack(0));
    expect(await readdir(bench.folder)).toEqual([]);
    phone.close();
  });

  const canMount = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/bin/mount');
  if (!canMount) console.warn('SKIPPED: a full disk needs root and Linux, the upload onto one is not tried');
  it.skipIf(!canMount)('tells a writer that the disk is full, and removes the piece', async () => {
    const folder = await scratchFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'dialbench-tftp', folder]);
    afterwards(() => execFileSync('umount', [folder]));
    const bench = await startTftpHere({}, {}, { accept: () => Promise.resolve({ kind: 'accept', file: join(folder, 'up'), limit: 1_000_000 }) });
    const phone = await openPhone();
    phone.send(request('report', {}, 2), bench.port);
    const { port } = await phone.next();
    const write = (block: number): void => { phone.send(Buffer.concat([Buffer.from([0, 3, 0, block]), Buffer.alloc(512)]), port); };
    write(1);
    for (let block = 1; ;) {
      const { bytes } = await phone.next();
      if (bytes[1] === 5) { expect(bytes.readUInt16BE(2)).toBe(3); break; }
      if (bytes.readUInt16BE(2) !== block) continue; // an acknowledgement that came twice
      block += 1;
      expect(block).toBeLessThan(200);
      write(block);
    }
    await bench.seen(({ outcome }) => outcome.kind === 'broken' && outcome.code === 'server.disk-full');
    await expect.poll(() => readdir(folder)).toEqual([]);
    phone.close();
  });
});

async function writeOver(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(Buffer.from('other'), 0, 5, 500_000);
  await handle.close();
}
