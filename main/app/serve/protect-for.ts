import { failed, type Result } from '../../../common/values/failure.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Protection } from '../../../common/values/protection.ts';
import { protect } from '../../crypto/protect.ts';
import type { Ring } from '../state/ring.ts';

export interface OnTheWire {
  readonly bytes: Uint8Array;
  readonly contentEncoding: 'aes128gcm' | null;
}

/** Compresses and encrypts with the key that the protection names for this phone. A key that lacks is named, never left out. */
export function protectFor(xml: Uint8Array, protection: Protection, mac: Mac, ring: Ring): Result<OnTheWire> {
  if (protection.container === 'none' || protection.container === 'gzip') return protect(xml, protection, null);
  const key = ring.keyFor(protection, mac);
  if (key === null) return failed('profile.key-missing', { owner: typeof protection.key === 'object' && protection.key ? protection.key.shared : mac });
  return protect(xml, protection, key);
}
