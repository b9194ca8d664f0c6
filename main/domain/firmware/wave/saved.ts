import type { WavesNow } from '../../../../common/values/wave.ts';
import type { FirmwareProblem } from '../../../../common/values/firmware.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import type { Book, WaveRecord } from './book.ts';
import { CardMemory, type SavedCard } from './card-memory.ts';
import { FileSets } from './file-sets.ts';
import type { Samples } from './measures.ts';
import type { Member, TakenFile } from './member.ts';
import { Places } from './places.ts';
import { Rounds, type SavedKnown } from './rounds.ts';
import type { WaveSettings } from './settings.ts';
import { Transfers } from './transfers.ts';

/** What must survive a restart: plain JSON. Transfers are not in it: none outlives the host. */
export interface SavedWaves {
  readonly format: 1;
  readonly waves: readonly WaveRecord[];
  readonly members: readonly SavedMember[];
  /** Ways that several phones go, told once. Absent in what older versions saved: each member had its own. */
  readonly ways?: readonly Member['hops'][];
  readonly phones: readonly SavedKnown[];
  readonly sets: ReturnType<FileSets['save']>;
  readonly places: number;
  readonly capacity: number | null;
  /** Absent in what older versions saved. */
  readonly cards?: readonly (readonly [string, SavedCard])[];
  readonly writingTimes: Samples;
  readonly tellingTimes?: Samples;
  readonly problems: readonly (readonly [string, FirmwareProblem])[];
  readonly order: number;
  readonly heldStrangers: readonly Mac[];
  readonly last: WavesNow['last'];
}

type SavedMember = Omit<Member, 'files' | 'taken' | 'hops'> & {
  readonly hops?: Member['hops'];
  /** Place in `ways`. */
  readonly way?: number;
  readonly files: readonly (readonly [string, TakenFile])[];
  readonly taken: readonly (readonly [string, number])[];
};

/** A copy of all that changes: what happens afterwards is not in it. */
export function save(book: Book): SavedWaves {
  const ways = new Map<string, { readonly place: number; readonly hops: Member['hops'] }>();
  const wayOf = (hops: Member['hops']): number => {
    const key = hops.map(({ load, version, bytes }) => `${load} ${version} ${bytes}`).join('|');
    const known = ways.get(key) ?? { place: ways.size, hops };
    ways.set(key, known);
    return known.place;
  };
  const members = Array.from(book.members.values(), ({ files, taken, hops, ...member }): SavedMember => ({
    ...member, way: wayOf(hops), files: Array.from(files, ([name, file]) => [name, { ...file }] as const), taken: [...taken],
  }));
  return {
    format: 1,
    waves: Array.from(book.waves.values(), (wave) => ({ ...wave })),
    members,
    ways: Array.from(ways.values(), ({ hops }) => hops),
    phones: book.rounds.save(),
    sets: book.sets.save(),
    places: book.places.count,
    capacity: book.card.capacity,
    cards: Array.from(book.cards, ([key, card]) => [key, card.save()] as const),
    writingTimes: book.writingTimes,
    tellingTimes: book.tellingTimes,
    problems: [...book.problems],
    order: book.order,
    heldStrangers: [...book.heldStrangers],
    last: book.last,
  };
}

/** Nothing was in the air while the host was down: silence counts from now, and no try that broke off by it is a round. */
export function restore(settings: WaveSettings, saved: SavedWaves | null, now: number): Book {
  const copy = structuredClone(saved);
  const members = new Map((copy?.members ?? []).map(({ files, taken, hops, way, ...member }): [Mac, Member] => [
    member.mac, { ...member, hops: hops ?? copy?.ways?.[way ?? -1] ?? [], files: new Map(files), taken: new Map(taken) },
  ]));
  const places = new Places(copy?.places ?? settings.least);
  places.limit(copy?.capacity ?? null, settings);
  const book: Book = {
    settings,
    waves: new Map((copy?.waves ?? []).map((wave) => [wave.id, wave])),
    members,
    transfers: new Transfers(),
    sets: new FileSets(copy?.sets),
    rounds: new Rounds(settings, (mac) => members.has(mac), copy?.phones),
    places,
    cards: new Map((copy?.cards ?? []).map(([key, card]) => [key, new CardMemory(card)])),
    writingTimes: copy?.writingTimes ?? [],
    tellingTimes: copy?.tellingTimes ?? [],
    problems: new Map(copy?.problems),
    card: { capacity: copy?.capacity ?? null, up: true },
    airAt: now,
    now,
    order: copy?.order ?? 0,
    heldStrangers: new Set(copy?.heldStrangers),
    refusals: new Map(),
    last: copy?.last ?? null,
    forecastAt: now,
    changed: new Map(),
    turns: 0,
    effects: [],
  };
  book.rounds.excuseAll();
  return book;
}
