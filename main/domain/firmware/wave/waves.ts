import type { WavesView } from '../../../../common/contract/views/wave.ts';
import type { FirmwareProblem } from '../../../../common/values/firmware.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import type { Wave, WavePhone } from '../../../../common/values/wave.ts';
import type { WaveEffect, WaveInput } from './events.ts';

/** How waves behave. Times in milliseconds, rates in bytes a second. */
export interface WaveSettings {
  /** Under this rate a phone may time out: nobody new is admitted while one is slower. */
  readonly floorRate: number;
  /** Phones that may load at once, however slow the card is measured. */
  readonly least: number;
  readonly most: number;
  /** Rounds that end where they began before a phone is held. */
  readonly rounds: number;
  /** A told phone may stay silent so long before the order is repeated, then given up with a cause. */
  readonly tellLimit: number;
  /** Silence after an image that means there is no further one, where nobody knows the set yet. */
  readonly quietLimit: number;
  /** Writing and restarting may take so long before the phone counts as lost. */
  readonly writingLimit: number;
}

export const WAVE_SETTINGS: WaveSettings = {
  floorRate: 250_000,
  least: 4,
  most: 1000,
  rounds: 3,
  tellLimit: 60_000,
  quietLimit: 20_000,
  writingLimit: 15 * 60_000,
};

/** All waves of a workspace. Opaque: only the functions here read it. */
export interface Waves {
  readonly settings: WaveSettings;
}

/** What must survive a restart: plain JSON. */
export interface SavedWaves {
  readonly format: 1;
}

/** What a tile needs to know of the wave that its phone is in. */
export interface PhoneInWave {
  readonly wave: Pick<Wave, 'id' | 'family' | 'target' | 'state'> & {
    /** Version of the target. */
    readonly to: string;
  };
  readonly phone: WavePhone;
}

/** @param saved what `saveWaves` gave, null for a workspace without waves */
export function openWaves(settings: WaveSettings, saved: SavedWaves | null, now: number): Waves {
  throw notYet(settings, saved, now);
}

/** Takes one input. `wakeAt` is when a `tick` is due at the latest, Infinity when nothing waits. */
export function stepWaves(waves: Waves, input: WaveInput, now: number): { readonly effects: readonly WaveEffect[]; readonly wakeAt: number } {
  throw notYet(waves, input, now);
}

/** Waves that have not ended and the newest that has; rows by urgency, then by order of joining. */
export function viewWaves(waves: Waves, now: number): Omit<WavesView, 'now'> {
  throw notYet(waves, now);
}

/** The phone in the newest wave that has it; null when it is in none. */
export function viewPhone(waves: Waves, mac: Mac): PhoneInWave | null {
  throw notYet(waves, mac);
}

/** Rows that changed since the last call. One whose phone is in that wave no longer (`viewPhone` says another or null) was removed. */
export function changedPhones(waves: Waves): readonly { readonly wave: number; readonly mac: Mac }[] {
  throw notYet(waves);
}

/** What `{{bench_upgrade_rule}}` is for this phone: empty until it is admitted; null when it is in no wave. */
export function ruleFor(waves: Waves, mac: Mac): string | null {
  throw notYet(waves, mac);
}

/** Why this phone gets no firmware file now; null when it is to be served. Say `refused` to `stepWaves` where it is not. */
export function judgeRequest(waves: Waves, mac: Mac | null, file: string): FirmwareProblem | null {
  throw notYet(waves, mac, file);
}

export function saveWaves(waves: Waves): SavedWaves {
  throw notYet(waves);
}

function notYet(..._given: readonly unknown[]): Error {
  return new Error('not yet');
}
