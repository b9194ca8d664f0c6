import { macForEyes, type Mac } from '../../common/values/mac.ts';

/** The last three pairs: enough on a tile, where the rest is the same for all. */
export function macEnd(mac: Mac): string {
  return macForEyes(mac).slice(-8);
}
