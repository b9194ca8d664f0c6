import type { LintView } from '../../../common/contract/views/profiles.ts';

/** Whether a template may be saved now. */
export type SaveGate =
  /** Nothing differs from what is saved. */
  | { readonly kind: 'same' }
  /** Its text has not been read by the lint yet. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'errors'; readonly count: number }
  /** Phones would no longer ask this bench: their number must be typed. */
  | { readonly kind: 'cuts-off'; readonly phones: number; readonly findings: LintView['findings'] }
  | { readonly kind: 'free' };

/** `lint` is the answer for exactly this text, null while there is none. */
export function saveGate(changed: boolean, lint: LintView | null): SaveGate {
  if (!changed) return { kind: 'same' };
  if (lint === null) return { kind: 'unread' };
  const errors = lint.findings.filter((finding) => finding.severity === 'error' && !finding.cutsOff && !isOfTheList(finding, lint)).length;
  if (errors > 0) return { kind: 'errors', count: errors };
  const findings = lint.findings.filter((finding) => finding.cutsOff);
  return findings.length > 0 && lint.phones > 0 ? { kind: 'cuts-off', phones: lint.phones, findings } : { kind: 'free' };
}

/**
 * A place that only some phones lack is mended in their list and not in this text; the other phones shall not wait for it.
 * One that all of them lack is misspelt here.
 */
function isOfTheList({ code, params }: LintView['findings'][number], { phones, unfillable }: LintView): boolean {
  if (code !== 'lint.variable-missing') return false;
  return unfillable.filter(({ missing }) => missing.includes(String(params['variable']))).length < phones;
}
