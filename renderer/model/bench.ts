import { useCallback, useSyncExternalStore } from 'react';
import type { PhoneView } from '../../common/contract/views/phone.ts';
import type { Mac } from '../../common/values/mac.ts';
import { BenchStore } from './bench-store.ts';
import { browserFrames } from './frames.ts';

/** The one store of the application. */
export const bench = new BenchStore({ nextFrame: browserFrames, now: () => Date.now() });

/** Renders again only when this phone changed in more than its progress. */
export function usePhone(mac: Mac): PhoneView | undefined {
  return useSyncExternalStore(
    useCallback((listener) => bench.watch(mac, listener), [mac]),
    () => bench.shape(mac),
  );
}
