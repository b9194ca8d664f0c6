import type { Mac } from '../../../../common/values/mac.ts';
import { complain, enter, silentSince, waveOf, type Book } from './book.ts';
import { loadOf, type Member } from './member.ts';

/** Phones that hold a place: told, loading, or loading by themselves. */
export function occupied(book: Book): number {
  let count = 0;
  for (const { state } of book.members.values()) if (state === 'told' || state === 'loading') count += 1;
  for (const { mac, active } of book.transfers.loaders(book.now)) {
    const state = book.members.get(mac)?.state;
    // A member's own state tells when it is between two images; of others only the gap itself can be measured.
    if (state !== 'told' && state !== 'loading' && (active || state === undefined)) count += 1;
  }
  return count;
}

/** Waits for nothing but a place. */
export function isWaiting(book: Book, member: Member): boolean {
  const wave = waveOf(book, member);
  return member.state === 'queued' && !member.paused && wave !== undefined && !wave.paused && wave.endedAt === null && !book.problems.has(loadOf(member));
}

/**
 * The queue in the order of admission: what is begun is finished first (a phone between two hops rests on a load that
 * nobody wanted), then newcomers as they joined, then those that failed once.
 */
export function queue(book: Book): Member[] {
  const waiting: Member[] = [];
  for (const member of book.members.values()) if (isWaiting(book, member)) waiting.push(member);
  return waiting.sort((a, b) => rankOf(a) - rankOf(b) || a.order - b.order);
}

/** Tells as many phones as there are places. */
export function admit(book: Book): void {
  if (!book.card.up) return;
  const free = book.places.count - occupied(book);
  if (free <= 0) return;
  for (const member of queue(book).slice(0, free)) {
    member.attempt += 1;
    tell(book, member);
    book.effects.push({ kind: 'order', mac: member.mac, load: loadOf(member), attempt: member.attempt });
  }
}

/** A phone asks for its profile by itself: with a place free it may have its rule at once, and needs no order. */
export function admitFetching(book: Book, mac: Mac): void {
  const member = book.members.get(mac);
  if (member && book.card.up && isWaiting(book, member) && book.places.count > occupied(book)) tell(book, member);
}

/** The order could not be given, or not as it was meant. The phone may come by itself until its time is over. */
export function tookOrder(book: Book, mac: Mac, problem: Member['orderProblem']): void {
  const member = book.members.get(mac);
  if (member?.state !== 'told') return;
  if (problem === null) {
    member.heardAt = book.now;
    return;
  }
  member.orderProblem = problem;
  enter(book, member, 'told', problem);
  complain(book, member, problem);
}

/** Until when a told phone may be silent. Signs of life lengthen it, up to three times: a phone may be slow to boot. */
export function toldUntil(book: Book, member: Member): number {
  const { tellLimit } = book.settings;
  const toldAt = silentSince(book, member.toldAt);
  return Math.min(Math.max(toldAt, silentSince(book, member.heardAt)) + tellLimit, toldAt + 3 * tellLimit);
}

function rankOf({ failures, attempt, stage }: Member): number {
  if (failures > 0 || attempt > 0) return 2;
  return stage > 0 ? 0 : 1;
}

function tell(book: Book, member: Member): void {
  member.toldAt = book.now;
  member.heardAt = book.now;
  member.orderProblem = null;
  member.profileAsks = null;
  enter(book, member, 'told');
}
