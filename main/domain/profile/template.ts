import { done, failed, type Result } from '../../../common/values/failure.ts';
import { repairOptionLists } from './document/repair.ts';
import { escapeXml, isXmlText } from './escape.ts';
import { checkWellFormed, onlyLoud } from './well-formed.ts';

/** A place in a template: `{{name}}`. */
export interface Place {
  readonly name: string;
  /** Offsets into the text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** 1-based. */
  readonly line: number;
}

/** A flat-profile XML with places, known to be well-formed. */
export interface Template {
  readonly text: string;
  readonly places: readonly Place[];
  /** Names of the places, each once, in order of appearance. */
  readonly variables: readonly string[];
}

const OPENED = /\{\{/g;
const PLACE = /\{\{((?:\t|[^{}<>&"'\p{Cc}])+)\}\}/uy;
const EXAMPLE = '{{name}}';

/**
 * Reads a template. Places stand in values and attributes; in comments they mean nothing, so that a commented-out element
 * asks for no variable. Phone macros (`$MA`) are left to the phone. The option lists without dashes of Cisco's own samples
 * are taken, and served as the comments that they were meant to be.
 * @returns `template.empty`, `profile.bare-ampersand`, `profile.not-xml` (line, column, cause) or `template.place-wrong`
 */
export function readTemplate(written: string): Result<Template> {
  const text = repairOptionLists(written);
  const formed = checkWellFormed(text);
  if (!formed.ok) return formed;
  const loud = onlyLoud(text);
  const places: Place[] = [];
  for (const { index } of loud.matchAll(OPENED)) {
    const before = places.at(-1);
    if (before && index < before.end) continue;
    const line = (before?.line ?? 1) + text.slice(before?.start ?? 0, index).split('\n').length - 1;
    const place = readPlace(loud, index, line);
    if (!place) return failed('template.place-wrong', { line, text: text.slice(index, index + 20), example: EXAMPLE });
    places.push(place);
  }
  return done({ text, places, variables: Array.from(new Set(places.map(({ name }) => name))) });
}

/**
 * Fills every place. Values are escaped (`& < > " '`) and stay UTF-8. A variable that the phone does not have, or has
 * empty, is a failure that names it: an empty value is never served. A template without places comes back as it is.
 * @param variables names are compared without regard to case
 */
export function fillTemplate(template: Template, variables: Readonly<Record<string, string>>): Result<string> {
  const known = new Map(Object.entries(variables).map(([name, value]) => [name.trim().toLowerCase(), value]));
  const missing = template.variables.filter((name) => (known.get(name.toLowerCase()) ?? '').trim() === '');
  if (missing.length > 0) return failed('profile.variable-missing', { variable: missing.join(', ') });
  const unusable = template.variables.find((name) => !isXmlText(known.get(name.toLowerCase()) ?? ''));
  if (unusable !== undefined) return failed('profile.variable-unusable', { variable: unusable });
  const parts: string[] = [];
  let from = 0;
  for (const { name, start, end } of template.places) {
    parts.push(template.text.slice(from, start), escapeXml(known.get(name.toLowerCase()) ?? ''));
    from = end;
  }
  return done(parts.join('') + template.text.slice(from));
}

/** Bytes of a file as template text: UTF-8 and nothing else, a byte order mark stays so that it is served as it came. */
export function decodeTemplate(bytes: Uint8Array): Result<string> {
  try {
    return done(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return failed('template.not-utf8');
  }
}

function readPlace(text: string, start: number, line: number): Place | null {
  PLACE.lastIndex = start;
  const name = PLACE.exec(text)?.[1]?.replace(/^[ \t]+/, '').trimEnd() ?? '';
  return name === '' || name.includes('\t') ? null : { name, start, end: PLACE.lastIndex, line };
}
