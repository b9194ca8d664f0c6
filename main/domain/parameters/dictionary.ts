import type { ParameterEntry } from '../../../common/values/parameter.ts';
import { nameWithIndexes, patternKey, readIndexes, readPattern } from './name.ts';
import { createNearest } from './nearest.ts';
import { SPA_NAMES } from './spa-names.ts';
import { readTable } from './table.ts';

export interface FoundParameter {
  readonly entry: ParameterEntry;
  /** Last index of the name, null for a name without: 3 in `Proxy_3_` and in `Unit_1_Key_3_`. */
  readonly index: number | null;
}

/** Every parameter that we know by name. Names are case-sensitive, as the phone reads them. */
export interface Dictionary {
  /** In the order of the table, then what only the notes know. */
  readonly entries: readonly ParameterEntry[];
  find(name: string): FoundParameter | null;
  /** The known name that was probably meant, with the index of the wrong one; null when none is near. */
  nearest(name: string): string | null;
  /** For a name of SPA and Linksys devices that no phone of today knows: what took its place, if anything did. */
  spaOnly(name: string): { readonly today: string | null } | null;
}

/**
 * @param table names, sections, options and indexes seen in exports of three phones (`resources/dictionary/parameters.tsv`)
 * @param notes types, ranges, factory values and help (`resources/dictionary/notes.tsv`)
 * @throws when a file is not ours: both ship with the app
 */
export function createDictionary(table: string, notes: string): Dictionary {
  const entries = readTable(table, notes);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const byPattern = new Map(entries.map((entry) => [patternKey(entry.name), entry]));
  const nearest = createNearest(entries.map(({ name }) => name));
  const spaNames = new Map(Object.entries(SPA_NAMES));
  return {
    entries,
    find: (name) => {
      const plain = byName.get(name);
      if (plain) return name.includes('{n}') ? null : { entry: plain, index: null };
      const indexes = readIndexes(name);
      const entry = byPattern.get(readPattern(name));
      return entry && nameWithIndexes(entry.name, indexes) === name ? { entry, index: indexes.at(-1) ?? null } : null;
    },
    nearest,
    spaOnly: (name) => {
      const today = spaNames.get(readPattern(name));
      return today === undefined ? null : { today: today === null ? null : nameWithIndexes(today, readIndexes(name)) };
    },
  };
}
