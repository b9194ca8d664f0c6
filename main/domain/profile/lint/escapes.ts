import type { TextEdit } from '../../../../common/values/text-span.ts';
import { finding } from './finding.ts';
import { type LintRule, MOST_SIGNS } from './subject.ts';

/** Values in which `>` means something to the phone: comparisons of rules, insertions of dial plans. */
const MEANT = new Set(['rule', 'dial-plan']);
/** CDATA and comments hold theirs as they are. */
const QUIET = /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/g;

/** XML lets a bare `>` pass, Cisco's chapter on formats asks for `&gt;`. A bare `<` or `&` no parser takes: `malformed`. */
export const escapes: LintRule = ({ elements, spanAt }) =>
  elements.flatMap(({ element: { name, raw, valueSpan }, found }) => {
    if (valueSpan === null || !MEANT.has(found?.entry.type ?? '') || !raw.includes('>')) return [];
    const loud = raw.replaceAll(QUIET, (quiet) => ' '.repeat(quiet.length));
    const edits: TextEdit[] = [];
    for (let at = loud.indexOf('>'); at >= 0 && edits.length < MOST_SIGNS; at = loud.indexOf('>', at + 1)) {
      edits.push({ from: valueSpan.from + at, to: valueSpan.from + at + 1, insert: '&gt;' });
    }
    const [first] = edits;
    if (!first) return [];
    return [finding('lint.escape', spanAt(first.from, first.to), { name, sign: '>', escaped: '&gt;' }, { edits })];
  });
