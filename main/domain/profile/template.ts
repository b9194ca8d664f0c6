import { done, failed, type Result } from '../../../common/values/failure.ts';
import { repairOptionLists } from './document/repair.ts';
import { escapeXml, isXmlText } from './escape.ts';
import { mayBeEmpty } from './variables.ts';
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
/** No quotes, angle brackets, ampersands or control characters in a name, tabs only around it. */
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
  const places: Place[] = [];
  for (const { name, start, end } of placesOf(text)) {
    const before = places.at(-1);
    const line = (before?.line ?? 1) + text.slice(before?.start ?? 0, start).split('\n').length - 1;
    if (name === null) return failed('template.place-wrong', { line, text: text.slice(start, start + 20), example: EXAMPLE });
    places.push({ name, start, end, line });
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
  const missing = template.variables.filter((name) => lacks(known.get(name.toLowerCase()), name));
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

/**
 * Every `{{` of a text outside comments, in its order, one by one. `name` is null where no place begins; `end` is then behind
 * the brackets.
 */
export function* placesOf(text: string): Generator<{ readonly name: string | null; readonly start: number; readonly end: number }> {
  if (!text.includes('{{')) return;
  const loud = onlyLoud(text);
  let done = 0;
  for (const { index } of loud.matchAll(OPENED)) {
    if (index < done) continue;
    PLACE.lastIndex = index;
    const name = PLACE.exec(loud)?.[1]?.replace(/^[ \t]+/, '').trimEnd() ?? '';
    const sound = name !== '' && !name.includes('\t');
    done = sound ? PLACE.lastIndex : index + '{{'.length;
    yield { name: sound ? name : null, start: index, end: done };
  }
}

function lacks(value: string | undefined, name: string): boolean {
  return value === undefined || (value.trim() === '' && !mayBeEmpty(name));
}
