import type { FirmwareProblem } from '../../../../common/values/firmware.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import { showsLoad } from '../load.ts';
import { isList } from './file-sets.ts';
import type { WaveSettings } from './settings.ts';

/** One phone's try at one load. */
interface Try {
  /** What the phone showed when it began. */
  version: string | null;
  /** Files of this try in the order they were asked, with the share given (0–1). */
  files: Map<string, number>;
  /** Bytes of each file in transfers that have ended: a phone that resumes takes a file in parts. */
  parts: Map<string, number>;
  lastAt: number;
  /** True once it can go on no more: the phone restarted, or said that it failed. */
  over: boolean;
  /** The bench itself ended it, or slept, or lost its card: it speaks for nothing. */
  excused: boolean;
  rounds: number;
  error: string | null;
}

interface Known {
  version: string | null;
  readonly tries: Map<string, Try>;
  /** The load that it asked for last; its images belong to that. */
  load: string | null;
  held: { readonly problem: FirmwareProblem; readonly load: string } | null;
}

export interface SavedTry extends Omit<Try, 'files' | 'parts'> {
  readonly load: string;
  readonly files: readonly (readonly [string, number])[];
  readonly parts: readonly (readonly [string, number])[];
}

export interface SavedKnown extends Omit<Known, 'tries'> {
  readonly mac: Mac;
  readonly tries: readonly SavedTry[];
}

/** A forger of MACs must not fill the memory: the oldest that nobody asked about go first. */
const MOST_PHONES = 4096;
const MOST_LOADS = 4;

/**
 * The loop breaker. A round is a try that ended, with all its files or short of them, and is begun once more by a phone
 * that shows the version it showed before. After some rounds the phone is held, with what its tries looked like as cause.
 */
export class Rounds {
  readonly #phones: Map<Mac, Known>;
  readonly #settings: WaveSettings;
  /** Phones of waves, which are never forgotten. */
  readonly #keeps: (mac: Mac) => boolean;

  constructor(settings: WaveSettings, keeps: (mac: Mac) => boolean, saved: readonly SavedKnown[] = []) {
    this.#settings = settings;
    this.#keeps = keeps;
    this.#phones = new Map(saved.map(({ mac, tries, ...known }) => [
      mac,
      { ...known, tries: new Map(tries.map(({ load, files, parts, ...each }) => [load, { ...each, files: new Map(files), parts: new Map(parts) }])) },
    ]));
  }

  /** The load that a file belongs to: a list is its own, an image belongs to the list asked before it. */
  loadOf(mac: Mac, file: string, otherwise: string | null): string {
    return isList(file) ? file : (this.#phones.get(mac)?.load ?? otherwise ?? file);
  }

  versionOf(mac: Mac): string | null {
    return this.#phones.get(mac)?.version ?? null;
  }

  held(mac: Mac): FirmwareProblem | null {
    return this.#phones.get(mac)?.held?.problem ?? null;
  }

  count(mac: Mac, load: string): number {
    return this.#phones.get(mac)?.tries.get(load)?.rounds ?? 0;
  }

  /** True while this file was begun in the present try and not given whole: it is under way, even between two ranges. */
  isUnderWay(mac: Mac, load: string, file: string): boolean {
    const last = this.#phones.get(mac)?.tries.get(load);
    const share = last?.files.get(file);
    return last !== undefined && !last.over && share !== undefined && share < 1;
  }

  /** What would be said if the phone began this file now: null when it may. */
  judge(mac: Mac, load: string, file: string, now: number): FirmwareProblem | null {
    const last = this.#phones.get(mac)?.tries.get(load);
    if (!last || this.#kindOf(last, mac, file, now) !== 'round' || last.rounds + 1 < this.#settings.rounds) return null;
    return causeOf(last, load, last.rounds + 1);
  }

  /** The phone asks for a file. @returns `same` try, a `new` one, or `held` when that was one round too many */
  ask(mac: Mac, load: string, file: string, now: number): 'same' | 'new' | 'held' {
    const known = this.#knownOf(mac);
    known.load = load;
    const last = known.tries.get(load);
    const kind = last ? this.#kindOf(last, mac, file, now) : 'new';
    if (last && kind === 'same') {
      last.lastAt = now;
      if (!last.files.has(file)) last.files.set(file, 0);
      return 'same';
    }
    const sameVersion = last !== undefined && last.version === known.version;
    const rounds = !last || !sameVersion ? 0 : last.rounds + (kind === 'round' ? 1 : 0);
    if (last && rounds >= this.#settings.rounds) known.held = { problem: causeOf(last, load, rounds), load };
    known.tries.delete(load);
    known.tries.set(load, { version: known.version, files: new Map(known.held ? [] : [[file, 0]]), parts: new Map(), lastAt: now, over: known.held !== null, excused: false, rounds, error: null });
    for (const oldest of known.tries.keys()) {
      if (known.tries.size <= MOST_LOADS) break;
      known.tries.delete(oldest);
    }
    return known.held ? 'held' : 'new';
  }

  /** How far a file is, of its total; only an end makes it whole, the last block may be on its way still. */
  moved(mac: Mac, load: string, file: string, bytes: number, total: number | null, now: number): void {
    const last = this.#phones.get(mac)?.tries.get(load);
    if (!last) return;
    last.lastAt = now;
    const share = total === null || total <= 0 ? 0 : Math.min(0.99, Math.max(0, bytes / total));
    last.files.set(file, Math.max(last.files.get(file) ?? 0, share));
  }

  /**
   * A transfer ended, `whole` when the server gave all that was asked: the file, or a part of it.
   * @returns bytes of this file in all transfers of this try, and whether the phone has the whole file now
   */
  ended(mac: Mac, load: string, file: string, bytes: number, total: number | null, whole: boolean, now: number): { readonly bytes: number; readonly isWhole: boolean } {
    const last = this.#phones.get(mac)?.tries.get(load);
    const sum = (last?.parts.get(file) ?? 0) + bytes;
    const isWhole = whole && (total === null || bytes >= total || sum >= total);
    if (!last) return { bytes: sum, isWhole };
    last.parts.set(file, sum);
    this.moved(mac, load, file, sum, total, now);
    if (isWhole) last.files.set(file, 1);
    return { bytes: sum, isWhole };
  }

  shown(mac: Mac, version: string): void {
    const known = this.#knownOf(mac);
    // A phone that was never heard shows at its first request what it ran when it began.
    for (const each of known.tries.values()) if (each.version === null && !each.over) each.version = version;
    // The same version told more exactly: what was tried with it is not forgotten.
    if (known.version !== null && showsLoad(known.version, version)) {
      for (const each of known.tries.values()) if (each.version === known.version) each.version = version;
    }
    known.version = version;
  }

  restarted(mac: Mac): void {
    for (const each of this.#phones.get(mac)?.tries.values() ?? []) each.over = true;
  }

  refused(mac: Mac, error: string): void {
    const known = this.#phones.get(mac);
    const last = known?.load === null || known === undefined ? undefined : known.tries.get(known.load);
    if (!last) return;
    last.error = error;
    last.over = true;
  }

  /** What broke off now was ended by the bench, not by the phone. */
  excuse(mac: Mac): void {
    for (const each of this.#phones.get(mac)?.tries.values() ?? []) each.excused = true;
  }

  excuseAll(): void {
    for (const mac of this.#phones.keys()) this.excuse(mac);
  }

  /** A person says go on: the phone begins without rounds. */
  clear(mac: Mac): void {
    const known = this.#phones.get(mac);
    if (!known) return;
    known.tries.clear();
    known.held = null;
  }

  forget(mac: Mac): void {
    this.#phones.delete(mac);
  }

  save(): SavedKnown[] {
    return Array.from(this.#phones, ([mac, { tries, ...known }]) => ({
      mac, ...known, tries: Array.from(tries, ([load, { files, parts, ...each }]) => ({ ...each, load, files: [...files], parts: [...parts] })),
    }));
  }

  #kindOf(last: Try, mac: Mac, file: string, now: number): 'same' | 'new' | 'round' {
    const [first] = last.files.keys();
    const [firstImage] = [...last.files.keys()].filter((name) => !isList(name));
    if (!isList(file) && file !== first && file !== firstImage) return 'same';
    if (!last.files.has(file)) return 'same';
    // An image goes on in ranges until it is whole; it begins anew only after the try is over.
    if (!isList(file) && !last.over && (last.files.get(file) ?? 0) < 1) return 'same';
    if (!last.over && now >= last.lastAt && now - last.lastAt < this.#settings.againLimit) return 'same';
    if (last.version !== (this.#phones.get(mac)?.version ?? null)) return 'new';
    return last.excused ? 'new' : 'round';
  }

  #knownOf(mac: Mac): Known {
    const known = this.#phones.get(mac) ?? { version: null, tries: new Map<string, Try>(), load: null, held: null };
    // The newest stand last, so that the oldest are found first.
    this.#phones.delete(mac);
    this.#phones.set(mac, known);
    if (this.#phones.size > MOST_PHONES) {
      for (const oldest of this.#phones.keys()) {
        if (this.#phones.size <= MOST_PHONES) break;
        if (oldest !== mac && !this.#keeps(oldest)) this.#phones.delete(oldest);
      }
    }
    return known;
  }
}

/** What a try that led nowhere looked like. */
function causeOf(last: Try, load: string, times: number): FirmwareProblem {
  if (last.error !== null) return { code: 'wave.loop-refused', params: { error: last.error } };
  const short = [...last.files].find(([, share]) => share < 1);
  if (short) return { code: 'wave.loop-incomplete', params: { file: short[0], percent: Math.floor(short[1] * 100), times } };
  if (last.files.size > 0 && [...last.files.keys()].every(isList)) return { code: 'wave.loop-list', params: { load, times } };
  return { code: 'wave.loop-same-version', params: { version: last.version ?? '?', load } };
}
