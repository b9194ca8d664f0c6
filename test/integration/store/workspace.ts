import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Failure, Result } from '../../../common/values/failure.ts';
import { openStore } from '../../../main/store/open.ts';
import type { Store } from '../../../main/store/store.ts';
import { WORKERS } from './names.ts';

const folders: string[] = [];
const open: Store[] = [];

afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dialbench-store-'));
  folders.push(folder);
  return join(folder, 'workspace');
}

export async function tryOpen(folder: string, onTrouble?: (failure: Failure) => void): Promise<Result<Store>> {
  const opened = await openStore(folder, { ...WORKERS, now: Date.now, ...(onTrouble ? { onTrouble } : {}) });
  if (opened.ok) open.push(opened.value);
  return opened;
}

export async function mustOpen(folder: string, onTrouble?: (failure: Failure) => void): Promise<Store> {
  const opened = await tryOpen(folder, onTrouble);
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  return opened.value;
}

export async function closeStore(store: Store): Promise<void> {
  open.splice(open.indexOf(store), 1);
  await store.close();
}
