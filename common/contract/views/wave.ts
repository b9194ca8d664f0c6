import type { Mac } from '../../values/mac.ts';
import type { Wave, WavePhone, WaveRoom, WavesNow } from '../../values/wave.ts';

/** A wave without its phones. */
export type WaveHead = Omit<Wave, 'phones'>;

export interface WavesView extends WavesNow {
  readonly now: number;
}

/** At most four a second. A snapshot begins every watch; deltas carry whole rows of the phones that changed. */
export type WaveEvent =
  | { readonly kind: 'snapshot'; readonly view: WavesView }
  | {
      readonly kind: 'delta';
      readonly now: number;
      readonly room: WaveRoom;
      readonly last: WavesView['last'];
      readonly waves: readonly WaveHead[];
      readonly phones: readonly { readonly wave: number; readonly phone: WavePhone }[];
      readonly removed: readonly { readonly wave: number; readonly mac: Mac }[];
    };

/** What a push answers with at once; the rest is told by the waves. */
export interface PushReport {
  /** null when no phone could go. */
  readonly wave: number | null;
  readonly queued: readonly Mac[];
  /** At the target already. */
  readonly there: readonly Mac[];
  /** Phones that stay out, each with its cause. */
  readonly out: readonly { readonly mac: Mac; readonly problem: Pick<import('../../values/failure.ts').Failure, 'code' | 'params'> }[];
}
