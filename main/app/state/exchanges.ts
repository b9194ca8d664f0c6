import type { Failure } from '../../../common/values/failure.ts';
import type { Mac } from '../../../common/values/mac.ts';

/** What a running transfer carries, remembered between the question "what does this phone get?" and its last byte. */
export interface Exchange {
  readonly mac: Mac | null;
  readonly what: 'profile' | 'firmware' | 'file' | 'report';
  /** Flat name in the catalogue, for firmware. */
  readonly file?: string;
  readonly path: string;
  /** Set for a profile. `masked` is made when it is read. */
  readonly profile: { readonly template: string; readonly sha256: string; readonly load: string | null; readonly masked: string } | null;
  /** Set for a whole configuration that the phone sent. */
  readonly report?: { readonly differences: number };
  /** Why a known phone could not be given its profile. */
  readonly failure: Failure | null;
}

export interface Exchanges {
  open(id: string, exchange: Exchange): void;
  get(id: string): Exchange | undefined;
  close(id: string): void;
}

/** More than all transfers that the servers allow at once; beyond it the oldest is forgotten. */
const MOST = 20_000;

export function createExchanges(): Exchanges {
  const held = new Map<string, Exchange>();
  return {
    open: (id, exchange) => {
      held.set(id, exchange);
      if (held.size <= MOST) return;
      const oldest = held.keys().next();
      if (!oldest.done) held.delete(oldest.value);
    },
    get: (id) => held.get(id),
    close: (id) => void held.delete(id),
  };
}
