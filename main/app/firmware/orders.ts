import { failed, type Result } from '../../../common/values/failure.ts';
import type { Device } from '../../domain/device/device.ts';
import { templatesFor } from '../../domain/profile/scope.ts';
import { RULE_VARIABLE } from '../../domain/profile/variables.ts';
import { readVersion, requestResync, requestUpgrade, type PhoneWebPlace } from '../../phone/direct-action.ts';
import type { TemplateRow } from '../../store/store.ts';
import type { BenchOptions } from '../options.ts';

const LIMIT_MS = 5000;

/** True when the phone's own profile brings it its rule: then a resync is all it needs. */
export function hasRulePlace(rows: readonly TemplateRow[], device: Device): boolean {
  return templatesFor(rows, device).some(({ text }) => text.includes(`{{${RULE_VARIABLE}}}`));
}

/**
 * Tells a phone that its turn has come: to fetch its profile, which names the load now, or to take the load directly. The
 * answer says only that it was asked.
 */
export function orderUpgrade(
  device: Device, url: string, byProfile: boolean, phoneWeb: BenchOptions['phoneWeb'], signal: AbortSignal,
): Promise<Result<unknown>> {
  const place = placeOf(device, phoneWeb);
  if (!place) return Promise.resolve(failed('phone.no-address'));
  const limits = { timeoutMs: LIMIT_MS, signal };
  return byProfile ? requestResync(place, limits) : requestUpgrade({ ...place, url }, limits);
}

/** The load that a phone's own status page shows; null where it shows none. */
export function versionOnPage(device: Device, phoneWeb: BenchOptions['phoneWeb'], signal: AbortSignal): Promise<string | null> {
  const place = placeOf(device, phoneWeb);
  return place ? readVersion(place, { timeoutMs: LIMIT_MS, signal }) : Promise.resolve(null);
}

function placeOf(device: Device, phoneWeb: BenchOptions['phoneWeb']): PhoneWebPlace | null {
  const demo = phoneWeb?.(device.mac);
  if (demo) return demo;
  return device.ip === null ? null : { address: device.ip };
}
