import type { TextEdit } from '../../../../common/values/text-span.ts';
import type { ProfileElement } from '../document/document.ts';
import { finding } from './finding.ts';
import type { LintRule } from './subject.ts';

/** Of several elements with one name the phone takes the last, in this file and across Profile_Rule, B, C and D. */
export const duplicates: LintRule = ({ document, elements, last }) =>
  elements.flatMap(({ element }) => {
    const winner = last.get(element.name);
    if (winner === undefined || winner === element) return [];
    const params = { name: element.name, line: winner.span.line };
    return [finding('lint.name-twice', element.nameSpan, params, { edits: [withoutLine(document.text, element)], params: { name: element.name } })];
  });

/** Takes the element away, with its line when nothing else stands there. */
function withoutLine(text: string, { span }: ProfileElement): TextEdit {
  const lineStart = text.lastIndexOf('\n', span.from - 1) + 1;
  const lineEnd = text.indexOf('\n', span.to);
  const alone = lineEnd >= 0 && text.slice(lineStart, span.from).trim() === '' && text.slice(span.to, lineEnd).trim() === '';
  return alone ? { from: lineStart, to: lineEnd + 1, insert: '' } : { from: span.from, to: span.to, insert: '' };
}
