import { removal } from '../document/place.ts';
import { finding } from './finding.ts';
import type { LintRule } from './subject.ts';

/** Of several elements with one name the phone takes the last, in this file and across Profile_Rule, B, C and D. */
export const duplicates: LintRule = ({ document, elements, last }) =>
  elements.flatMap(({ element }) => {
    const winner = last.get(element.name);
    if (winner === undefined || winner === element) return [];
    const params = { name: element.name, line: winner.span.line };
    return [finding('lint.name-twice', element.nameSpan, params, { edits: [{ ...removal(document.text, element), insert: '' }], params: { name: element.name } })];
  });
