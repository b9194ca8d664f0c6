import type { FirmwareProblem } from '../../../../common/values/firmware.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import type { WavePhoneState } from '../../../../common/values/wave.ts';
import type { WavesNow } from '../../../../common/values/wave.ts';
import { CardMemory } from './card-memory.ts';
import type { WaveEffect } from './events.ts';
import type { FileSets } from './file-sets.ts';
import type { Samples } from './measures.ts';
import { isSettled, loadOf, type Member } from './member.ts';
import type { Places } from './places.ts';
import type { Rounds } from './rounds.ts';
import type { WaveSettings } from './settings.ts';
import type { Transfers } from './transfers.ts';

export interface WaveRecord {
  readonly id: number;
  readonly family: string;
  readonly target: string;
  rule: string;
  paused: boolean;
  readonly startedAt: number;
  endedAt: number | null;
  prediction: { readonly endsAt: number; readonly within: number } | null;
  firstPrediction: number | null;
}

/** All that the waves of a workspace know. Changed in place, by one input at a time. */
export interface Book {
  readonly settings: WaveSettings;
  readonly waves: Map<number, WaveRecord>;
  /** A phone stands in one wave at most: the newest that it was pushed into. */
  readonly members: Map<Mac, Member>;
  readonly transfers: Transfers;
  readonly sets: FileSets;
  readonly rounds: Rounds;
  readonly places: Places;
  /** What was measured on cards, by what each can carry: another card says nothing of this one. */
  readonly cards: Map<string, CardMemory>;
  /** Time from the order to the first request. */
  tellingTimes: Samples;
  /** Time from the last image to the version shown. */
  writingTimes: Samples;
  /** Loads that cannot be given whole. */
  readonly problems: Map<string, FirmwareProblem>;
  /** `capacity` is kept from before while there is no link. */
  card: { readonly capacity: number | null; readonly up: boolean };
  /** Since when silence counts: the last waking, restart or return of the card. */
  airAt: number;
  now: number;
  order: number;
  /** Strangers to every wave that the loop breaker stopped and complained of. */
  readonly heldStrangers: Set<Mac>;
  /** Phones that were refused a file too many since the last step. */
  readonly refusals: Map<Mac, string>;
  last: WavesNow['last'];
  forecastAt: number;
  /** Grows with each change that is more than progress. */
  turns: number;
  readonly changed: Map<string, { readonly wave: number; readonly mac: Mac }>;
  effects: WaveEffect[];
}

const MOST_CARDS = 8;

/** What was measured on the card in use. */
export function cardMemory({ cards, card }: Pick<Book, 'cards' | 'card'>): CardMemory {
  const key = String(card.capacity ?? '');
  const known = cards.get(key) ?? new CardMemory();
  cards.delete(key);
  cards.set(key, known);
  for (const oldest of cards.keys()) {
    if (cards.size <= MOST_CARDS) break;
    cards.delete(oldest);
  }
  return known;
}

/** When a silence began, as far as it counts: not before the bench was awake and had its cable, nor ahead of the clock. */
export function silentSince({ airAt, now }: Book, at: number): number {
  return at > now ? airAt : Math.max(at, airAt);
}

export function touch(book: Book, { wave, mac }: Pick<Member, 'wave' | 'mac'>): void {
  book.changed.set(`${wave} ${mac}`, { wave, mac });
}

export function waveOf(book: Book, member: Member): WaveRecord | undefined {
  return book.waves.get(member.wave);
}

/** What the phone is served for its rule now. */
export function ruleOf(book: Book, member: Member): string {
  if (member.leaving || book.rounds.held(member.mac)) return '';
  switch (member.state) {
    case 'told':
    case 'loading':
    case 'writing':
    case 'done':
      return waveOf(book, member)?.rule ?? '';
    default:
      return '';
  }
}

/** Moves a phone to a state; tells the application where its rule changes with it. */
export function enter(book: Book, member: Member, state: WavePhoneState, problem: FirmwareProblem | null = null): void {
  if (member.state !== state) member.since = book.now;
  if (member.state !== state || member.problem?.code !== problem?.code) book.turns += 1;
  member.state = state;
  member.problem = problem;
  if (isSettled(member)) member.endsAt = null;
  touch(book, member);
  tellRule(book, member);
}

export function tellRule(book: Book, member: Member): void {
  const rule = ruleOf(book, member);
  if (rule === member.rule) return;
  member.rule = rule;
  book.effects.push({ kind: 'rule', mac: member.mac });
}

export function complain(book: Book, member: Member, problem: FirmwareProblem): void {
  member.complained = true;
  book.effects.push({ kind: 'attention', mac: member.mac, problem });
}

export function soothe(book: Book, member: Member): void {
  member.orderProblem = null;
  if (!member.complained) return;
  member.complained = false;
  book.effects.push({ kind: 'clear', mac: member.mac });
}

/** It cannot go on: `problem` says why and what to do. A phone that a person took out is simply out. */
export function giveUp(book: Book, member: Member, state: 'failed' | 'held', problem: FirmwareProblem): void {
  if (member.leaving) {
    leave(book, member);
    return;
  }
  enter(book, member, state, problem);
  complain(book, member, problem);
}

/** Out of the wave by a person's word. */
export function leave(book: Book, member: Member): void {
  member.leaving = false;
  soothe(book, member);
  enter(book, member, 'cancelled');
}

/** Back into the queue, behind all others, after a try that led nowhere or an order that nothing came of. */
export function requeue(book: Book, member: Member, problem: FirmwareProblem | null): void {
  if (member.leaving) {
    leave(book, member);
    return;
  }
  book.order += 1;
  member.order = book.order;
  member.files = new Map();
  member.broke = false;
  enter(book, member, 'queued', problem ?? book.problems.get(loadOf(member)) ?? null);
}

/** Into a stage: what was counted and taken belongs to the one before. */
export function enterStage(member: Member, stage: number): void {
  if (member.stage === stage) return;
  member.stage = stage;
  member.attempt = 0;
  member.failures = 0;
  member.refusal = null;
  member.refusals = 0;
  member.files = new Map();
  member.taken = new Map();
  member.broke = false;
  member.loadingAt = null;
  member.givenAt = null;
  member.backAt = null;
  member.percent = null;
}
