import type { Mac } from '../../../../common/values/mac.ts';
import { enter, leave, requeue, soothe, tellRule, touch, waveOf, type Book, type WaveRecord } from './book.ts';
import type { NewMember, NewWave } from './events.ts';
import { isSettled, loadOf, newMember, standing, type Member } from './member.ts';
import { reopen, settleWaves } from './wave-end.ts';

/** Leads phones to a target. A wave of the same family and target that runs takes them in; one to another target ends. */
export function push(book: Book, asked: NewWave): void {
  const wave = waveFor(book, asked);
  for (const each of asked.members) join(book, wave, each);
  settleWaves(book);
}

export function pause(book: Book, mac: Mac | null): void {
  if (mac === null) for (const wave of book.waves.values()) if (wave.endedAt === null) setPaused(book, wave, true);
  const member = mac === null ? undefined : book.members.get(mac);
  if (!member || isSettled(member)) return;
  member.paused = true;
  // Told, but it has not asked: its rule can still be taken away. One that loads goes on.
  if (member.state === 'told') enter(book, member, 'queued');
  touch(book, member);
}

export function resume(book: Book, mac: Mac | null): void {
  if (mac === null) for (const wave of book.waves.values()) if (wave.endedAt === null) setPaused(book, wave, false);
  for (const member of some(book, mac)) {
    if (!member.paused) continue;
    member.paused = false;
    touch(book, member);
  }
}

export function cancel(book: Book, mac: Mac | null): void {
  for (const member of some(book, mac)) {
    if (isSettled(member)) continue;
    if (member.state === 'writing' || (member.state === 'loading' && book.transfers.isActive(member.mac))) {
      member.leaving = true;
      tellRule(book, member);
      touch(book, member);
    } else leave(book, member);
  }
}

/** A person saw to a phone that was held or failed: it begins anew. */
export function release(book: Book, mac: Mac): void {
  book.rounds.clear(mac);
  if (book.heldStrangers.delete(mac)) book.effects.push({ kind: 'clear', mac });
  const member = book.members.get(mac);
  if (!member) return;
  if ((member.state === 'held' || member.state === 'failed') && reopen(book, member)) {
    soothe(book, member);
    member.attempt = 0;
    member.failures = 0;
    member.refusal = null;
    member.refusals = 0;
    requeue(book, member, null);
  }
  touch(book, member);
}

export function gone(book: Book, mac: Mac): void {
  const member = book.members.get(mac);
  if (member) touch(book, member);
  book.members.delete(mac);
  book.transfers.drop(mac);
  book.rounds.forget(mac);
  book.heldStrangers.delete(mac);
}

function waveFor(book: Book, { id, family, target, rule }: NewWave): WaveRecord {
  const running = [...book.waves.values()].find((wave) => wave.family === family && wave.endedAt === null);
  if (running?.target === target) {
    running.rule = rule;
    for (const member of book.members.values()) if (member.wave === running.id) tellRuleChanged(book, member);
    return running;
  }
  if (running) for (const member of book.members.values()) if (member.wave === running.id) cancel(book, member.mac);
  const wave: WaveRecord = { id, family, target, rule, paused: false, startedAt: book.now, endedAt: null, prediction: null, firstPrediction: null };
  book.waves.set(id, wave);
  return wave;
}

function join(book: Book, wave: WaveRecord, asked: NewMember): void {
  const before = book.members.get(asked.mac);
  if (before?.wave === wave.id && !isSettled(before)) return;
  if (before) {
    touch(book, before);
    soothe(book, before);
  }
  if (book.heldStrangers.delete(asked.mac)) book.effects.push({ kind: 'clear', mac: asked.mac });
  book.rounds.clear(asked.mac);
  if (asked.from !== null) book.rounds.shown(asked.mac, asked.from);
  book.order += 1;
  const from = asked.from ?? book.rounds.versionOf(asked.mac);
  const member = newMember({ ...asked, from }, wave.id, book.order, book.now);
  member.rule = before?.rule ?? '';
  // A Map keeps the place of a key that is set again: the phone joins behind the others.
  book.members.delete(asked.mac);
  book.members.set(asked.mac, member);
  const { hop, next } = from === null ? { hop: -1, next: 0 } : standing(member, from);
  member.stage = Math.max(0, next);
  const isThere = member.hops.length === 0 || hop === member.hops.length - 1;
  if (isThere) member.percent = 100;
  enter(book, member, isThere ? 'done' : 'queued', isThere ? null : (book.problems.get(loadOf(member)) ?? null));
}

/** The text of the rule changed for those that have it. */
function tellRuleChanged(book: Book, member: Member): void {
  const wave = waveOf(book, member);
  if (wave && member.rule !== '') tellRule(book, member);
}

function setPaused(book: Book, wave: WaveRecord, paused: boolean): void {
  wave.paused = paused;
  for (const member of book.members.values()) if (member.wave === wave.id && !isSettled(member)) touch(book, member);
}

function some(book: Book, mac: Mac | null): readonly Member[] {
  if (mac === null) return [...book.members.values()];
  const member = book.members.get(mac);
  return member ? [member] : [];
}
