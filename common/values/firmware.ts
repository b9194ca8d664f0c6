import type { Failure } from './failure.ts';
import type { Mac } from './mac.ts';
import type { Model } from './model.ts';

/** Largest image that is taken, bytes; the largest known one has 100 MB. */
export const LARGEST_IMAGE = 1_000_000_000;
/** Largest file that a page may send, a zip of several loads, bytes. */
export const LARGEST_UPLOAD = 4_000_000_000;

/** One file of the catalogue: a `.loads` list or an image. */
export interface FirmwareFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  /** `changed`: the file on disk is not the one that was hashed when it was added. */
  readonly state: 'present' | 'missing' | 'changed';
}

/** A load: its `.loads` list and the images it names. */
export interface FirmwareLoad {
  /** `sip88xx.12-0-7MPP0201-66.loads` */
  readonly name: string;
  /** `sip88xx` */
  readonly family: string;
  /** `12-0-7MPP0201-66` */
  readonly version: string;
  /** Products that this family fits, as far as public sources tell; empty for an unknown family. */
  readonly models: readonly Model[];
  /** Names that the list speaks of, in its order. */
  readonly siblings: readonly string[];
  readonly missing: readonly string[];
  readonly files: readonly FirmwareFile[];
  readonly bytes: number;
  readonly complete: boolean;
  /** Plans and templates that name it: it cannot be removed while there are any. */
  readonly usedBy: readonly string[];
}

/** What became of one offered file. `same`: it was there already, byte for byte. `skipped`: not firmware, a readme. */
export interface AddedFirmware {
  readonly name: string;
  readonly verdict: 'added' | 'same' | 'skipped' | 'refused';
  readonly bytes: number;
  readonly failure: Failure | null;
}

export interface AddReport {
  readonly files: readonly AddedFirmware[];
  /** Loads that the added files belong to, as they are now. */
  readonly loads: readonly FirmwareLoad[];
}

export type FirmwareProblem = Pick<Failure, 'code' | 'params'>;

/**
 * About how long something takes; both fields are absent while nothing is known. `measured`: as long as phones of this bench
 * took for this load, or for others by their size. `link`: nobody was seen yet, so by the speed of the card's link and the
 * time that such phones are said to need for writing and restarting.
 */
export interface Predicted {
  readonly predictedSeconds?: number;
  readonly predictedFrom?: 'measured' | 'link';
}

/** One step of a plan's path; predicted for one phone: load, write, restart. */
export interface FirmwareHop extends Predicted {
  readonly load: string;
  readonly version: string;
  readonly bytes: number;
  readonly role: 'hop' | 'target';
  /** Why this step cannot be taken, null when it can. */
  readonly problem: FirmwareProblem | null;
}

/** The way of one group of phones, alike in family and present version, to the target; predicted for one of them. */
export interface FirmwarePath extends Predicted {
  readonly family: string;
  readonly models: readonly Model[];
  readonly phones: readonly Mac[];
  /** What they run now, null where they have not shown it. */
  readonly from: string | null;
  readonly hops: readonly FirmwareHop[];
  /** Why this group stays as it is, null when it goes. */
  readonly problem: FirmwareProblem | null;
}

/**
 * The whole plan: where each group of phones stands, and the one rule that leads all of them. Predicted for all phones that
 * go, as many at once as there are places.
 */
export interface FirmwarePlan extends Predicted {
  readonly family: string;
  readonly target: string;
  readonly paths: readonly FirmwarePath[];
  /** The conditional `Upgrade_Rule`, ready for a profile of this family; null while something must be mended first. */
  readonly rule: string | null;
  /** What concerns the plan as a whole. */
  readonly problems: readonly FirmwareProblem[];
}
