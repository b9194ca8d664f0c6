/** Listeners by key, for thousands of keys of which few are watched. */
export class Watchers<Key, Args extends readonly unknown[] = []> {
  readonly #sets = new Map<Key, Set<(...args: Args) => void>>();

  /** @returns ends the watch */
  add(key: Key, listener: (...args: Args) => void): () => void {
    const set = this.#sets.get(key) ?? new Set();
    this.#sets.set(key, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size === 0 && this.#sets.get(key) === set) this.#sets.delete(key);
    };
  }

  has(key: Key): boolean {
    return this.#sets.has(key);
  }

  tell(key: Key, ...args: Args): void {
    for (const listener of this.#sets.get(key) ?? []) listener(...args);
  }

  tellAll(...args: Args): void {
    for (const set of this.#sets.values()) for (const listener of set) listener(...args);
  }
}
