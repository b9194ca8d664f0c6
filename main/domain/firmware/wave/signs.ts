import type { Mac } from '../../../../common/values/mac.ts';
import { showsLoad } from '../load.ts';
import { isWaiting } from './admission.ts';
import { cardMemory, enter, enterStage, giveUp, leave, requeue, soothe, touch, type Book } from './book.ts';
import { bytesOf } from './file-sets.ts';
import { write } from './loading.ts';
import { addSample } from './measures.ts';
import { isSettled, loadOf, standing, type Member } from './member.ts';
import { reopen } from './wave-end.ts';

/** A phone that shows its old version so long after its last image has restarted, even where its restart was not seen. */
const RESTARTED_MS = 60_000;

/** The phone shows a version: the only proof of where it stands. */
export function shown(book: Book, mac: Mac, told: string): void {
  const known = book.rounds.versionOf(mac);
  // A User-Agent leaves the end of a version away that the phone's own line tells: between the two nothing has changed.
  const version = known !== null && showsLoad(told, known) ? known : told;
  book.rounds.shown(mac, version);
  const member = book.members.get(mac);
  if (!member) return;
  const before = member.shown;
  member.shown = version;
  if (member.state === 'done' || member.state === 'cancelled' || member.hops.length === 0) return;
  const { hop, next } = standing(member, version);
  if (hop === member.hops.length - 1) reach(book, member, next);
  else if (hop >= member.stage) advance(book, member, next);
  else if (member.state === 'writing') cameBack(book, member, version, before, next);
  else if (version !== before) place(book, member, next);
}

/** It was switched on, or restarted. */
export function powered(book: Book, mac: Mac): void {
  book.rounds.restarted(mac);
  book.transfers.drop(mac);
  const member = book.members.get(mac);
  if (!member) return;
  member.restartedAt = book.now;
  member.heardAt = book.now;
  // In mid-transfer: it still has its rule, and asks again by itself.
  if (member.state === 'loading') {
    if (member.leaving) leave(book, member);
    else if (isComplete(member)) write(book, member);
    else backToTold(book, member);
  }
  // Switching it on again is what a failed phone was waiting for.
  if (member.state === 'failed' && reopen(book, member)) {
    member.attempt = 0;
    soothe(book, member);
    requeue(book, member, null);
  }
}

export function tookProfile(book: Book, mac: Mac, load: string | null): void {
  const member = book.members.get(mac);
  if (member?.state === 'writing' && isBack(book, member)) member.backAt ??= book.now;
  if (member?.state !== 'told') return;
  member.heardAt = book.now;
  member.profileAsks = load !== null;
}

/** Its own words. They prove no version: `upgraded` only says that bytes have arrived, wherever they came from. */
export function said(book: Book, mac: Mac, outcome: 'upgraded' | 'failed', error: string | null): void {
  const member = book.members.get(mac);
  // It was not given what is not whole: that it says so is no fault of its own.
  const isOurs = member !== undefined && book.problems.has(loadOf(member));
  if (outcome === 'failed' && isOurs) book.rounds.excuse(mac);
  else if (outcome === 'failed') book.rounds.refused(mac, error ?? '-');
  if (!member || (member.state !== 'told' && member.state !== 'loading' && member.state !== 'writing')) return;
  if (outcome === 'upgraded') {
    if (member.state !== 'writing') {
      member.givenAt = book.now;
      write(book, member);
    }
    return;
  }
  if (isOurs) {
    requeue(book, member, null);
    return;
  }
  member.refusal = (error ?? '-').slice(0, 200) || '-';
  member.refusals += 1;
  member.failures += 1;
  if (member.refusals >= book.settings.rounds) giveUp(book, member, 'held', { code: 'wave.loop-refused', params: { error: member.refusal } });
  else requeue(book, member, { code: 'wave.refused', params: { error: member.refusal } });
}

/** At the target. */
function reach(book: Book, member: Member, stage: number): void {
  learn(book, member);
  member.stage = stage;
  member.percent = 100;
  member.leaving = false;
  member.paused = false;
  if (member.state === 'held') book.rounds.clear(member.mac);
  soothe(book, member);
  enter(book, member, 'done');
}

/** Through one hop, the next waits, before all newcomers. */
function advance(book: Book, member: Member, stage: number): void {
  learn(book, member);
  enterStage(member, stage);
  soothe(book, member);
  if (member.leaving) leave(book, member);
  else if (!isSettled(member) || reopen(book, member)) {
    if (member.state === 'held') book.rounds.clear(member.mac);
    enter(book, member, 'queued', book.problems.get(loadOf(member)) ?? null);
  }
}

/** Everything was given, and it does not show what it should. */
function cameBack(book: Book, member: Member, version: string, before: string | null, stage: number): void {
  if (before !== null && !showsLoad(before, version)) {
    giveUp(book, member, 'failed', { code: 'wave.other-version', params: { version, load: loadOf(member) } });
    return;
  }
  // A phone that writes may still say a line before it restarts.
  if (!isBack(book, member)) return;
  enterStage(member, stage);
  member.failures += 1;
  requeue(book, member, null);
}

/** It restarted after its last image, as far as that was seen or must be so by now. */
function isBack({ now }: Book, member: Member): boolean {
  const givenAt = member.givenAt ?? member.since;
  return (member.restartedAt ?? -1) >= givenAt || now - givenAt >= RESTARTED_MS;
}

/** It shows for the first time, or a person changed, what it runs: its way begins where it stands. */
function place(book: Book, member: Member, stage: number): void {
  touch(book, member);
  if (member.state !== 'queued' && member.state !== 'told') return;
  enterStage(member, stage);
  if (isWaiting(book, member)) member.problem = null;
  else if (member.state === 'queued') member.problem = book.problems.get(loadOf(member)) ?? null;
}

function backToTold(book: Book, member: Member): void {
  const problem = book.problems.get(loadOf(member));
  if (problem) {
    // What it began may go on, but nobody is told a load that is not whole.
    enter(book, member, 'queued', problem);
    return;
  }
  member.toldAt = book.now;
  member.profileAsks = null;
  enter(book, member, 'told');
}

function isComplete({ files, taken }: Member): boolean {
  return taken.size > 1 && [...files.values()].every(({ given }) => given);
}

/** What this stage took, and how long: the measure for the phones that come after. */
function learn(book: Book, member: Member): void {
  const { state, loadingAt, givenAt } = member;
  const load = loadOf(member);
  if (state !== 'writing' && state !== 'loading') return;
  book.sets.learn(load, member.taken);
  if (givenAt === null || loadingAt === null || member.taken.size < 2 || member.failures > 0) return;
  const bytes = bytesOf(member.taken);
  if (givenAt > loadingAt) cardMemory(book).learn(load, (bytes / (givenAt - loadingAt)) * 1000);
  book.writingTimes = addSample(book.writingTimes, book.now - givenAt);
}
