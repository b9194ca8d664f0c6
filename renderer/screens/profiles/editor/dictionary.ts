import type { ParameterEntry } from '../../../../common/values/parameter.ts';

/** The parameter dictionary with names as a profile spells them: `Proxy_2_` finds `Proxy_{n}_`. */
export class Dictionary {
  readonly entries: readonly ParameterEntry[];
  readonly #byName: ReadonlyMap<string, ParameterEntry>;

  constructor(entries: readonly ParameterEntry[]) {
    this.entries = entries;
    this.#byName = new Map(entries.map((entry) => [entry.name, entry]));
  }

  find(name: string): ParameterEntry | null {
    const exact = this.#byName.get(name) ?? this.#byName.get(name.replaceAll(/\d+/g, '{n}'));
    if (exact) return exact;
    for (const digits of name.matchAll(/\d+/g)) {
      const shape = `${name.slice(0, digits.index)}{n}${name.slice(digits.index + digits[0].length)}`;
      const entry = this.#byName.get(shape);
      if (entry) return entry;
    }
    return null;
  }

  /** Names to be offered while `typed` is written: an indexed one with the number that is typed, else with the lowest that is free. */
  offers(typed: string, isUsed: (name: string) => boolean): readonly { readonly name: string; readonly entry: ParameterEntry }[] {
    const number = /_(\d{1,3})_?$/.exec(typed)?.[1];
    return this.entries.map((entry) => ({ entry, name: entry.name.includes('{n}') ? numbered(entry, number, isUsed) : entry.name }));
  }
}

function numbered(entry: ParameterEntry, number: string | undefined, isUsed: (name: string) => boolean): string {
  const named = (index: number | string) => entry.name.replaceAll('{n}', String(index));
  if (number !== undefined) return named(number);
  const most = Math.max(1, ...entry.seen.map((each) => each.maxIndex));
  for (let index = 1; index <= most; index += 1) if (!isUsed(named(index))) return named(index);
  return named(1);
}
