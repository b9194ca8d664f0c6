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

/** Takes the element away, with its line when nothing else stands there. Only blanks around it are looked at. */
function withoutLine(text: string, { span }: ProfileElement): TextEdit {
  let from = span.from;
  while (isBlank(text[from - 1])) from -= 1;
  let to = span.to;
  while (isBlank(text[to])) to += 1;
  const alone = (from === 0 || text[from - 1] === '\n') && text[to] === '\n';
  return alone ? { from, to: to + 1, insert: '' } : { from: span.from, to: span.to, insert: '' };
}

function isBlank(sign: string | undefined): boolean {
  return sign === ' ' || sign === '\t' || sign === '\r';
}
