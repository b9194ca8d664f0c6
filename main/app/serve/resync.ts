import { failed, type Result } from '../../../common/values/failure.ts';
import type { Device } from '../../domain/device/device.ts';
import type { BenchOptions } from '../options.ts';
import { requestResync } from '../../phone/direct-action.ts';

const LIMIT_MS = 5000;

/** Asks a phone to resync at the address it was last heard from. Only the wire shows later whether it did. */
export function requestResyncOf(device: Device, phoneWeb: BenchOptions['phoneWeb']): Promise<Result<unknown>> {
  const demo = phoneWeb?.(device.mac);
  if (demo) return requestResync(demo, { timeoutMs: LIMIT_MS });
  if (device.ip === null) return Promise.resolve(failed('phone.no-address'));
  return requestResync({ address: device.ip }, { timeoutMs: LIMIT_MS });
}
