import { SaxesParser } from 'saxes';
import { done, failed, type Result } from '../../../common/values/failure.ts';
import { lineTable } from './document/lines.ts';
import { REFERENCE } from './escape.ts';

const QUIET = /<!--|<!\[CDATA\[|<\?/g;
const QUIET_ENDS: Readonly<Record<string, string>> = { '<!--': '-->', '<![CDATA[': ']]>', '<?': '?>' };
const BARE = new RegExp(`&(?!${REFERENCE.slice(1)})`);
/** Saxes repeats line and column in front of its words. */
const PIECE = 16_384;
const POSITION = /^\d+:\d+:\s*/;

/**
 * Replaces comments, CDATA sections and processing instructions, in which `&` and places have no meaning. One that is
 * never closed is looked for once, not again from each of its beginnings.
 */
export function replaceQuiet(text: string, replace: (quiet: string) => string): string {
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
  return parse(text);
}

function parse(text: string): Result<void> {
  const parser = new SaxesParser({ position: true });
  let failure: ReturnType<typeof failed> | null = null;
  parser.on('error', (error) => {
    // The first error is the cause, what follows are its consequences.
    failure ??= failed('profile.not-xml', {
      line: parser.line,
      column: parser.column,
      cause: error.message.replace(POSITION, '').slice(0, 120),
    });
  });
  // In pieces: what follows the first error may be millions more.
  for (let at = 0; at < text.length && failure === null; at += PIECE) parser.write(text.slice(at, at + PIECE));
  if (failure === null) parser.close();
  return failure ?? done(undefined);
}
