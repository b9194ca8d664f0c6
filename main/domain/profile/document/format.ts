import { done, type Result } from '../../../../common/values/failure.ts';
import { checkWellFormed } from '../well-formed.ts';
import { trimmed } from './names.ts';
import { Remarks } from './problems.ts';
import { repairOptionLists } from './repair.ts';
import { scan, type Sink } from './scan.ts';
import type { StartTag } from './tag.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The profile in one spelling: one element a line, two spaces for each level, attributes in double quotes, line ends as in
 * the file's first line, a line end last, no byte order mark. Comments, order, values and at most one empty line between
 * elements stay; what stands inside an element is not touched at all. Option lists without dashes become comments.
 * Formatting twice changes nothing more.
 * @returns the failures of `checkWellFormed`
 */
export function formatProfile(text: string): Result<string> {
  const repaired = repairOptionLists(text);
  const formed = checkWellFormed(repaired);
  return formed.ok ? done(layOut(repaired.startsWith(BYTE_ORDER_MARK) ? repaired.slice(1) : repaired)) : formed;
}

function layOut(text: string): string {
  const lineEnd = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
  const lines: string[] = [];
  /** Names of what is laid out in lines: `device`, `flat-profile`. */
  const levels: string[] = [];
  /** The element that is copied as it is, and how deep the text is inside it. */
  let copied: StartTag | null = null;
  let depth = 0;
  /** Line ends since the last piece. */
  let gap = 1;
  let first = true;

  const put = (piece: string, level: number, end = false): void => {
    if (gap > 1 && !first && !end && lines.length > 0) lines.push('');
    lines.push('  '.repeat(level) + piece);
    gap = 0;
    first = false;
  };
  const isLevel = (name: string): boolean => levels.length === 0 || (levels.length === 1 && levels[0] === 'device' && name === 'flat-profile');

  const sink: Sink = {
    insideValue: () => copied !== null,
    cut: () => undefined,
    instruction(from, to) {
      if (copied === null) put(text.slice(from, to), levels.length);
    },
    text(from, to) {
      if (copied !== null) return;
      const words = trimmed(text, from, to);
      gap += countLineEnds(text, from, words.from);
      if (words.from === words.to) return;
      put(text.slice(words.from, words.to), levels.length);
      gap += countLineEnds(text, words.to, to);
    },
    cdata(from, to) {
      if (copied === null) put(text.slice(from - 9, to + 3), levels.length);
    },
    comment(from, to) {
      if (copied !== null) return;
      const comment = text.slice(from - 4, to + 3);
      const line = lines.pop();
      if (line === undefined) return put(comment, levels.length);
      lines.push(gap === 0 ? `${line} ${comment}` : line);
      if (gap > 0) put(comment, levels.length);
    },
    open(tag) {
      if (copied !== null) {
        if (!tag.selfClosed) depth += 1;
        return;
      }
      if (tag.selfClosed) return put(startTag(text, tag), levels.length);
      if (!isLevel(tag.name)) {
        copied = tag;
        return;
      }
      put(startTag(text, tag), levels.length);
      levels.push(tag.name);
      first = true;
    },
    close(name, from) {
      if (copied === null) {
        levels.pop();
        return put(`</${name}>`, levels.length, true);
      }
      if (depth > 0) {
        depth -= 1;
        return;
      }
      put(`${startTag(text, copied)}${text.slice(copied.to, from)}</${name}>`, levels.length);
      copied = null;
    },
  };
  scan(text, sink, new Remarks());
  return lines.join(lineEnd) + lineEnd;
}

function startTag(text: string, tag: StartTag): string {
  const attributes = tag.attributes.map(({ name, valueFrom, valueTo }) => ` ${name}="${text.slice(valueFrom, valueTo).replaceAll('"', '&quot;')}"`);
  return `<${tag.name}${attributes.join('')}${tag.selfClosed ? '/>' : '>'}`;
}

function countLineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    if (text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n')) count += 1;
  }
  return count;
}
