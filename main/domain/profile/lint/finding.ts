import type { Finding, Fix } from '../../../../common/values/finding.ts';
import type { TextEdit, TextSpan } from '../../../../common/values/text-span.ts';
import { LINT_CODES, type LintCode, type LintCodeFacts } from './codes.ts';

/** How a fix of a code changes the text, and what its word names. */
export interface Mending {
  readonly edits: readonly TextEdit[];
  readonly params?: Fix['params'];
}

/** A finding with the severity, and the word of the fix, that its code has in the table. */
export function finding(code: LintCode, span: TextSpan, params: Finding['params'] = {}, mending: Mending | null = null): Finding {
  const facts: LintCodeFacts = LINT_CODES[code];
  const fix = mending === null || facts.fix === undefined || mending.edits.length === 0
    ? null
    : { code: facts.fix.code, params: mending.params ?? {}, edits: mending.edits };
  return { code, params, severity: facts.severity, span, fix, cutsOff: facts.cutsOff ?? false };
}
