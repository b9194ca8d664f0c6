import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../common/values/failure.ts';
import { newDevice } from '../../../main/domain/device/enrol.ts';
import { openStore } from '../../../main/store/open.ts';
import { BENCH_MIGRATIONS } from '../../../main/store/schema.ts';
import { evidenceOf, macOf } from './names.ts';
import { closeStore, mustOpen, newFolder, tryOpen } from './workspace.ts';

describe('the schema', () => {
  it('of version 1 is brought up to date without losing a row', async () => {
    const folder = newFolder();
    mkdirSync(folder, { recursive: true });
    const old = new DatabaseSync(join(folder, 'bench.sqlite'));
    old.exec(`${BENCH_MIGRATIONS[0]}; PRAGMA user_version = 1;`);
    const device = newDevice(macOf(1), 1, 41);
    const { enrolled, number, name, variables } = device;
    old.prepare('INSERT INTO phones (mac, number, plan, body) VALUES (?, ?, ?, ?)').run(device.mac, 41, JSON.stringify({ enrolled, number, name, variables }), JSON.stringify(device));
    old.prepare('INSERT INTO templates VALUES (?, ?, ?, ?)').run('a', '<a/>', '*', 1);
    old.close();

    const store = await mustOpen(folder);
    expect(await store.phones.all()).toEqual([device]);
    expect(await store.phones.lastNumber()).toBe(41);
    expect((await store.templates.all()).map((row) => row.name)).toEqual(['a']);
    await store.served.put({ template: 'starter', sha256: 'x', mac: macOf(1), at: 1, masked: '' });
    expect(await store.served.last(macOf(1))).not.toBeNull();
  });

  it.each(['bench.sqlite', 'syslog.sqlite'])('of a newer version is left alone: %s', async (file) => {
    const folder = newFolder();
    await closeStore(await mustOpen(folder));
    const database = new DatabaseSync(join(folder, file));
    database.exec('PRAGMA user_version = 999');
    database.close();
    expect(await tryOpen(folder)).toMatchObject({ ok: false, failure: { code: 'workspace.newer', params: { folder } } });
    const again = new DatabaseSync(join(folder, file));
    expect(again.prepare('PRAGMA user_version').get()).toEqual({ user_version: 999 });
    again.close();
  });
});

describe('a damaged workspace', () => {
  it.each(['bench.sqlite', 'syslog.sqlite'])('%s that is no database is told, and kept', async (file) => {
    const folder = newFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), 'this is a letter, not a database. '.repeat(200));
    expect(await tryOpen(folder)).toMatchObject({ ok: false, failure: { code: 'workspace.unreadable', params: { folder } } });
    expect(readFileSync(join(folder, file), 'utf8')).toContain('a letter');
  });

  it('pages overwritten in the middle are found at the start', async () => {
    const folder = newFolder();
    const store = await mustOpen(folder);
    await store.evidence.append(Array.from({ length: 2_000 }, (_, index) => evidenceOf(`/${index}`)), []);
    await closeStore(store);
    const file = join(folder, 'bench.sqlite');
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4_096 * 10, 4_096 * 40);
    writeFileSync(file, bytes);
    expect(await tryOpen(folder)).toMatchObject({ ok: false, failure: { code: 'workspace.unreadable' } });
    // A start that failed holds nothing: the folder can be opened again once it was mended.
    expect(await tryOpen(folder)).toMatchObject({ failure: { code: 'workspace.unreadable' } });
  });

  it('a folder that cannot be made is told', async () => {
    expect(await tryOpen('/dev/null/workspace')).toMatchObject({ ok: false, failure: { code: 'workspace.unreadable' } });
  });

  it('a changed row of evidence is found by its number', async () => {
    const folder = newFolder();
    const store = await mustOpen(folder);
    await store.evidence.append(Array.from({ length: 5_000 }, (_, index) => evidenceOf(`/${index}`)), []);
    expect(await store.evidence.verify()).toEqual({ rows: 5_000, brokenAt: null });
    await closeStore(store);
    const database = new DatabaseSync(join(folder, 'bench.sqlite'));
    database.exec(`UPDATE evidence SET body = replace(body, '/4321"', '/4322"') WHERE seq = 4322`);
    database.close();
    expect((await (await mustOpen(folder)).evidence.verify()).brokenAt).toBe(4_322);
  });
});

describe('a database thread that dies', () => {
  it('is told, rejects what was asked, and is started again with everything it had committed', async () => {
    const folder = newFolder();
    mkdirSync(folder, { recursive: true });
    const troubles: Failure[] = [];
    // The store's own worker, and a way to end it in the middle of a request.
    const script = join(folder, 'fragile.ts');
    const source = new URL('../../../main/store/', import.meta.url).href;
    writeFileSync(script, `
      import { parentPort } from 'node:worker_threads';
      parentPort?.on('message', ({ args }) => { if (JSON.stringify(args ?? '').includes('poison')) process.exit(7); });
      await import('${source}worker.ts');`);
    const opened = await openStore(folder, {
      storeWorker: script, syslogWorker: new URL('syslog/worker.ts', source), now: Date.now, onTrouble: (failure) => troubles.push(failure),
    });
    if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
    const store = opened.value;
    await store.settings.put('x', 1);
    await store.evidence.append([evidenceOf('/before')], []);
    await expect(store.settings.put('x', 'poison')).rejects.toMatchObject({ failure: { code: 'workspace.thread-stopped' } });
    expect(troubles).toMatchObject([{ code: 'workspace.thread-stopped', params: { cause: 'exit 7' } }]);
    await expect(store.phones.all()).rejects.toMatchObject({ failure: { code: 'workspace.thread-stopped' } });
    await expect.poll(() => store.settings.get('x').catch(() => null)).toBe(1);
    await store.evidence.append([evidenceOf('/after')], []);
    expect(await store.evidence.verify()).toEqual({ rows: 2, brokenAt: null });
    await store.close();
    expect((await tryOpen(folder)).ok).toBe(true);
  });

  it('a store that was closed refuses, and closing twice does no harm', async () => {
    const store = await mustOpen(newFolder());
    await closeStore(store);
    await store.close();
    await expect(store.phones.all()).rejects.toMatchObject({ failure: { code: 'workspace.thread-gone' } });
  });
});

describe('a full disk', () => {
  it('is told, refuses what cannot be kept, keeps what was, and goes on when there is room', async ({ skip, onTestFinished }) => {
    const disk = smallDisk();
    if (!disk) return skip('no right to mount a small file system');
    onTestFinished(disk.free);
    const folder = join(disk.folder, 'workspace');
    const troubles: Failure[] = [];
    const store = await mustOpen(folder, (failure) => troubles.push(failure));
    await store.phones.enrol([newDevice(macOf(1), 1, 1)]);
    let kept = 0;
    const fill = async (): Promise<void> => {
      for (;;) kept += (await store.evidence.append(Array.from({ length: 500 }, (_, index) => evidenceOf(`/${'x'.repeat(300)}${index}`)), [])).length;
    };
    await expect(fill()).rejects.toMatchObject({ failure: { code: 'server.disk-full' } });
    expect(troubles[0]).toMatchObject({ code: 'server.disk-full' });
    expect(await store.phones.all()).toHaveLength(1);
    expect(await store.evidence.verify()).toEqual({ rows: kept, brokenAt: null });
    disk.grow();
    await store.evidence.append([evidenceOf('/again')], []);
    await store.phones.enrol([newDevice(macOf(2), 1, 2)]);
    expect(await store.evidence.verify()).toEqual({ rows: kept + 1, brokenAt: null });
    await closeStore(store);
  });
});

/** A file system of 4 MB in memory; null, said once, where this user may not mount one. */
function smallDisk(): { readonly folder: string; grow(): void; free(): void } | null {
  const folder = join('/tmp', `dialbench-disk-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=700', 'dialbench-disk', folder], { stdio: 'ignore' });
  } catch {
    console.warn('skipped: a full disk needs the right to mount a small file system (root on Linux)');
    return null;
  }
  return {
    folder,
    grow: () => execFileSync('mount', ['-o', 'remount,size=32m', folder]),
    free: () => {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
