import type { Fix } from '../../../../common/values/finding.ts';
import type { TextSpan } from '../../../../common/values/text-span.ts';
import type { DocumentProblem } from '../document/document.ts';
import type { LintRule } from './subject.ts';

/** A `&` with which somebody meant a phone macro: Cisco's older guides print `&PN.cfg` for `$PN.cfg`. */
const MACRO = /^&(?:PSN|PN|MAU|MAC|MA|SN)\b(?!;)/;
const QUOTES = /^[“”„‟«»‘’‚′″']+|[“”„‟«»‘’‚′″']+$/g;

/** What keeps an XML parser, and so the phone, from reading the file: as the reader of the document found it. */
export const malformed: LintRule = ({ document }) =>
  document.problems.map((problem) => ({ ...problem, fix: mend(document.text, problem), cutsOff: false }));

function mend(text: string, { code, params, span }: DocumentProblem): Fix | null {
  const raw = text.slice(span.from, span.to);
  switch (code) {
    case 'profile.ampersand':
      if (text[span.from] !== '&') return null;
      return MACRO.test(text.slice(span.from, span.from + 6)) ? firstSign('lint.fix.macro', span, '$') : firstSign('lint.fix.escape', span, '&amp;');
    case 'profile.less-than':
      return text[span.from] === '<' ? firstSign('lint.fix.escape', span, '&lt;') : null;
    case 'profile.cdata-end':
      return raw === ']]>' ? whole('lint.fix.escape', span, ']]&gt;') : null;
    case 'profile.attribute-space':
      return { code: 'lint.fix.space', params: {}, edits: [{ from: span.from, to: span.from, insert: ' ' }] };
    case 'profile.attribute-quotes': {
      const value = raw.replaceAll(QUOTES, '');
      return /["<&]/.test(value) ? null : whole('lint.fix.quotes', span, `"${value}"`);
    }
    case 'profile.option-comment': {
      const list = raw.replace(/^<!/, '').replace(/-*>$/, '').trim();
      return list.includes('--') || list.endsWith('-') ? null : whole('lint.fix.comment', span, `<!-- ${list} -->`);
    }
    case 'profile.end-tag-other':
      return endTag(raw, String(params['name']), String(params['open']), span);
    default:
      return null;
  }
}

/** Only the case differs: the element that is open was meant. */
function endTag(raw: string, name: string, open: string, span: TextSpan): Fix | null {
  if (name === open || name.toLowerCase() !== open.toLowerCase() || !raw.startsWith(`</${name}`)) return null;
  const from = span.from + 2;
  return { code: 'lint.fix.value', params: { value: `</${open}>` }, edits: [{ from, to: from + name.length, insert: open }] };
}

function firstSign(code: string, { from }: TextSpan, insert: string): Fix {
  return { code, params: {}, edits: [{ from, to: from + 1, insert }] };
}

function whole(code: string, { from, to }: TextSpan, insert: string): Fix {
  return { code, params: {}, edits: [{ from, to, insert }] };
}
