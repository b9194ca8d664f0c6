import type { FirmwareFile, FirmwareLoad } from '../../values/firmware.ts';

export interface FirmwareView {
  readonly loads: readonly FirmwareLoad[];
  /** Images that no list names. */
  readonly loose: readonly FirmwareFile[];
  readonly bytes: number;
  /** What is being read now; null when nothing is. */
  readonly progress: { readonly name: string; readonly bytes: number; readonly total: number } | null;
}
