import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { done, failed, type Failure, type Result } from '../../../common/values/failure.ts';
import type { AddedFirmware, AddReport, FirmwareFile, FirmwareLoad } from '../../../common/values/firmware.ts';
import { assembleLoads } from '../../domain/firmware/catalogue.ts';
import { LARGEST_LIST, readLoads } from '../../domain/firmware/loads-file.ts';
import { isFirmwareName } from '../../domain/firmware/names.ts';
import type { FirmwareRow, Store } from '../../store/store.ts';
import { createTurn } from '../turn.ts';
import { stampOf } from '../../disk/file-stamp.ts';
import { hashFile } from './hash-file.ts';
import { openOffer, type OfferedFile } from './sources.ts';
import { takeIn } from './take-in.ts';

/** Firmware that lies in the workspace, hashed when it came in. */
export interface Catalogue {
  loads(): readonly FirmwareLoad[];
  /** Images that no list names. */
  loose(): readonly FirmwareFile[];
  /** A file that can be served, or why it cannot; null when the catalogue does not know the name. */
  find(name: string): FoundFirmware | null;
  /** A server met another file than `find` spoke of, or none: it is given to nobody until it has been read again. */
  doubt(name: string): void;
  /** Takes in zips, folders and single files. One change at a time; what is refused is said and nothing of it stays. */
  add(paths: readonly string[], replace: boolean, signal: AbortSignal): Promise<AddReport>;
  /** Hashes everything again and remembers what is not as it was. */
  verify(signal: AbortSignal): Promise<readonly FirmwareFile[]>;
  /** Removes a load with the images that no other list names, or a loose image. */
  remove(name: string): Promise<Result<readonly string[]>>;
  /** File that is being read now, with its bytes so far; null when nothing is. */
  progress(): { readonly name: string; readonly bytes: number; readonly total: number } | null;
}

/** `stamp`: what the file was when it was hashed. Who opens it makes sure that it still is. */
export type FoundFirmware =
  | { readonly kind: 'present'; readonly file: string; readonly bytes: number; readonly sha256: string; readonly stamp: string }
  /** `doubted`: it is being read again. */
  | { readonly kind: 'doubted' | 'changed' | 'missing' };

export interface CatalogueNeeds {
  readonly store: Store;
  readonly folder: string;
  now(): number;
  changed(): void;
  /** Names of the templates and plans that ask for a load. */
  usedBy(load: string): readonly string[];
}

export async function openCatalogue(needs: CatalogueNeeds): Promise<Catalogue> {
  const { store, folder, now, changed } = needs;
  const rows = new Map((await store.firmware.all()).map((row) => [row.name, row]));
  const states = new Map<string, FirmwareFile['state']>();
  const doubted = new Set<string>();
  let progress: ReturnType<Catalogue['progress']> = null;
  const inTurn = createTurn();
  for (const row of rows.values()) {
    // As it was left: nothing needs to be read. Else it may be another file of the same size, or the same from a backup.
    const isAsLeft = row.stamp !== null && row.stamp === (await look(row.name))?.stamp;
    states.set(row.name, isAsLeft ? 'present' : await check(row, NEVER));
  }
  progress = null;
  // What a crash left half-way was never promised to anybody.
  await rm(join(folder, '.incoming'), { recursive: true, force: true });

  const toFile = ({ name, bytes, sha256, addedAt }: FirmwareRow): FirmwareFile => ({ name, bytes, sha256, addedAt, state: states.get(name) ?? 'missing' });
  const loads = (): readonly FirmwareLoad[] =>
    assembleLoads(
      Array.from(rows.values()).flatMap(({ name, siblings }) => (siblings === null ? [] : [{ name, siblings }])),
      Array.from(rows.values(), toFile),
      needs.usedBy,
    );

  return {
    loads,
    loose: () => {
      const named = new Set(Array.from(rows.values()).flatMap(({ name, siblings }) => (siblings === null ? [] : [name, ...siblings])));
      return Array.from(rows.values()).filter(({ name }) => !named.has(name)).map(toFile);
    },
    find: (name) => {
      const row = rows.get(name);
      if (!row) return null;
      if (doubted.has(name)) return { kind: 'doubted' };
      const state = states.get(name) ?? 'missing';
      if (state !== 'present' || row.stamp === null) return { kind: state === 'present' ? 'changed' : state };
      return { kind: 'present', file: join(folder, row.name), bytes: row.bytes, sha256: row.sha256, stamp: row.stamp };
    },
    doubt: (name) => {
      if (!rows.has(name) || doubted.has(name)) return;
      doubted.add(name);
      void reading(async () => {
        const row = rows.get(name);
        if (row) states.set(name, await check(row, NEVER));
      }).catch(() => undefined).finally(() => doubted.delete(name));
    },
    add: (paths, replace, signal) => reading(async () => {
      const report: AddedFirmware[] = [];
      for (const path of paths) report.push(...(await addPath(path, replace, signal)));
      return { files: report, loads: loads().filter(({ name, siblings }) => report.some((one) => one.name === name || siblings.includes(one.name))) };
    }),
    verify: (signal) => reading(async () => {
      for (const row of rows.values()) {
        states.set(row.name, await check(row, signal));
        changed();
      }
      return Array.from(rows.values(), toFile);
    }),
    remove: (name) => inTurn(() => remove(name)),
    progress: () => progress,
  };

  /** However it ends, nothing is being read any more. */
  function reading<T>(work: () => Promise<T>): Promise<T> {
    return inTurn(() => work().finally(() => {
      progress = null;
      changed();
    }));
  }

  async function addPath(path: string, replace: boolean, signal: AbortSignal): Promise<readonly AddedFirmware[]> {
    const offer = await openOffer(path);
    if (!offer.ok) return [{ name: path.split(/[/\\]/).at(-1) ?? path, verdict: 'refused', bytes: 0, failure: offer.failure }];
    const answers: AddedFirmware[] = [];
    try {
      for (const file of offer.value.files) answers.push(await addFile(file, replace, signal));
    } finally {
      offer.value.close();
    }
    return answers;
  }

  async function addFile(file: OfferedFile, replace: boolean, signal: AbortSignal): Promise<AddedFirmware> {
    const answer = (verdict: AddedFirmware['verdict'], failure: Failure | null = null): AddedFirmware => ({ name: file.name, verdict, bytes: file.size, failure });
    if (!isFirmwareName(file.name)) return answer('skipped');
    const row = rows.get(file.name);
    const users = row && replace ? usersOf(file.name) : [];
    const before = row ? { sha256: row.sha256, isThere: states.get(file.name) === 'present', replace: replace && users.length === 0 } : null;
    const moved = (bytes: number): void => { progress = { name: file.name, bytes, total: file.size }; };
    const taken = await takeIn(folder, file, before, moved, signal);
    if (!taken.ok) return answer('refused', taken.failure.code === 'firmware.other-content' && users.length > 0 ? inUse(file.name, users) : taken.failure);
    states.set(file.name, 'present');
    const { bytes, sha256, stamp } = taken.value;
    if (row && taken.value.same) {
      await keep({ ...row, stamp });
      return answer('same');
    }
    const kept: FirmwareRow = { name: file.name, bytes, sha256, stamp, addedAt: now(), siblings: await siblingsOf(file.name) };
    try {
      await keep(kept);
    } catch (error) {
      // Without its row nobody may be told of it, and the row before speaks of other bytes.
      states.set(file.name, 'missing');
      await rm(join(folder, file.name), { force: true });
      throw error;
    }
    changed();
    return answer('added');
  }

  async function keep(row: FirmwareRow): Promise<void> {
    await store.firmware.put(row);
    rows.set(row.name, row);
  }

  async function siblingsOf(name: string): Promise<readonly string[] | null> {
    if (!/\.loads$/i.test(name)) return null;
    const handle = await open(join(folder, name));
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(LARGEST_LIST), 0, LARGEST_LIST, 0);
      return readLoads(buffer.subarray(0, bytesRead), name).siblings;
    } finally {
      await handle.close();
    }
  }

  async function remove(name: string): Promise<Result<readonly string[]>> {
    const row = rows.get(name);
    if (!row) return failed('firmware.unknown', { name });
    const users = usersOf(name);
    if (users.length > 0) return { ok: false, failure: inUse(name, users) };
    const named = new Set(Array.from(rows.values()).filter((other) => other.name !== name).flatMap(({ siblings }) => siblings ?? []));
    const gone = [name, ...(row.siblings ?? [])].filter((one) => rows.has(one) && !named.has(one));
    // First the record: a file without a row is never served, a row without its file would be promised.
    await store.firmware.remove(gone);
    for (const one of gone) {
      rows.delete(one);
      states.delete(one);
      await rm(join(folder, one), { force: true });
    }
    changed();
    return done(gone);
  }

  /** Who refers to a load, or to any load that names this image. */
  function usersOf(name: string): readonly string[] {
    const lists = Array.from(rows.values()).filter((row) => row.name === name || row.siblings?.includes(name));
    return Array.from(new Set(lists.flatMap((list) => needs.usedBy(list.name))));
  }

  async function look(name: string): Promise<{ readonly bytes: number; readonly stamp: string } | null> {
    const found = await stat(join(folder, name), { bigint: true }).catch(() => null);
    return found?.isFile() === true ? { bytes: Number(found.size), stamp: stampOf(found) } : null;
  }

  /** Reads every byte. What is as it was added stays so under the stamp that it has now. */
  async function check(row: FirmwareRow, signal: AbortSignal): Promise<FirmwareFile['state']> {
    const { name, bytes, sha256 } = row;
    const found = await look(name);
    if (!found) return 'missing';
    if (found.bytes !== bytes) return 'changed';
    const hashed = await hashFile(join(folder, name), (read) => { progress = { name, bytes: read, total: bytes }; }, signal).catch((error: unknown) => {
      if (signal.aborted) throw error;
      return null; // a disk that cannot read it any more
    });
    if (hashed?.sha256 !== sha256) return 'changed';
    if (hashed.stamp !== row.stamp) await keep({ ...row, stamp: hashed.stamp });
    return 'present';
  }
}

/** What nobody can stop any more: nobody waits for it. */
const NEVER = new AbortController().signal;

function inUse(name: string, users: readonly string[]): Failure {
  return failed('firmware.in-use', { name, by: users.join(', ') }).failure;
}
