import { isWaiting, occupied, queue } from './admission.ts';
import { cardMemory, touch, waveOf, type Book } from './book.ts';
import { bytesOf } from './file-sets.ts';
import { setOf } from './loading.ts';
import { scatter } from './measures.ts';
import { isSettled, loadOf, type Member } from './member.ts';
import { openOutlook, type Outlook } from './outlook.ts';
import { playOut, type PlayedHop, type PlayedPhone } from './play.ts';

const EVERY_MS = 1000;
/** A phone that loads at less than this share of what others do is slow by itself, and stays so. */
const OWN_TROUBLE = 0.5;
/** How a load begins says little of how it goes on, milliseconds. */
const JUDGED_MS = 10_000;

/**
 * Says when each phone and each wave will end: what is under way and what waits is played through the places, with the
 * rates and times that were measured on this card. Where a figure is needed that nobody measured, nothing is said.
 */
export function forecast(book: Book): void {
  if (book.now - book.forecastAt < EVERY_MS && book.now >= book.forecastAt) return;
  book.forecastAt = book.now;
  cardMemory(book).see(book.transfers.warmRates(book.now), book.transfers.totalRate(book.now));
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
  const outlook = openOutlook(book);
  const typical = typicalOf(book);
  const members: { readonly member: Member; readonly phone: PlayedPhone; readonly reaches: boolean }[] = [];
  let free = book.places.count - occupied(book);
  const add = (member: Member, is: PlayedPhone['is'], now: readonly (PlayedHop | null)[], left = 0): void => {
    const rest = canGoOn(book, member) ? member.hops.slice(member.stage + 1).map((hop) => (book.problems.has(hop.load) ? null : outlook.hop(hop))) : [];
    const hops: PlayedHop[] = [];
    for (const hop of [...now, ...rest]) {
      if (hop === null) break;
      hops.push(hop);
    }
    // A place of which nobody knows when it is free plays no part.
    if (now.length > 0 && hops.length === 0) return;
    if (is === 'loading') free += 1;
    members.push({ member, phone: { hops, is, left }, reaches: hops.length === member.hops.length - member.stage - (is === 'writing' ? 1 : 0) });
  };
  for (const member of book.members.values()) {
    const { state, hops, stage } = member;
    const hop = hops[stage];
    if (state === 'told') add(member, 'loading', [hop ? outlook.hop(hop) : null]);
    else if (state === 'loading') add(member, 'loading', [leftOf(book, member, outlook, typical)]);
    else if (state === 'writing') add(member, 'writing', [], Math.max(0, outlook.writing - (book.now - Math.max(member.givenAt ?? 0, 0))));
  }
  for (const member of queue(book)) {
    const hop = member.hops[member.stage];
    add(member, 'waiting', [hop ? outlook.hop(hop) : null]);
  }
  const ends = playOut({ phones: members.map(({ phone }) => phone), places: Math.max(free, outlook.places), capacity: outlook.capacity, writing: outlook.writing, telling: outlook.telling });
  return new Map(members.flatMap(({ member, reaches }, index) => (reaches ? [[member, Math.round(book.now + (ends[index] ?? 0))] as const] : [])));
}

/** One that is held back goes no further by itself. */
function canGoOn(book: Book, member: Member): boolean {
  return !member.paused && !member.leaving && waveOf(book, member)?.paused === false;
}

/** The rest of the load under way; null while neither its size nor its rate is known. */
function leftOf(book: Book, member: Member, outlook: Outlook, typical: number | null): PlayedHop | null {
  const hop = member.hops[member.stage];
  if (!hop) return null;
  const set = setOf(book, member);
  const measured = outlook.hop(hop);
  let taken = 0;
  for (const [name, { bytes }] of member.files) taken += set ? Math.min(bytes, set.get(name) ?? 0) : bytes;
  const passed = book.now - (member.loadingAt ?? book.now);
  // Between two files nothing moves for a while: what it took since it began tells more.
  const moves = Math.max(book.transfers.rate(member.mac, book.now), passed > 0 ? (taken / passed) * 1000 : 0);
  const isSlow = typical !== null && passed >= JUDGED_MS && moves < OWN_TROUBLE * typical;
  const rate = isSlow ? moves : Math.max(moves, measured?.rate ?? 0);
  if (rate <= 0) return null;
  const whole = set ? bytesOf(set) : (measured?.bytes ?? null);
  return whole === null ? null : { bytes: Math.max(0, whole - taken), rate };
}

function typicalOf(book: Book): number | null {
  const rates = book.transfers.warmRates(book.now).sort((a, b) => a - b);
  return rates[rates.length >> 1] ?? null;
}

/** Of the loads that are still to be taken, the one whose rates differ most. */
function scatterOf(book: Book): number | null {
  const memory = cardMemory(book);
  const loads = new Set<string>();
  for (const member of book.members.values()) if (!isSettled(member) || isWaiting(book, member)) loads.add(loadOf(member));
  const shares = Array.from(loads, (load) => scatter(memory.samples(load)) ?? []).flat();
  return shares.length > 0 ? Math.min(0.5, Math.max(...shares)) : null;
}
