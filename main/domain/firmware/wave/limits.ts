import type { FirmwareProblem } from '../../../../common/values/firmware.ts';
import { toldUntil } from './admission.ts';
import { enter, giveUp, leave, requeue, silentSince, type Book } from './book.ts';
import { isList } from './file-sets.ts';
import { write } from './loading.ts';
import { loadOf, type Member } from './member.ts';
import { IDLE_MS } from './transfers.ts';
import { ORDERS } from './settings.ts';

/** Ends what waited too long. While the card has no cable nothing can come, so nothing is late. */
export function enforceLimits(book: Book): void {
  if (!book.card.up) return;
  for (const mac of book.transfers.sweep(book.now - stallOf(book), book.now)) {
    const member = book.members.get(mac);
    book.places.brokeOff(mac, book.now);
    if (member?.state === 'loading') {
      member.broke = true;
      member.activeAt = book.now;
      if (member.leaving) leave(book, member);
    }
  }
  for (const member of book.members.values()) if (book.now >= deadlineOf(book, member)) expire(book, member);
}

/** When a limit ends at the earliest; Infinity when nothing waits. */
export function nextLimit(book: Book): number {
  if (!book.card.up) return Infinity;
  let next = book.transfers.oldest() + stallOf(book);
  for (const member of book.members.values()) next = Math.min(next, deadlineOf(book, member));
  for (const { mac, active, activeAt } of book.transfers.loaders(book.now)) {
    if (!active && !book.members.has(mac)) next = Math.min(next, activeAt + IDLE_MS);
  }
  return next;
}

/** A load became broken, or whole again: nobody is told a broken one. */
export function judgeLoad(book: Book, load: string, problem: FirmwareProblem | null): void {
  const before = book.problems.get(load);
  if (problem) book.problems.set(load, problem);
  else book.problems.delete(load);
  for (const member of book.members.values()) {
    if (loadOf(member) !== load) continue;
    if (member.state === 'told' && problem) enter(book, member, 'queued', problem);
    else if (member.state === 'queued' && (problem || member.problem?.code === before?.code)) enter(book, member, 'queued', problem);
  }
}

function deadlineOf(book: Book, member: Member): number {
  const { quietLimit, tellLimit, writingLimit, showLimit } = book.settings;
  switch (member.state) {
    case 'told':
      return toldUntil(book, member);
    case 'loading':
      return book.transfers.isActive(member.mac) ? Infinity : silentSince(book, member.activeAt) + (isOpen(member) ? tellLimit : quietLimit);
    case 'writing':
      return Math.min(silentSince(book, Math.max(member.givenAt ?? 0, member.since)) + writingLimit, member.backAt == null ? Infinity : silentSince(book, member.backAt) + showLimit);
    default:
      return Infinity;
  }
}

function expire(book: Book, member: Member): void {
  switch (member.state) {
    case 'told':
      if (member.attempt < ORDERS) requeue(book, member, member.orderProblem);
      else giveUp(book, member, 'failed', silenceOf(member));
      return;
    case 'loading':
      if (!isOpen(member)) {
        write(book, member);
        return;
      }
      // It broke off and did not come back by itself.
      member.failures += 1;
      requeue(book, member, null);
      return;
    default:
      giveUp(book, member, 'failed', lostOf(member));
  }
}

/** A file was begun and not given whole. */
function isOpen({ broke, files }: Member): boolean {
  return broke || files.size === 0 || [...files.values()].some(({ given }) => !given);
}

/** Why a phone that was told three times did not come, as far as anything was seen of it. */
function silenceOf({ attempt, orderProblem, profileAsks, refusal, backAt, hops, stage }: Member): FirmwareProblem {
  const load = loadOf({ hops, stage });
  // It was told again after it had all: that it asks for nothing may mean that it runs the load.
  if (backAt != null) return { code: 'wave.no-version', params: { load } };
  if (refusal !== null) return { code: 'wave.refused', params: { error: refusal } };
  if (orderProblem) return orderProblem;
  if (profileAsks === false) return { code: 'wave.rule-missing', params: {} };
  if (profileAsks === true) return { code: 'wave.rule-ignored', params: { load } };
  return { code: 'wave.silent', params: { times: attempt } };
}

function lostOf(member: Member): FirmwareProblem {
  const load = loadOf(member);
  const onlyList = member.taken.size > 0 && [...member.taken.keys()].every(isList);
  if (!onlyList && member.backAt != null) return { code: 'wave.no-version', params: { load } };
  return { code: onlyList ? 'wave.list-only' : 'wave.not-back', params: { load } };
}

/** A transfer whose end nobody tells must not hold its place for ever; the servers' own limits are far shorter. */
function stallOf({ settings }: Book): number {
  return 2 * settings.tellLimit;
}
