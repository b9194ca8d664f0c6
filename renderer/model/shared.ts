/**
 * `next` with every part that is equal to `before` taken from there: what did not change keeps its identity, so that an
 * answer that is asked for every few seconds starts no work. For plain data as it comes over the wire.
 */
export function shared<T>(before: T | undefined, next: T): T {
  return share(before, next) as T;
}

function share(before: unknown, next: unknown): unknown {
  if (Object.is(before, next) || typeof before !== 'object' || typeof next !== 'object' || before === null || next === null) return next;
  if (Array.isArray(before) !== Array.isArray(next)) return next;
  const old = before as Readonly<Record<string, unknown>>;
  const entries = Object.entries(next).map(([key, value]) => [key, share(old[key], value)] as const);
  const same = entries.length === Object.keys(old).length && entries.every(([key, value]) => Object.hasOwn(old, key) && Object.is(old[key], value));
  if (same) return before;
  return Array.isArray(next) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
