import type { Device } from '../../domain/device/device.ts';

/**
 * When the phone asks again by itself, as its last served profile tells: `Resync_Periodic` after a success,
 * `Resync_Error_Retry_Delay` after a failure. A random part or a list is not foretold.
 * @returns milliseconds since 1970, or null when the profile does not say it plainly
 */
export function nextTry(device: Device, served: string | null): number | null {
  if (served === null) return null;
  const failed = device.attention?.code === 'phone.resync-failed';
  const from = failed ? device.attention?.since : device.stages.resynced?.at;
  if (from === undefined) return null;
  const seconds = plainSeconds(served, failed ? 'Resync_Error_Retry_Delay' : 'Resync_Periodic');
  return seconds === null || seconds === 0 ? null : from + seconds * 1000;
}

function plainSeconds(xml: string, name: string): number | null {
  const value = new RegExp(`<${name}(?:\\s[^>]*)?>\\s*(\\d{1,9})\\s*</${name}>`).exec(xml)?.[1];
  return value === undefined ? null : Number(value);
}
