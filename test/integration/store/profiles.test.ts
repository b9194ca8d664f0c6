import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { UNPROTECTED } from '../../../common/values/protection.ts';
import { BENCH_MIGRATIONS } from '../../../main/store/schema.ts';
import type { KeyRow, TemplateRow } from '../../../main/store/store.ts';
import { macOf } from './names.ts';
import { closeStore, mustOpen, newFolder } from './workspace.ts';

const row: TemplateRow = { name: 'a', text: '<a/>', scope: '*', changedAt: 1, path: null, protection: UNPROTECTED, version: 1 };
const key: KeyRow = { id: 'k1', owner: { kind: 'phone', mac: macOf(1) }, use: 'passphrase', sealed: 'v1.x', fingerprint: 'aaaa', createdAt: 1, shownAt: null };

describe('what a workspace keeps of profiles', () => {
  it('is every text that a template had, newest first, until the template goes', async () => {
    const store = await mustOpen(newFolder());
    await store.templates.put(row);
    await store.templates.put({ ...row, text: '<b/>', version: 2, changedAt: 2 });
    await store.templates.put({ ...row, text: '<b/>', version: 2, changedAt: 3, path: 'b/$MA.xml' });
    expect(await store.templates.versions('a')).toEqual([{ version: 2, at: 2, text: '<b/>' }, { version: 1, at: 1, text: '<a/>' }]);
    expect(await Promise.all([1, 2, 3].map((version) => store.templates.version('a', version)))).toEqual(['<a/>', '<b/>', null]);
    expect(await store.templates.version('b', 1)).toBeNull();
    expect(await store.templates.all()).toEqual([{ ...row, text: '<b/>', version: 2, changedAt: 3, path: 'b/$MA.xml' }]);
    expect(await store.templates.remove('a')).toBe(true);
    expect(await store.templates.versions('a')).toEqual([]);
    expect(await store.templates.remove('a')).toBe(false);
  });

  it('holds one template for a scope and a path, and another for the same scope under another path', async () => {
    const store = await mustOpen(newFolder());
    await store.templates.put(row);
    await store.templates.put({ ...row, name: 'extra', path: 'b/$MA.xml' });
    await store.templates.put({ ...row, name: 'new' });
    const scopes = (await store.templates.all()).map(({ name, scope }) => [name, scope]);
    expect(scopes).toEqual([['a', null], ['extra', '*'], ['new', '*']]);
  });

  it('is one sealed key for an owner and a use', async () => {
    const folder = newFolder();
    const store = await mustOpen(folder);
    await store.keys.put([key, { ...key, id: 'k2', use: 'ikm' }, { ...key, id: 'k3', owner: { kind: 'customer', name: 'Saint-Roch: 2' } }]);
    await store.keys.put([{ ...key, id: 'k4', createdAt: 2 }]);
    await closeStore(store);
    const again = await mustOpen(folder);
    expect((await again.keys.all()).map(({ id }) => id).toSorted()).toEqual(['k2', 'k3', 'k4']);
    expect((await again.keys.all()).find(({ id }) => id === 'k3')?.owner).toEqual({ kind: 'customer', name: 'Saint-Roch: 2' });
    expect(await again.keys.remove('k4')).toBe(true);
    expect(await again.keys.remove('k4')).toBe(false);
  });

  it('is what phones sent, by page, and the last whole configuration that could be read', async () => {
    const store = await mustOpen(newFolder());
    const sent = { mac: macOf(1), at: 1, kind: 'report' as const, path: '/r.xml', stored: 'r', bytes: 9, sha256: 'x', encrypted: null, parameters: 1, failure: null, masked: '<a/>' };
    const first = await store.reports.add(sent);
    await store.reports.add({ ...sent, kind: 'delta', masked: '<delta/>' });
    await store.reports.add({ ...sent, failure: { code: 'report.unreadable', params: { bytes: 9 } }, masked: null });
    const last = await store.reports.add({ ...sent, mac: macOf(2), encrypted: 'aes' });
    const page = await store.reports.page({ limit: 3 });
    expect(page).toMatchObject({ more: true, rows: [{ id: last, encrypted: 'aes' }, { failure: { code: 'report.unreadable', params: { bytes: 9 } } }, { kind: 'delta' }] });
    expect(await store.reports.page({ limit: 3, mac: macOf(1), before: last - 2 })).toMatchObject({ more: false, rows: [{ id: first }] });
    expect(await store.reports.last(macOf(1))).toMatchObject({ id: first, masked: '<a/>' });
    expect(await store.reports.last(macOf(3))).toBeNull();
    expect(await store.reports.masked(first)).toBe('<a/>');
  });

  it('is what each template served a phone, oldest first', async () => {
    const store = await mustOpen(newFolder());
    await store.served.put({ mac: macOf(1), template: 'b', sha256: '1', at: 1, masked: '<b/>' });
    await store.served.put({ mac: macOf(1), template: 'a', sha256: '2', at: 2, masked: '<a/>' });
    await store.served.put({ mac: macOf(1), template: 'b', sha256: '3', at: 3, masked: '<c/>' });
    expect((await store.served.all(macOf(1))).map(({ masked }) => masked)).toEqual(['<a/>', '<c/>']);
    expect(await store.served.last(macOf(1))).toEqual({ template: 'b', sha256: '3', at: 3, masked: '<c/>' });
  });

  it('comes over whole from a workspace of the version before', async () => {
    const folder = newFolder();
    mkdirSync(folder, { recursive: true });
    const old = new DatabaseSync(join(folder, 'bench.sqlite'));
    for (const step of BENCH_MIGRATIONS.slice(0, 2)) old.exec(step);
    old.exec('PRAGMA user_version = 2');
    old.prepare('INSERT INTO templates VALUES (?, ?, ?, ?)').run('a', '<a/>', '*', 5);
    old.prepare('INSERT INTO served VALUES (?, ?, ?, ?)').run(macOf(1), 'x', 5, '<a/>');
    old.close();
    const store = await mustOpen(folder);
    expect(await store.templates.all()).toEqual([{ ...row, changedAt: 5 }]);
    expect(await store.templates.versions('a')).toEqual([{ version: 1, at: 5, text: '<a/>' }]);
    expect(await store.served.last(macOf(1))).toEqual({ template: '', sha256: 'x', at: 5, masked: '<a/>' });
  });
});
