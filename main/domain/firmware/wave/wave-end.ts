import type { Book, WaveRecord } from './book.ts';
import { waveOf } from './book.ts';
import { isSettled, type Member } from './member.ts';

/** Ends waves in which nobody is under way any more, and forgets those that nobody stands in. */
export function settleWaves(book: Book): void {
  const counts = new Map<number, { phones: number; open: number; done: number }>();
  for (const member of book.members.values()) {
    const count = counts.get(member.wave) ?? { phones: 0, open: 0, done: 0 };
    count.phones += 1;
    if (!isSettled(member)) count.open += 1;
    if (member.state === 'done') count.done += 1;
    counts.set(member.wave, count);
  }
  for (const wave of book.waves.values()) {
    const count = counts.get(wave.id);
    if (!count) book.waves.delete(wave.id);
    else if (wave.endedAt === null && count.open === 0) end(book, wave, count.done);
  }
}

/** The newest wave that has ended; null before the first. */
export function newestEnded(book: Book): WaveRecord | null {
  let newest: WaveRecord | null = null;
  for (const wave of book.waves.values()) {
    if (wave.endedAt !== null && (newest?.endedAt == null || wave.endedAt >= newest.endedAt)) newest = wave;
  }
  return newest;
}

/** A phone of a wave that ended goes on: so does its wave, unless another one leads its family now. */
export function reopen(book: Book, member: Member): boolean {
  const wave = waveOf(book, member);
  if (!wave) return false;
  if (wave.endedAt === null) return true;
  for (const other of book.waves.values()) if (other !== wave && other.family === wave.family && other.endedAt === null) return false;
  wave.endedAt = null;
  wave.prediction = null;
  return true;
}

function end(book: Book, wave: WaveRecord, done: number): void {
  wave.endedAt = book.now;
  wave.paused = false;
  wave.prediction = null;
  // A wave that a person called off, or that nobody came through, says nothing of how it was predicted.
  if (done > 0) book.last = { target: wave.target, said: wave.firstPrediction, ended: book.now };
}
