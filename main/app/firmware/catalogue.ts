import { createReadStream } from 'node:fs';
import { createHash } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { done, failed, type Failure, type Result } from '../../../common/values/failure.ts';
import type { AddedFirmware, AddReport, FirmwareFile, FirmwareLoad } from '../../../common/values/firmware.ts';
import { assembleLoads } from '../../domain/firmware/catalogue.ts';
import { LARGEST_LIST, readLoads } from '../../domain/firmware/loads-file.ts';
import { isFirmwareName } from '../../domain/firmware/names.ts';
import type { FirmwareRow, Store } from '../../store/store.ts';
import { createTurn } from '../turn.ts';
import { openOffer, type OfferedFile } from './sources.ts';
import { takeIn } from './take-in.ts';

/** Firmware that lies in the workspace, hashed when it came in. */
export interface Catalogue {
  loads(): readonly FirmwareLoad[];
  /** Images that no list names. */
  loose(): readonly FirmwareFile[];
  /** A file that can be served; null when it is not there or not the one that was added. */
  find(name: string): { readonly file: string; readonly bytes: number; readonly sha256: string } | null;
  /** Takes in zips, folders and single files. One change at a time; what is refused is said and nothing of it stays. */
  add(paths: readonly string[], replace: boolean, signal: AbortSignal): Promise<AddReport>;
  /** Hashes everything again and remembers what is not as it was. */
  verify(signal: AbortSignal): Promise<readonly FirmwareFile[]>;
  /** Removes a load with the images that no other list names, or a loose image. */
  remove(name: string): Promise<Result<readonly string[]>>;
  /** File that is being read now, with its bytes so far; null when nothing is. */
  progress(): { readonly name: string; readonly bytes: number; readonly total: number } | null;
}

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
  let progress: ReturnType<Catalogue['progress']> = null;
  const inTurn = createTurn();
  for (const row of rows.values()) states.set(row.name, await stateOf(row));
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
      return row && states.get(name) === 'present' ? { file: join(folder, row.name), bytes: row.bytes, sha256: row.sha256 } : null;
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
    if (taken.value.same) return answer('same');
    const { bytes, sha256 } = taken.value;
    const kept: FirmwareRow = { name: file.name, bytes, sha256, addedAt: now(), siblings: await siblingsOf(file.name) };
    try {
      await store.firmware.put(kept);
    } catch (error) {
      // Without its row nobody may be told of it, and the row before speaks of other bytes.
      states.set(file.name, 'missing');
      await rm(join(folder, file.name), { force: true });
      throw error;
    }
    rows.set(kept.name, kept);
    changed();
    return answer('added');
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

  /** A quick look at the start: size alone. `verify` reads every byte. */
  async function stateOf({ name, bytes }: FirmwareRow): Promise<FirmwareFile['state']> {
    const found = await stat(join(folder, name)).catch(() => null);
    if (!found?.isFile()) return 'missing';
    return found.size === bytes ? 'present' : 'changed';
  }

  async function check(row: FirmwareRow, signal: AbortSignal): Promise<FirmwareFile['state']> {
    const quick = await stateOf(row);
    if (quick !== 'present') return quick;
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const part of createReadStream(join(folder, row.name), { highWaterMark: 1 << 20, signal })) {
      hash.update(part as Buffer);
      bytes += (part as Buffer).length;
      progress = { name: row.name, bytes, total: row.bytes };
    }
    return hash.digest('hex') === row.sha256 ? 'present' : 'changed';
  }
}

function inUse(name: string, users: readonly string[]): Failure {
  return failed('firmware.in-use', { name, by: users.join(', ') }).failure;
}
