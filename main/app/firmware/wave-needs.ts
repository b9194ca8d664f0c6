import type { Upgrade } from '../../../common/contract/views/phone.ts';
import type { Attention } from '../../../common/values/attention.ts';
import type { FirmwareProblem } from '../../../common/values/firmware.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Device } from '../../domain/device/device.ts';
import type { WaveInput } from '../../domain/firmware/wave/events.ts';
import type { WaveDesk } from '../areas/firmware-area.ts';
import type { FirmwareDoor } from '../serve/files.ts';
import type { Workspace } from '../workspace.ts';

/** Waves of a bench: the scheduler on its clock, its memory on disk, and its words to phones and people. */
export interface Waves extends WaveDesk {
  take(inputs: readonly WaveInput[]): void;
  readonly door: Omit<FirmwareDoor, 'store' | 'find'>;
  /** Rule of this phone with the places of a template in it; empty while it is not its turn. */
  rule(mac: Mac): string;
  upgrade(mac: Mac): Upgrade | null;
  attention(mac: Mac): Attention | null;
  /** Targets and hops of waves that have not ended, for the catalogue. */
  using(load: string): readonly string[];
  /** The catalogue changed: loads that are not whole any more are given to nobody. */
  loadsChanged(): void;
  stop(): Promise<void>;
}

export interface WaveNeeds extends Pick<Workspace, 'store' | 'register' | 'templates' | 'catalogue'> {
  now(): number;
  /** Template place of the folder that phones fetch firmware from. */
  base(): string;
  /** Tells the phone, by its profile or by its own web page. @returns the problem, null when it took the order. */
  order(device: Device, load: string, signal: AbortSignal): Promise<FirmwareProblem | null>;
  /** The load that the phone's own status page shows, null where it shows none. */
  look(device: Device, signal: AbortSignal): Promise<string | null>;
  /** A phone showed what it runs outside of every request. */
  showed(device: Device, version: string): void;
  /** What the card carries, bytes a second, and whether it has a link; null where nothing is known. */
  card(): Promise<{ readonly capacity: number | null; readonly up: boolean } | null>;
  /** A filled profile of this phone is no longer right. */
  ruleChanged(mac: Mac): void;
  /** Its tile, its face or its trouble changed. */
  touched(mac: Mac): void;
  trouble(cause: unknown): void;
}
