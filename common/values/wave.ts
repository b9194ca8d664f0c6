import type { FirmwareProblem } from './firmware.ts';
import type { Mac } from './mac.ts';

/**
 * Where a phone stands in a wave.
 * `queued` waits for a place · `told` was given its rule or an order and has not asked yet · `loading` bytes move ·
 * `writing` every image was given, the phone writes its flash and restarts · `done` it shows the target by itself ·
 * `held` the loop breaker stopped it · `failed` it cannot go on, `problem` says why · `cancelled` by a person.
 */
export const WAVE_PHONE_STATES = ['queued', 'told', 'loading', 'writing', 'done', 'held', 'failed', 'cancelled'] as const;
export type WavePhoneState = (typeof WAVE_PHONE_STATES)[number];

/** One file that a phone loads now. */
export interface WaveFile {
  readonly name: string;
  /** Acknowledged by the phone (TFTP), or handed over to it (HTTP). */
  readonly bytes: number;
  readonly total: number | null;
  /** n-th file of this stage, from 1. */
  readonly number: number;
  /** How many files a phone of this model took of this load before; null before the first such phone is through. */
  readonly of: number | null;
}

/** One phone of the wave, as the Firmware screen, `status --json` and `events` tell it. */
export interface WavePhone {
  readonly mac: Mac;
  readonly state: WavePhoneState;
  /** A person holds it back: it is not told anything until it is resumed. */
  readonly paused: boolean;
  /** Version when it came into the wave, null where it had not shown one. */
  readonly from: string | null;
  /** Loads that it goes through, the target last. */
  readonly hops: readonly string[];
  /** Stage n of hops.length, from 1; the stage that it is in or waits for. */
  readonly stage: number;
  readonly file: WaveFile | null;
  /** Share of this stage, 0–100; null while its size is unknown. */
  readonly percent: number | null;
  /** Bytes a second over the last seconds; null while nothing moves, as between two files. */
  readonly rate: number | null;
  /** Milliseconds since 1970 when it will probably stand at the target; null where nothing can be said. */
  readonly endsAt: number | null;
  /** Rounds that ended where they began: same file, same version. */
  readonly rounds: number;
  /** Why it is held or failed, or what it waits for; null when all is well. */
  readonly problem: FirmwareProblem | null;
  /** Since when it is in this state, milliseconds since 1970. */
  readonly since: number;
}

export type WaveState = 'running' | 'paused' | 'ended';

/** All phones that are led to one target. There is at most one that has not ended for each family. */
export interface Wave {
  /** Grows by one with each wave of a workspace. */
  readonly id: number;
  readonly family: string;
  /** Name of the target's `.loads`. */
  readonly target: string;
  readonly state: WaveState;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** When it will end, with half the width of the likely span, milliseconds; null while nothing was measured. */
  readonly prediction: { readonly endsAt: number; readonly within: number } | null;
  /** The first prediction that was made with a figure behind it, to be compared with `endedAt`. */
  readonly firstPrediction: number | null;
  readonly phones: readonly WavePhone[];
}

/** What this card carries now, and how many phones it is shared by. */
export interface WaveRoom {
  /** Bytes a second of all firmware that moves now; null while none does. */
  readonly rate: number | null;
  /** Bytes a second that the card can carry; null where the system does not tell. */
  readonly capacity: number | null;
  /** Phones that load now, those that came by themselves included. */
  readonly loading: number;
  /** Phones that may load at once, as measured so far. */
  readonly places: number;
}

/** The waves that have not ended, and the newest that has. */
export interface WavesNow {
  readonly room: WaveRoom;
  readonly waves: readonly Wave[];
  /** How the newest finished wave was predicted; null before the first. */
  readonly last: { readonly target: string; readonly said: number | null; readonly ended: number } | null;
}

/** Phones counted by state, for headings. */
export type WaveCounts = Readonly<Record<WavePhoneState, number>>;

export function countWave(phones: readonly Pick<WavePhone, 'state'>[]): WaveCounts {
  const counts = Object.fromEntries(WAVE_PHONE_STATES.map((state) => [state, 0])) as Record<WavePhoneState, number>;
  for (const { state } of phones) counts[state] += 1;
  return counts;
}
