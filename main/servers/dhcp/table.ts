/**
 * A map that is never changed: `put` gives a new one which shares all but one of its buckets with the old. That keeps the
 * lease machine pure at about a microsecond a write, where copying a map of a thousand leases would take twenty. A bucket is
 * a short row: at some ten entries it is copied and searched faster than a Map.
 */
export interface Table<V> {
  readonly buckets: readonly (readonly Entry<V>[])[];
}

interface Entry<V> {
  readonly key: string;
  readonly value: V;
}

const BUCKETS = 512;
const NOTHING: readonly never[] = [];

export function emptyTable<V>(): Table<V> {
  return { buckets: new Array<readonly Entry<V>[]>(BUCKETS).fill(NOTHING) };
}

export function lookUp<V>(table: Table<V>, key: string): V | undefined {
  const bucket = table.buckets[spread(key) % BUCKETS] ?? NOTHING;
  for (const entry of bucket) if (entry.key === key) return entry.value;
  return undefined;
}

export function put<V>(table: Table<V>, key: string, value: V): Table<V> {
  const index = spread(key) % BUCKETS;
  const bucket = (table.buckets[index] ?? NOTHING).slice();
  const at = bucket.findIndex((entry) => entry.key === key);
  if (at < 0) bucket.push({ key, value });
  else bucket[at] = { key, value };
  return withBucket(table, index, bucket);
}

export function drop<V>(table: Table<V>, key: string): Table<V> {
  const index = spread(key) % BUCKETS;
  const bucket = table.buckets[index] ?? NOTHING;
  return bucket.some((entry) => entry.key === key) ? withBucket(table, index, bucket.filter((entry) => entry.key !== key)) : table;
}

export function* valuesOf<V>(table: Table<V>): Generator<V> {
  for (const bucket of table.buckets) for (const { value } of bucket) yield value;
}

/** FNV-1a, 32 bits: also gives each client its own place in the pool. */
export function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function withBucket<V>(table: Table<V>, index: number, bucket: readonly Entry<V>[]): Table<V> {
  const buckets = table.buckets.slice();
  buckets[index] = bucket;
  return { buckets };
}
