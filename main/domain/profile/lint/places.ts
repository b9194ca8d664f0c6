import type { Finding } from '../../../../common/values/finding.ts';
import { onlyLoud } from '../well-formed.ts';
import { finding } from './finding.ts';
import { type LintRule, MOST_SIGNS } from './subject.ts';

const OPENED = /\{\{/g;
/** As the template reader takes it: no quotes, angle brackets, ampersands or control characters, tabs only around. */
const PLACE = /\{\{((?:\t|[^{}<>&"'\p{Cc}])+)\}\}/uy;

/** `{{name}}` outside comments: what is filled for each phone, and refused to a phone that lacks it. */
export const places: LintRule = ({ document, context, spanAt }) => {
  const loud = document.text.includes('{{') ? onlyLoud(document.text) : '';
  const found: Finding[] = [];
  let end = 0;
  for (const { index } of loud.matchAll(OPENED)) {
    if (index < end) continue;
    if (found.length === MOST_SIGNS) break;
    PLACE.lastIndex = index;
    const name = PLACE.exec(loud)?.[1]?.replace(/^[ \t]+/, '').trimEnd() ?? '';
    const sound = name !== '' && !name.includes('\t');
    end = sound ? PLACE.lastIndex : index + 2;
    if (!sound) found.push(finding('lint.place-syntax', spanAt(index, index + 2), { text: loud.slice(index, index + 20).split('\n')[0] ?? '' }));
    else if (context.variables !== null && !context.variables.has(name.toLowerCase())) {
      found.push(finding('lint.variable-missing', spanAt(index, end), { variable: name }));
    }
  }
  return found;
};
