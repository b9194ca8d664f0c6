import type { Device } from '../../domain/device/device.ts';
import { mayBeEmpty } from '../../domain/profile/variables.ts';

/** Different sets of names that are kept; phones of one list have the same few. */
const MOST_SETS = 1_000;

/** Which places each phone can fill: asked for every phone at each key that is typed in a template. */
export interface Fillable {
  /** Names of places with a value, as templates compare them. Phones with the same names are given the same set. */
  names(device: Device): ReadonlySet<string>;
  /** Forgets everything: the templates, a key, or what the bench says of itself changed. */
  reset(): void;
}

export function createFillable(variables: (device: Device) => Readonly<Record<string, string>>): Fillable {
  /** A phone of whom anything new is known is another object, so that nothing outlives what it was read from. */
  let known = new WeakMap<Device, ReadonlySet<string>>();
  const sets = new Map<string, ReadonlySet<string>>();
  return {
    names: (device) => {
      const names = known.get(device) ?? shared(read(variables(device)));
      known.set(device, names);
      return names;
    },
    reset: () => {
      known = new WeakMap();
      sets.clear();
    },
  };

  function shared(names: readonly string[]): ReadonlySet<string> {
    const key = names.join('\n');
    const one = sets.get(key) ?? new Set(names);
    if (sets.size >= MOST_SETS) sets.clear();
    sets.set(key, one);
    return one;
  }
}

function read(variables: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(variables).filter(([name, value]) => value.trim() !== '' || mayBeEmpty(name)).map(([name]) => name.trim().toLowerCase()).sort();
}
