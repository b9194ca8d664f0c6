import type { WavesNow } from '../../../../common/values/wave.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import type { Wave, WaveFile, WavePhone, WavePhoneState, WaveState } from '../../../../common/values/wave.ts';
import { occupied } from './admission.ts';
import { waveOf, type Book, type WaveRecord } from './book.ts';
import { setOf } from './loading.ts';
import { loadOf, targetOf, type Member } from './member.ts';
import { newestEnded } from './wave-end.ts';

/** What a tile needs to know of the wave that its phone is in. */
export interface PhoneInWave {
  readonly wave: Pick<Wave, 'id' | 'family' | 'target' | 'state'> & {
    /** Version of the target. */
    readonly to: string;
  };
  readonly phone: WavePhone;
}

/** What needs a hand first, then what moves, then what waits, then what is over. */
const URGENCY: readonly WavePhoneState[] = ['held', 'failed', 'loading', 'writing', 'told', 'queued', 'done', 'cancelled'];

export function viewAll(book: Book, now: number): WavesNow {
  const ended = newestEnded(book);
  const members = Map.groupBy(book.members.values(), ({ wave }) => wave);
  const shown = [...book.waves.values()].filter((wave) => wave.endedAt === null || wave === ended).sort((a, b) => a.id - b.id);
  return {
    room: {
      rate: book.transfers.totalRate(now) || null,
      capacity: book.card.capacity,
      loading: loadingOf(book),
      places: book.places.count,
    },
    waves: shown.map((wave) => viewWave(book, wave, members.get(wave.id) ?? [], now)),
    last: book.last,
  };
}

export function viewOne(book: Book, mac: Mac): PhoneInWave | null {
  const member = book.members.get(mac);
  const wave = member && waveOf(book, member);
  if (!member || !wave) return null;
  const { id, family, target } = wave;
  return { wave: { id, family, target, state: stateOf(wave), to: targetOf(member)?.version ?? '' }, phone: viewMember(book, member, book.now) };
}

function viewWave(book: Book, wave: WaveRecord, members: readonly Member[], now: number): Wave {
  const rows = members.toSorted((a, b) => URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state) || a.order - b.order);
  const { id, family, target, startedAt, endedAt, prediction, firstPrediction } = wave;
  return {
    id, family, target, state: stateOf(wave), startedAt, endedAt, prediction, firstPrediction,
    phones: rows.map((member) => viewMember(book, member, now)),
  };
}

function stateOf({ endedAt, paused }: WaveRecord): WaveState {
  if (endedAt !== null) return 'ended';
  return paused ? 'paused' : 'running';
}

function viewMember(book: Book, member: Member, now: number): WavePhone {
  const { mac, state, paused, from, hops, stage, percent, endsAt, problem, since } = member;
  return {
    mac, state, paused, from,
    hops: hops.map(({ load }) => load),
    stage: Math.min(stage + 1, Math.max(hops.length, 1)),
    file: fileOf(book, member),
    percent: state === 'done' ? 100 : percent,
    rate: book.transfers.rate(mac, now) || null,
    endsAt,
    rounds: book.rounds.count(mac, loadOf(member)),
    problem,
    since,
  };
}

function fileOf(book: Book, member: Member): WaveFile | null {
  if (member.state !== 'loading') return null;
  const moving = book.transfers.current(member.mac);
  const number = moving ? [...member.files.keys()].indexOf(moving.file) + 1 : 0;
  if (!moving || number === 0) return null;
  const { bytes = moving.bytes, total = moving.total } = member.files.get(moving.file) ?? {};
  return { name: moving.file, bytes, total, number, of: setOf(book, member)?.size ?? null };
}

function loadingOf(book: Book): number {
  let told = 0;
  for (const { state } of book.members.values()) if (state === 'told') told += 1;
  return occupied(book) - told;
}
