import type { FirmwareHop, FirmwarePlan, Predicted } from '../../../../common/values/firmware.ts';
import { cardMemory, type Book } from './book.ts';
import { median } from './measures.ts';
import { playOut, type PlayedHop } from './play.ts';

/** Until one was seen: an 8851 takes a minute and more to write and restart (community reports of 8800s). */
const WRITING_MS = 90_000;
/** Until one was seen, a phone is taken to load as fast as a port of 100 Mbit/s lets it, bytes a second. */
const PHONE_PORT = 11_800_000;

/** What is to be expected of phones on this card. Times in milliseconds, rates in bytes a second. */
export interface Outlook {
  /** What one phone takes of a load, and how fast when nothing holds it up; null while no phone was seen to load. */
  hop(load: Load): PlayedHop | null;
  /** From the last image to the version shown. */
  readonly writing: number;
  readonly telling: number;
  /** Phones that will load at once. */
  readonly places: number;
  /** What all of them share; Infinity where nobody knows. */
  readonly capacity: number;
}

type Load = Pick<FirmwareHop, 'load' | 'bytes'>;

export function openOutlook(book: Book): Outlook {
  const memory = cardMemory(book);
  const share = shareTaken(book);
  const capacity = Math.max(1, Math.min(memory.isFull ? memory.best : Infinity, book.card.capacity ?? Infinity));
  // What phones took while the card was full says how full it was: together they take all of it at any rate.
  const least = memory.isFull ? capacity / book.places.count : 0;
  const known = new Map<string, PlayedHop | null>();
  return {
    hop: ({ load, bytes }) => {
      const before = known.get(load);
      if (before !== undefined) return before;
      const rate = memory.pace(load);
      const hop = rate === null ? null : { bytes: book.sets.sizeOf(load) ?? bytes * share, rate: Math.max(rate, least) };
      known.set(load, hop);
      return hop;
    },
    writing: median(book.writingTimes) ?? WRITING_MS,
    telling: median(book.tellingTimes) ?? 0,
    places: placesFor(book, capacity, memory.pace(null)),
    capacity,
  };
}

/**
 * A plan with how long each hop takes one phone, each way one phone, and all phones together. By what was measured on this
 * card; before that by its link, where the system tells its speed.
 */
export function predictPlan(book: Book, plan: FirmwarePlan): FirmwarePlan {
  const measured = openOutlook(book);
  const from = cardMemory(book).pace(null) !== null ? 'measured' : 'link';
  if (from === 'link' && book.card.capacity === null) return plan;
  const outlook: Outlook = from === 'measured' ? measured : { ...measured, hop: ({ load, bytes }) => ({ bytes: book.sets.sizeOf(load) ?? bytes, rate: PHONE_PORT }) };
  const going = plan.paths.filter(({ problem }) => problem === null).flatMap(({ phones, hops }) => phones.map(() => hops));
  const together = Math.max(1, Math.min(going.filter((hops) => hops.length > 0).length, outlook.places));
  const share = outlook.capacity / together;
  const hopMs = (load: Load): number | null => {
    const hop = outlook.hop(load);
    return hop && outlook.telling + (hop.bytes / Math.min(hop.rate, share)) * 1000 + outlook.writing;
  };
  const seconds = (ms: number | null): Predicted => (ms === null ? {} : { predictedSeconds: Math.max(1, Math.round(ms / 1000)), predictedFrom: from });
  const isBroken = plan.paths.some(({ hops }) => hops.some(({ problem }) => problem !== null));
  const played = going.filter((hops) => hops.length > 0).map((hops) => ({ is: 'waiting' as const, left: 0, hops: hops.flatMap((hop) => outlook.hop(hop) ?? []) }));
  const all = played.length === 0 || plan.rule === null || isBroken ? null : Math.max(...playOut({ ...outlook, phones: played }));
  return {
    ...plan,
    ...seconds(all),
    paths: plan.paths.map((path) => {
      const times = path.hops.map((hop) => (hop.problem === null ? hopMs(hop) : null));
      const whole = path.problem !== null || times.length === 0 || times.includes(null) ? null : times.reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
      return { ...path, ...seconds(whole), hops: path.hops.map((hop, index) => ({ ...hop, ...seconds(times[index] ?? null) })) };
    }),
  };
}

/**
 * Places grow while the card has room: as many as fill it with phones that nothing holds up, never fewer than there are now.
 */
function placesFor({ places, settings }: Book, capacity: number, pace: number | null): number {
  if (pace === null || !Number.isFinite(capacity)) return places.count;
  const filling = Math.min(Math.ceil(capacity / Math.max(pace, settings.floorRate)), Math.floor(capacity / settings.floorRate), settings.most);
  return Math.max(places.count, filling);
}

/** A load has images for several platforms, of which a phone takes its own: the share that phones took of other loads. */
function shareTaken(book: Book): number {
  const shares = new Map<string, number>();
  for (const { hops } of book.members.values()) {
    for (const { load, bytes } of hops) {
      if (shares.has(load) || bytes <= 0) continue;
      const size = book.sets.sizeOf(load);
      if (size !== null) shares.set(load, Math.min(1, size / bytes));
    }
  }
  return median([...shares.values()]) ?? 1;
}
