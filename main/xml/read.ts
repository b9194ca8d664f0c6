import { SaxesParser } from 'saxes';

/** What an XML parser makes of a text, up to its end or to the first fault. */
export interface XmlReading {
  /** Name of the outermost element; null where none begins. */
  readonly root: string | null;
  /** Elements that began. */
  readonly elements: number;
  /** 1-based place, and the parser's own words without it, at most 120 characters. */
  readonly fault: { readonly line: number; readonly column: number; readonly words: string } | null;
}

/** A profile has three levels. Millions of them that are never closed would take the parser many seconds. */
const MOST_DEPTH = 1000;
/** In pieces: what follows the first fault may be millions more, and the parser would read all of it. */
const PIECE = 16_384;
const LONGEST_WORDS = 120;
/** The parser repeats line and column in front of its words. */
const POSITION = /^\d+:\d+:\s*/;

/**
 * Reads a text as one XML 1.0 document with `saxes`, which checks that it is well-formed and expands no entity of a document
 * type. The first fault is the cause, what would follow are its consequences.
 */
export function readXml(text: string): XmlReading {
  const parser = new SaxesParser({ position: true });
  let root: string | null = null;
  let elements = 0;
  let depth = 0;
  let fault: XmlReading['fault'] = null;
  const fail = (words: string): void => {
    fault ??= { line: parser.line, column: parser.column, words };
  };
  parser.on('opentag', ({ name }) => {
    root ??= name;
    elements += 1;
    depth += 1;
    if (depth > MOST_DEPTH) fail(`more than ${MOST_DEPTH} levels.`);
  });
  parser.on('closetag', () => {
    depth -= 1;
  });
  parser.on('error', (error) => fail(error.message.replace(POSITION, '').slice(0, LONGEST_WORDS)));
  for (let at = 0; at < text.length && fault === null; at += PIECE) parser.write(text.slice(at, at + PIECE));
  if (fault === null) parser.close();
  return { root, elements, fault };
}
