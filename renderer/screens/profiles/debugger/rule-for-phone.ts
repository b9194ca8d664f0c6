import { MASK } from '../../../model/xml-tokens.ts';
import { besideFill } from '../covered.ts';

/**
 * The rule as a phone reads it: its places filled, and what stands in the file itself left as it is. The host covers every
 * secret of a filled profile, so the covered stretches are put back from the rule of the file, which the editor shows
 * anyway; a secret that came out of a place stays covered. Without a fill, or where both do not fit, the rule itself.
 */
export function ruleForPhone(rule: string, filled: string | undefined): string {
  if (filled === undefined) return rule;
  if (!filled.includes(MASK)) return filled;
  return besideFill(rule, filled)?.open ?? rule;
}
