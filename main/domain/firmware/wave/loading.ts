import type { Mac } from '../../../../common/values/mac.ts';
import { enter, enterStage, giveUp, leave, soothe, touch, waveOf, type Book } from './book.ts';
import type { Movement } from './events.ts';
import type { FileSet } from './file-sets.ts';
import { addSample } from './measures.ts';
import { loadOf, type Member } from './member.ts';
import { reopen } from './wave-end.ts';

/** Ends of a transfer that are the phone's own or the cable's. What the bench ended itself is not its trouble. */
const PHONE_STOPPED = /^(?:tftp\.(?:never-answered|silent|large-blocks-lost|aborted|restarted)|https?\.(?:gone|stalled|timeout)|tls\.(?:gone|left|timeout))$/;
/** Nothing came any more: loss on the way, or a phone that lost its power. */
const SILENCE = /\.(?:never-answered|silent|large-blocks-lost|stalled|timeout)$/;
/** Silence right after the bench woke says nothing of the network. */
const JUST_AWAKE_MS = 10_000;

/** A phone asks for a firmware file and gets it. */
export function asked(book: Book, movement: Movement): void {
  const { mac, file } = movement;
  const member = book.members.get(mac);
  const load = book.rounds.loadOf(mac, file, member ? loadOf(member) : null);
  const wasHeld = book.rounds.held(mac) !== null;
  const verdict = book.rounds.ask(mac, load, file, book.now);
  book.transfers.move(movement, book.now);
  if (verdict === 'held') {
    if (!wasHeld) hold(book, mac);
    return;
  }
  if (member && load === loadOf(member) && verdict === 'new') beginTry(member);
  if (member && takeUp(book, member, load, true)) note(book, member, movement);
}

export function moved(book: Book, movement: Movement): void {
  const { mac, file, exchange } = movement;
  if (!book.transfers.isOpen(exchange)) return;
  const member = book.members.get(mac);
  const load = book.rounds.loadOf(mac, file, member ? loadOf(member) : null);
  book.transfers.move(movement, book.now);
  book.rounds.moved(mac, load, file, movement.bytes, book.transfers.totalOf(movement), book.now);
  if (member && takeUp(book, member, load, false)) note(book, member, movement);
}

/** A transfer ended with all that was asked: a file, or the rest of one. */
export function given(book: Book, movement: Movement): void {
  const { mac, file } = movement;
  const member = book.members.get(mac);
  const load = book.rounds.loadOf(mac, file, member ? loadOf(member) : null);
  const total = book.transfers.end(movement, book.now)?.total ?? movement.total;
  const ended = book.rounds.ended(mac, load, file, movement.bytes, total, true, book.now);
  if (!member || !takeUp(book, member, load, false)) return;
  note(book, member, { ...movement, bytes: Math.min(ended.bytes, total ?? ended.bytes), total });
  if (ended.isWhole) {
    const size = total ?? movement.bytes;
    member.files.set(file, { bytes: size, total: size, given: true });
    member.taken.set(file, size);
    member.givenAt = book.now;
    member.percent = percentOf(book, member);
  }
  member.broke = false;
  if (member.state !== 'loading' || book.transfers.isActive(mac)) return;
  const set = setOf(book, member);
  if (member.leaving) leave(book, member);
  else if (set && [...set.keys()].every((name) => member.taken.has(name))) write(book, member);
}

export function broken(book: Book, movement: Movement, code: string): void {
  const { mac, file, bytes } = movement;
  const member = book.members.get(mac);
  const load = book.rounds.loadOf(mac, file, member ? loadOf(member) : null);
  const known = book.transfers.end(movement, book.now);
  if (known) book.rounds.ended(mac, load, file, bytes, known.total, false, book.now);
  if (!PHONE_STOPPED.test(code)) book.rounds.excuse(mac);
  else if (SILENCE.test(code) && book.card.up && book.now - book.airAt > JUST_AWAKE_MS) book.places.brokeOff(mac, book.now);
  if (!member || !known || member.state !== 'loading' || book.transfers.isActive(mac)) return;
  member.activeAt = book.now;
  member.broke = true;
  touch(book, member);
  if (member.leaving) leave(book, member);
}

/** The loop breaker has had enough: nothing more is given to this phone until a person releases it. */
export function hold(book: Book, mac: Mac): void {
  const problem = book.rounds.held(mac);
  const member = book.members.get(mac);
  if (!problem || member?.state === 'held') return;
  if (member && member.state !== 'done') {
    giveUp(book, member, 'held', problem);
  } else if (!book.heldStrangers.has(mac)) {
    // A phone that stands at its target asks again all the same, or one that no wave knows.
    book.heldStrangers.add(mac);
    book.effects.push({ kind: 'attention', mac, problem });
    if (member) touch(book, member);
  }
}

/** Every image was given: what comes now happens in the phone. */
export function write(book: Book, member: Member): void {
  member.givenAt ??= book.now;
  enter(book, member, 'writing');
}

/** The files that this kind of phone takes of the load, as earlier ones did; null while nobody knows. */
export function setOf(book: Book, member: Member): FileSet | null {
  return book.sets.find(loadOf(member), new Set([...member.taken.keys(), ...member.files.keys()]));
}

/** The phone takes a load of its way. @returns false where what it takes is no part of it, or it is out of the wave */
function takeUp(book: Book, member: Member, load: string, isRequest: boolean): boolean {
  if (member.state === 'loading' && load === loadOf(member)) return true;
  // Only a request tells where the phone stands now: the rest of an older transfer does not take it back there.
  if (member.state === 'loading' && !isRequest) return false;
  if (member.state === 'done' || member.state === 'held' || member.state === 'cancelled') return false;
  const stage = member.hops.findIndex((hop) => hop.load === load);
  if (stage < 0) return false;
  if (member.state === 'failed' && !reopen(book, member)) return false;
  // The rule lets the phone choose by its own version: what it asks for is where it stands.
  enterStage(member, stage);
  member.attempt = 0;
  if (member.state === 'told' && member.loadingAt === null) book.tellingTimes = addSample(book.tellingTimes, book.now - member.toldAt);
  member.loadingAt ??= book.now;
  member.backAt = null;
  soothe(book, member);
  enter(book, member, 'loading');
  return waveOf(book, member) !== undefined;
}

function beginTry(member: Member): void {
  member.files = new Map();
  member.broke = false;
}

function note(book: Book, member: Member, { file, bytes, total }: Movement): void {
  const known = member.files.get(file);
  // A range begins anew at a lower place: what was given once stays given.
  if (!known) member.files.set(file, { bytes, total, given: false });
  else if (!known.given) {
    known.bytes = Math.max(known.bytes, bytes);
    known.total ??= total;
  }
  member.activeAt = book.now;
  member.percent = percentOf(book, member);
  touch(book, member);
}

/** Share of this stage. It never falls: what a broken try had given is not shown as lost, the file beside it tells. */
function percentOf(book: Book, member: Member): number | null {
  const set = setOf(book, member);
  if (!set) return member.percent;
  let bytes = 0;
  let whole = 0;
  for (const [name, size] of set) {
    const file = member.files.get(name);
    whole += size;
    bytes += file ? Math.min(size, file.bytes) : 0;
  }
  const percent = whole > 0 ? Math.min(100, Math.floor((bytes / whole) * 1000) / 10) : 0;
  return Math.max(member.percent ?? 0, percent);
}
