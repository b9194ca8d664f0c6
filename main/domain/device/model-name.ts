import { findModel, type Model } from '../../../common/values/model.ts';

const WHOLE = /^(?:cisco[ -]?(?:ip phone )?)?(?:(?:CP|DP)-?)?(\d{4}[A-Z]{0,3})(?:-(?:3PCC|3PC-RC|3PW|MPP))?(?:-K9)?(?:\+\+)?=?$/i;
const ATA = /^(?:cisco[ -]?)?ATA19[12](?:-(?:MPP|3PW))?(?:-K9)?(?:\+\+)?=?$/i;
/** Series with Multiplatform loads: 6800, 7800, 8800 and 9800. */
const SERIES = /^(?:68|78|88|98)\d\d[A-Z]{0,3}$/i;
const MARKED = /-(?:3PCC|3PC-RC|3PW|MPP)\b/i;

/**
 * Reads a text that is a product name and nothing else, as people write it in lists and scopes and phones in file names:
 * `CP-8841-3PCC-K9=`, `8841-3PCC`, `8841`, `Cisco 8841`, `9861`, `ATA192`. A bare number is taken for its Multiplatform
 * product, because that is what this bench is for; `CP-8841` keeps its spelling, it may be an enterprise load.
 */
export function readModel(text: string): Model | null {
  const clean = text.trim();
  if (ATA.test(clean)) return findModel(clean);
  const digits = WHOLE.exec(clean)?.[1]?.toUpperCase();
  if (digits === undefined) return null;
  if (!MARKED.test(clean) && !SERIES.test(digits)) return null;
  if (digits.startsWith('98')) return `CP-${digits}` as Model;
  return MARKED.test(clean) || !/(?:CP|DP)-/i.test(clean) ? (`CP-${digits}-3PCC` as Model) : (`CP-${digits}` as Model);
}
