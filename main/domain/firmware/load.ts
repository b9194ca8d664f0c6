import { loadVersion } from './names.ts';

/**
 * True when a phone that shows `firmware` runs the load that it is asked to take. The User-Agent leaves the build away, or
 * build and letters, and writes dots (`11.3.2MPP0001`, `11.3.2`); a version of fewer than three fields (`11.0`) proves nothing.
 */
export function showsLoad(firmware: string | null, load: string | null): boolean {
  if (firmware === null || load === null) return false;
  const shown = dashedVersion(firmware).toLowerCase();
  const wanted = dashedVersion(load).toLowerCase();
  if (shown === wanted) return true;
  // What follows the shown part must begin a new part: `11-3-2` is not `11-3-21`.
  if (shown.split('-').length < 3 || !wanted.startsWith(shown)) return false;
  const rest = wanted.slice(shown.length);
  return rest.startsWith('-') || (/^[a-z]/.test(rest) && /\d$/.test(shown));
}

/** `sip88xx.11-3-2MPP0001-609.loads` → `11-3-2MPP0001-609`, and the dots of a User-Agent as dashes: as versions are compared. */
export function dashedVersion(text: string): string {
  return loadVersion(text).replaceAll('.', '-');
}
