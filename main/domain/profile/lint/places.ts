import type { Finding } from '../../../../common/values/finding.ts';
import { placesOf } from '../template.ts';
import { finding } from './finding.ts';
import { type LintRule, MOST_SIGNS } from './subject.ts';

/** `{{name}}` outside comments: what is filled for each phone, and refused to a phone that lacks it. */
export const places: LintRule = ({ document, context, spanAt }) => {
  const found: Finding[] = [];
  for (const { name, start, end } of placesOf(document.text)) {
    if (found.length === MOST_SIGNS) break;
    if (name === null) found.push(finding('lint.place-syntax', spanAt(start, end), { text: document.text.slice(start, start + 20).split('\n')[0] ?? '' }));
    else if (context.variables !== null && !context.variables.has(name.toLowerCase())) {
      found.push(finding('lint.variable-missing', spanAt(start, end), { variable: name }));
    }
  }
  return found;
};
