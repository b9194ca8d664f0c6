import { done, failed, type Result } from '../../../common/values/failure.ts';
import { readXml } from '../../xml/read.ts';
import { lineTable } from './document/lines.ts';
import { REFERENCE } from './escape.ts';

const QUIET = /<!--|<!\[CDATA\[|<\?/g;
const QUIET_ENDS: Readonly<Record<string, string>> = { '<!--': '-->', '<![CDATA[': ']]>', '<?': '?>' };
const BARE = new RegExp(`&(?!${REFERENCE.slice(1)})`);

/**
 * Replaces comments, CDATA sections and processing instructions, in which `&` and places have no meaning. One that is
 * never closed is looked for once, not again from each of its beginnings.
 */
function replaceQuiet(text: string, replace: (quiet: string) => string): string {
  const unclosed = new Set<string>();
  const parts: string[] = [];
  let from = 0;
  for (const { 0: begin, index } of text.matchAll(QUIET)) {
    if (index < from || unclosed.has(begin)) continue;
    const end = QUIET_ENDS[begin] ?? '';
    const at = text.indexOf(end, index + begin.length);
    if (at < 0) {
      unclosed.add(begin);
      continue;
    }
    parts.push(text.slice(from, index), replace(text.slice(index, at + end.length)));
    from = at + end.length;
  }
  return parts.join('') + text.slice(from);
}

/** The same text, as long, with blanks for everything quiet. */
export function onlyLoud(text: string): string {
  return replaceQuiet(text, (quiet) => ' '.repeat(quiet.length));
}

/**
 * Checks that a text is one well-formed XML element, as the phone's own parser needs it. A document type is refused: no
 * profile needs one, and entities could hide what is served. A bare `&` is looked for first, because the parser reports
 * it far behind its place.
 */
export function checkWellFormed(text: string): Result<void> {
  if (text.trim() === '' || text.trim() === '\uFEFF') return failed('template.empty');
  const loud = onlyLoud(text);
  const bare = loud.search(BARE);
  if (bare >= 0) return failed('profile.bare-ampersand', { ...lineTable(text).positionAt(bare), text: text.slice(bare, bare + 12) });
  const doctype = loud.search(/<!DOCTYPE/i);
  if (doctype >= 0) return failed('profile.not-xml', { ...lineTable(text).positionAt(doctype), cause: 'DOCTYPE' });
  const { fault } = readXml(text);
  return fault === null ? done(undefined) : failed('profile.not-xml', { line: fault.line, column: fault.column, cause: fault.words });
}
