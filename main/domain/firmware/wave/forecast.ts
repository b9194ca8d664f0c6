import { isWaiting, occupied, queue } from './admission.ts';
import { touch, waveOf, type Book } from './book.ts';
import { setOf } from './loading.ts';
import { median, scatter, type Samples } from './measures.ts';
import { isSettled, loadOf, type Member } from './member.ts';

/** Until one was seen: an 8851 takes a minute and more to write and restart (community reports of 8800s). */
const WRITING_MS = 90_000;
const EVERY_MS = 1000;

type Hop = Member['hops'][number];

/** One thing that will end: a load that frees its place, or a phone that comes back and waits for its next one. */
interface Event {
  readonly at: number;
  readonly kind: 'loaded' | 'ready';
  readonly member: Member;
  readonly stage: number;
}

/**
 * Says when each phone and each wave will end: what is under way ends at its own rate, what waits is played through the
 * places with the times that were measured. Where a time is needed that nobody measured, nothing is said.
 */
export function forecast(book: Book): void {
  if (book.now - book.forecastAt < EVERY_MS && book.now >= book.forecastAt) return;
  book.forecastAt = book.now;
  const ends = play(book);
  for (const member of book.members.values()) {
    const endsAt = ends.get(member) ?? null;
    if (member.endsAt !== endsAt && !isSettled(member)) touch(book, member);
    member.endsAt = isSettled(member) ? null : endsAt;
  }
  const share = scatterOf(book);
  for (const wave of book.waves.values()) {
    if (wave.endedAt !== null) continue;
    let last: number | null = book.now;
    for (const member of book.members.values()) {
      if (member.wave !== wave.id || isSettled(member)) continue;
      last = last === null || member.endsAt === null ? null : Math.max(last, member.endsAt);
    }
    // Without one load measured from end to end there is no figure behind it.
    wave.prediction = last === null || share === null ? null : { endsAt: last, within: Math.round((last - book.now) * share) };
    wave.firstPrediction ??= wave.prediction?.endsAt ?? null;
  }
}

/** Plays what is known to its end. @returns when each phone stands at its target, for those that can be said */
function play(book: Book): ReadonlyMap<Member, number> {
  const ends = new Map<Member, number>();
  const events: Event[] = [];
  const writing = median(book.writingTimes) ?? WRITING_MS;
  const timeOf = timesOf(book);
  let free = book.places.count - occupied(book);
  for (const member of book.members.values()) {
    const { state, stage } = member;
    if (state === 'told' || state === 'loading') {
      const left = leftOf(book, member, timeOf);
      // A place of which nobody knows when it is free: it plays no part.
      if (left !== null) push(events, { at: book.now + left, kind: 'loaded', member, stage });
    } else if (state === 'writing') {
      const left = Math.max(0, writing - (book.now - Math.max(member.givenAt ?? 0, 0)));
      push(events, { at: book.now + left, kind: 'ready', member, stage: stage + 1 });
    }
  }
  const newcomers = queue(book).map((member) => ({ member, stage: member.stage }));
  const begun: { member: Member; stage: number }[] = [];
  let next = 0;
  for (let at = book.now; ;) {
    while (free > 0) {
      const one = begun.shift() ?? newcomers[next++];
      if (!one) break;
      const takes = timeOf(one.member.hops[one.stage]);
      if (takes === null) continue;
      free -= 1;
      push(events, { at: at + takes, kind: 'loaded', ...one });
    }
    const event = pop(events);
    if (!event) return ends;
    at = event.at;
    const { member, stage } = event;
    if (event.kind === 'loaded') {
      free += 1;
      push(events, { at: at + writing, kind: 'ready', member, stage: stage + 1 });
    } else if (stage >= member.hops.length) ends.set(member, Math.round(at));
    // One that is held back, or whose next load is broken, goes no further by itself.
    else if (!member.paused && !member.leaving && canGoOn(book, member, stage)) begun.push({ member, stage });
  }
}

function canGoOn(book: Book, member: Member, stage: number): boolean {
  const load = member.hops[stage]?.load;
  return load !== undefined && !book.problems.has(load) && waveOf(book, member)?.paused === false;
}

/** What is left of the load under way, milliseconds; null while neither its size nor its rate is known. */
function leftOf(book: Book, member: Member, timeOf: (hop: Hop | undefined) => number | null): number | null {
  const measured = timeOf(member.hops[member.stage]);
  if (member.state === 'told') return measured;
  const set = setOf(book, member);
  const rate = book.transfers.rate(member.mac, book.now);
  if (set && rate > 0) {
    let bytes = 0;
    for (const [name, size] of set) bytes += Math.max(0, size - (member.files.get(name)?.bytes ?? 0));
    return (bytes / rate) * 1000;
  }
  return measured === null ? null : Math.max(0, measured - (book.now - (member.loadingAt ?? book.now)));
}

/** How long a phone takes to load each load: as measured, or by its size from those that were; null where nothing was. */
function timesOf(book: Book): (hop: Hop | undefined) => number | null {
  const known = new Map<string, number | null>();
  for (const [load, samples] of book.loadingTimes) known.set(load, median(samples));
  let perByte: number | null = null;
  for (const member of book.members.values()) {
    for (const { load, bytes } of member.hops) {
      const time = known.get(load) ?? null;
      if (time !== null && bytes > 0) perByte ??= time / bytes;
    }
    if (perByte !== null) break;
  }
  return (hop) => (hop === undefined ? null : (known.get(hop.load) ?? (perByte === null ? null : perByte * hop.bytes)));
}

function scatterOf(book: Book): number | null {
  const all: Samples[] = [];
  for (const member of book.members.values()) {
    const times = isSettled(member) && !isWaiting(book, member) ? undefined : book.loadingTimes.get(loadOf(member));
    if (times && !all.includes(times)) all.push(times);
  }
  const some = all.length > 0 ? all : [...book.loadingTimes.values()];
  const shares = some.flatMap((times) => scatter(times) ?? []);
  return shares.length > 0 ? Math.max(...shares) : null;
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
