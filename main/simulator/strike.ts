/** What a fault does to one image, and how slowly the phone reads it. */
export interface ImageManner {
  /** In the middle of the image: lose the power, or fall silent until the phone itself gives up. */
  readonly strikes: 'power' | 'silence' | null;
  /** Never acknowledge the last block by TFTP. */
  readonly vanish: boolean;
  /** Real milliseconds of rest after each piece that is read; 0 = none. */
  readonly restMs: number;
}

export const DECENT: ImageManner = { strikes: null, vanish: false, restMs: 0 };

/** Real milliseconds that a phone which fell silent takes until it gives up. */
export const SILENT_MS = 8000;
/** Where a fault strikes when nobody told the length. */
const UNKNOWN_LENGTH_MIDDLE = 32 * 1024;

/** True once a transfer has reached the middle of its file. */
export function isMiddle(received: number, total: number | null): boolean {
  return received >= (total === null ? UNKNOWN_LENGTH_MIDDLE : Math.floor(total / 2));
}
