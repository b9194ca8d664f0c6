import type { WavesNow } from '../../../../common/values/wave.ts';
import type { FirmwareProblem } from '../../../../common/values/firmware.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import { admit, admitFetching, isWaiting, occupied, tookOrder } from './admission.ts';
import { cardMemory, ruleOf, type Book } from './book.ts';
import type { WaveEffect, WaveInput } from './events.ts';
import { isList } from './file-sets.ts';
import { forecast } from './forecast.ts';
import { enforceLimits, judgeLoad, nextLimit } from './limits.ts';
import { asked, broken as brokeOff, given, hold, moved } from './loading.ts';
import { loadOf } from './member.ts';
import { cancel, gone, pause, push, release, resume } from './person.ts';
import { restore, save, type SavedWaves } from './saved.ts';
import type { WaveSettings } from './settings.ts';
import { powered, said, shown, tookProfile } from './signs.ts';
import { viewAll, viewOne, type PhoneInWave } from './view.ts';
import { settleWaves } from './wave-end.ts';

export { WAVE_SETTINGS, type WaveSettings } from './settings.ts';
export { predictPlan } from './outlook.ts';
export type { SavedWaves } from './saved.ts';
export type { PhoneInWave } from './view.ts';

const BY_PEOPLE: ReadonlySet<WaveInput['kind']> = new Set(['push', 'pause', 'resume', 'cancel', 'release', 'gone', 'load']);

/** A clock that is corrected by less than this stands still for so long; more is a clock that was set. */
const SLEWED_MS = 2000;

/** All waves of a workspace. Opaque: only the functions here read it; `stepWaves` changes it in place. */
export type Waves = Book;

/** @param saved what `saveWaves` gave, null for a workspace without waves */
export function openWaves(settings: WaveSettings, saved: SavedWaves | null, now: number): Waves {
  return restore(settings, saved, now);
}

export interface WaveStep {
  readonly effects: readonly WaveEffect[];
  /** When a `tick` is due at the latest, Infinity when nothing waits. */
  readonly wakeAt: number;
  /** A phone is in another state, or a person said something: more than progress, to be kept soon. */
  readonly turned: boolean;
}

/** Takes one input. */
export function stepWaves(waves: Waves, input: WaveInput, now: number): WaveStep {
  const turns = waves.turns;
  const isSetBack = now < waves.now - SLEWED_MS;
  waves.now = isSetBack ? now : Math.max(now, waves.now);
  waves.effects = [];
  if (isSetBack) breathe(waves);
  for (const [mac, file] of waves.refusals) refused(waves, mac, file);
  waves.refusals.clear();
  take(waves, input);
  enforceLimits(waves);
  adaptPlaces(waves);
  admit(waves);
  settleWaves(waves);
  forecast(waves);
  return { effects: waves.effects, wakeAt: nextLimit(waves), turned: waves.turns !== turns || waves.effects.length > 0 || BY_PEOPLE.has(input.kind) };
}

/** Waves that have not ended and the newest that has; rows by urgency, then by order of joining. */
export function viewWaves(waves: Waves, now: number): WavesNow {
  return viewAll(waves, now);
}

/** The phone in the wave that it was pushed into last; null when it is in none. */
export function viewPhone(waves: Waves, mac: Mac): PhoneInWave | null {
  return viewOne(waves, mac);
}

/** Rows that changed since the last call. One whose phone is in that wave no longer (`viewPhone` says another or null) was removed. */
export function changedPhones(waves: Waves): readonly { readonly wave: number; readonly mac: Mac }[] {
  const changed = [...waves.changed.values()];
  waves.changed.clear();
  return changed;
}

/** What `{{bench_upgrade_rule}}` is for this phone: empty until it is admitted; null when it is in no wave. */
export function ruleFor(waves: Waves, mac: Mac): string | null {
  const member = waves.members.get(mac);
  return member ? ruleOf(waves, member) : null;
}

/**
 * Why this phone gets no firmware file now; null when it is to be served. Say `refused` to `stepWaves` where it is not, and
 * `asked` where it is. What is under way is never refused.
 */
export function judgeRequest(waves: Waves, mac: Mac | null, file: string): FirmwareProblem | null {
  const broken = waves.problems.get(file);
  if (broken || mac === null) return broken ?? null;
  const member = waves.members.get(mac);
  const load = waves.rounds.loadOf(mac, file, member ? loadOf(member) : null);
  if (!isList(file) && (waves.transfers.hasFile(mac, file) || waves.rounds.isUnderWay(mac, load, file))) return null;
  const held = waves.rounds.held(mac) ?? (member?.state === 'held' ? member.problem : null);
  if (held) return held;
  if (member && (member.leaving || member.state === 'cancelled') && member.hops.some((hop) => hop.load === load)) {
    return { code: 'wave.cancelled', params: {} };
  }
  const loop = waves.rounds.judge(mac, load, file, waves.now);
  // The refusal is what holds the phone: the next step does it, where `refused` does not come before.
  if (loop) waves.refusals.set(mac, file);
  return loop ?? waves.problems.get(load) ?? null;
}

export function saveWaves(waves: Waves): SavedWaves {
  return save(waves);
}

function take(waves: Waves, input: WaveInput): void {
  switch (input.kind) {
    case 'push':
      return push(waves, input.wave);
    case 'asked':
      return asked(waves, input.movement);
    case 'refused':
      return refused(waves, input.mac, input.file);
    case 'moved':
      for (const movement of input.movements) moved(waves, movement);
      return;
    case 'given':
      return given(waves, input.movement);
    case 'broken':
      return brokeOff(waves, input.movement, input.code);
    case 'shown':
      return shown(waves, input.mac, input.version);
    case 'powered':
      return powered(waves, input.mac);
    case 'fetching':
      return admitFetching(waves, input.mac);
    case 'profile':
      return tookProfile(waves, input.mac, input.load);
    case 'said':
      return said(waves, input.mac, input.outcome, input.error);
    case 'ordered':
      return tookOrder(waves, input.mac, input.problem);
    case 'load':
      return judgeLoad(waves, input.load, input.problem);
    case 'card':
      return takeCard(waves, input);
    case 'woke':
      return breathe(waves);
    case 'pause':
      return pause(waves, input.mac);
    case 'resume':
      return resume(waves, input.mac);
    case 'cancel':
      return cancel(waves, input.mac);
    case 'release':
      return release(waves, input.mac);
    case 'gone':
      return gone(waves, input.mac);
    case 'tick':
      return;
  }
}

/** A refusal is the round that was one too many, unless the file was refused for another reason. */
function refused(waves: Waves, mac: Mac, file: string): void {
  const member = waves.members.get(mac);
  const load = waves.rounds.loadOf(mac, file, member ? loadOf(member) : null);
  if (!waves.problems.has(load) && waves.rounds.judge(mac, load, file, waves.now)) waves.rounds.ask(mac, load, file, waves.now);
  hold(waves, mac);
}

function takeCard(waves: Waves, { capacity: told, up }: Book['card']): void {
  const wasUp = waves.card.up;
  // Without a link systems tell no speed: it is the same card still.
  const capacity = up ? told : (told ?? waves.card.capacity);
  waves.card = { capacity, up };
  waves.places.limit(capacity, waves.settings);
  if (up !== wasUp) breathe(waves);
}

/** Nothing could come for a while: no silence counts from before, and no try that broke off by it. */
function breathe(waves: Waves): void {
  waves.airAt = waves.now;
  waves.rounds.excuseAll();
  waves.transfers.restart(waves.now);
}

function adaptPlaces(waves: Waves): void {
  const { places, transfers, now, settings, card } = waves;
  if (!card.up || !places.isDue(now)) return;
  const rates = transfers.warmRates(now);
  const total = transfers.totalRate(now);
  let waiting = 0;
  for (const member of waves.members.values()) if (isWaiting(waves, member)) waiting += 1;
  places.adapt({ rates, total, loading: occupied(waves), waiting, capacity: card.capacity, best: cardMemory(waves).best }, now, settings);
}
