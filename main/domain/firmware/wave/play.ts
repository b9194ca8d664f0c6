/** One load that a phone goes through. */
export interface PlayedHop {
  /** Bytes that it takes of the load. */
  readonly bytes: number;
  /** Bytes a second that it takes at most. */
  readonly rate: number;
}

/** A phone as it is now, on its way to the end of its hops. */
export interface PlayedPhone {
  /** What is left of the hop under way, then the ones after it. */
  readonly hops: readonly PlayedHop[];
  /** `loading` has its place, `writing` is back after `left`, `waiting` needs a place. */
  readonly is: 'loading' | 'writing' | 'waiting';
  /** Milliseconds that it still writes, 0 where it does not. */
  readonly left: number;
}

export interface Played {
  readonly phones: readonly PlayedPhone[];
  /** Phones that load at once. */
  readonly places: number;
  /** Bytes a second of all together; Infinity where nobody knows. */
  readonly capacity: number;
  /** From the last byte of a hop until the phone is back, milliseconds. */
  readonly writing: number;
  /** From the order until a phone asks for its first file, milliseconds. */
  readonly telling: number;
}

interface Event {
  readonly at: number;
  readonly phone: number;
}

/**
 * Plays phones through their hops to the end. Those that load share the card alike, none is faster than it can be, and a
 * phone between two hops goes before one that has not begun.
 * @returns milliseconds from now until each phone is through
 */
export function playOut({ phones, places, capacity, writing, telling }: Played): readonly number[] {
  const ends = phones.map(() => 0);
  const stage = phones.map(() => 0);
  /** By what the card has given to each phone since the beginning, in bytes. */
  const shared: Event[] = [];
  /** By time: the phone itself cannot be faster. */
  const own: Event[] = [];
  const back: Event[] = [];
  const begun: number[] = [];
  const fresh: number[] = [];
  const loading = new Set<number>();
  /** The card has given all, or the phone could have taken all: the other one decides. */
  const half = new Set<number>();
  let free = places;
  let now = 0;
  let given = 0;
  const begin = (phone: number, before: number): void => {
    const hop = phones[phone]?.hops[stage[phone] ?? 0];
    const { bytes, rate } = hop ?? { bytes: 0, rate: 1 };
    free -= 1;
    loading.add(phone);
    push(shared, { at: given + (Number.isFinite(capacity) ? bytes : 0), phone });
    push(own, { at: now + before + (bytes / Math.max(rate, 1)) * 1000, phone });
  };
  const through = (phone: number): void => {
    if (!half.delete(phone)) {
      half.add(phone);
      return;
    }
    loading.delete(phone);
    free += 1;
    push(back, { at: now + writing, phone });
  };
  phones.forEach(({ is, left }, phone) => {
    if (is === 'writing') {
      // What it comes back from is behind it already: its hops are those that follow.
      stage[phone] = -1;
      push(back, { at: left, phone });
    } else if (is === 'loading') begin(phone, 0);
    else fresh.push(phone);
  });
  let next = 0;
  for (;;) {
    while (free > 0) {
      const phone = begun.shift() ?? fresh[next++];
      if (phone === undefined) break;
      begin(phone, telling);
    }
    const perMs = capacity / 1000 / Math.max(1, shared.length);
    const first = shared[0];
    const atShared = first ? (Number.isFinite(perMs) ? now + Math.max(0, first.at - given) / perMs : now) : Infinity;
    const at = Math.min(atShared, own[0]?.at ?? Infinity, back[0]?.at ?? Infinity);
    if (!(at < Infinity)) return ends;
    if (shared.length > 0 && Number.isFinite(perMs)) given += (at - now) * perMs;
    now = Math.max(now, at);
    if (at === atShared) {
      const one = pop(shared);
      if (one) {
        given = Math.max(given, one.at);
        through(one.phone);
      }
    } else if (at === own[0]?.at) {
      const one = pop(own);
      if (one) through(one.phone);
    } else {
      const one = pop(back);
      if (!one) continue;
      stage[one.phone] = (stage[one.phone] ?? 0) + 1;
      if ((stage[one.phone] ?? 0) < (phones[one.phone]?.hops.length ?? 0)) begun.push(one.phone);
      else ends[one.phone] = now;
    }
  }
}

/** A heap by time; those of the same time in no order that matters, but always the same. */
function push(heap: Event[], event: Event): void {
  heap.push(event);
  let at = heap.length - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (!above || above.at <= event.at) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = event;
}

function pop(heap: Event[]): Event | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (!first || !last || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    const child = right && left && right.at < left.at ? right : left;
    if (!child || child.at >= last.at) break;
    heap[at] = child;
    at = 2 * at + (child === left ? 1 : 2);
  }
  heap[at] = last;
  return first;
}
