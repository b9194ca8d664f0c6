import { loadVersion } from './names.ts';

/**
 * True when a phone that shows `firmware` runs the load that it is asked to take. The User-Agent leaves the build away or
 * writes dots (`11.3.2MPP0001`); a version of fewer than three fields (`11.0`) proves nothing.
 */
export function showsLoad(firmware: string | null, load: string | null): boolean {
  if (firmware === null || load === null) return false;
  const shown = versionOf(firmware);
  const wanted = versionOf(load);
  return shown === wanted || (shown.split('-').length >= 3 && wanted.startsWith(`${shown}-`));
}

/** `sip88xx.11-3-2MPP0001-609.loads` → `11-3-2mpp0001-609`, and the dots of a User-Agent as dashes. */
function versionOf(text: string): string {
  return loadVersion(text).toLowerCase().replaceAll('.', '-');
}
