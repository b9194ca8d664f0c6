/** Files that one kind of phone took of a load, with their sizes. */
export type FileSet = ReadonlyMap<string, number>;

const MOST_LOADS = 64;
/** A list has a section for each hardware platform; no family has more. */
const MOST_SETS = 16;

/**
 * Which files phones take of each load. A phone asks only for its own platform's images, and nothing says beforehand which
 * these are: they are learnt from phones that took them and then showed the new version.
 */
export class FileSets {
  readonly #loads: Map<string, FileSet[]>;

  constructor(saved: readonly (readonly [string, readonly (readonly (readonly [string, number])[])[]])[] = []) {
    this.#loads = new Map(saved.map(([load, sets]) => [load, sets.map((set) => new Map(set))]));
  }

  /** The only set known of this load that has all these files; null while there is none, or more than one. */
  find(load: string, asked: Iterable<string>): FileSet | null {
    const names = [...asked];
    const fitting = (this.#loads.get(load) ?? []).filter((set) => names.every((name) => set.has(name)));
    return fitting.length === 1 ? (fitting[0] ?? null) : null;
  }

  /** Bytes that a phone takes of this load, on average of the kinds of phones that were seen; null before the first. */
  sizeOf(load: string): number | null {
    const sets = this.#loads.get(load) ?? [];
    if (sets.length === 0) return null;
    return sets.reduce((sum, set) => sum + bytesOf(set), 0) / sets.length;
  }

  /** A part of a known set is a phone that had the rest already; a set that has a known one in it replaces that. */
  learn(load: string, taken: FileSet): void {
    if (![...taken.keys()].some((name) => !isList(name))) return;
    const known = this.#loads.get(load) ?? [];
    if (known.some((set) => set.size > taken.size && isPart(taken, set))) return;
    this.#loads.delete(load);
    this.#loads.set(load, [...known.filter((set) => !isPart(set, taken)), new Map(taken)].slice(-MOST_SETS));
    for (const oldest of this.#loads.keys()) {
      if (this.#loads.size <= MOST_LOADS) break;
      this.#loads.delete(oldest);
    }
  }

  save(): [string, [string, number][][]][] {
    return Array.from(this.#loads, ([load, sets]) => [load, sets.map((set) => [...set])]);
  }
}

export function bytesOf(set: FileSet): number {
  return [...set.values()].reduce((sum, bytes) => sum + bytes, 0);
}

export function isList(file: string): boolean {
  return /\.loads$/i.test(file);
}

function isPart(part: FileSet, whole: FileSet): boolean {
  for (const name of part.keys()) if (!whole.has(name)) return false;
  return true;
}
