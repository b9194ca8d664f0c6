/**
 * Counts what makes no sense, and says when it is worth a line in the log: once for each address and reason. The list
 * of addresses is bounded; when it is full the oldest is forgotten, so a flood from invented addresses costs no memory.
 */
export interface Strangers {
  /** True the first time that this address does this. */
  first(address: string, reason: string): boolean;
}

export function openStrangers(limit = 1_024): Strangers {
  const known = new Set<string>();
  return {
    first(address, reason) {
      const key = `${reason} ${address}`;
      if (known.has(key)) return false;
      if (known.size >= limit) for (const oldest of known) { known.delete(oldest); break; }
      known.add(key);
      return true;
    },
  };
}
