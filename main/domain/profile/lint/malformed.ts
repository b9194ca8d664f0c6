import type { Fix } from '../../../../common/values/finding.ts';
import type { DocumentProblem } from '../document/document.ts';
import type { LintRule } from './subject.ts';

/** A `&` with which somebody meant a phone macro: Cisco's older guides print `&PN.cfg` for `$PN.cfg`. */
const MACRO = /^&(?:PSN|PN|MAU|MAC|MA|SN)\b(?!;)/;

/** What keeps an XML parser, and so the phone, from reading the file: as the reader of the document found it. */
export const malformed: LintRule = ({ document }) =>
  document.problems.map((problem) => ({ ...problem, fix: mend(document.text, problem), cutsOff: false }));

function mend(text: string, { code, span: { from } }: DocumentProblem): Fix | null {
  if (code === 'profile.ampersand' && text[from] === '&') {
    if (MACRO.test(text.slice(from, from + 6))) return { code: 'lint.fix.macro', params: {}, edits: [{ from, to: from + 1, insert: '$' }] };
    return { code: 'lint.fix.escape', params: {}, edits: [{ from, to: from + 1, insert: '&amp;' }] };
  }
  if (code === 'profile.less-than' && text[from] === '<') {
    return { code: 'lint.fix.escape', params: {}, edits: [{ from, to: from + 1, insert: '&lt;' }] };
  }
  return null;
}
