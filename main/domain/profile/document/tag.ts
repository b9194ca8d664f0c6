import { isSpace, nameAt, skipSpaces } from './names.ts';
import { Remarks } from './problems.ts';
import { decodeReferences } from './references.ts';

/** A start tag or empty-element tag as written, sound or not. */
export interface StartTag {
  readonly name: string;
  readonly from: number;
  /** Behind `>`; where it has none, at what stopped it. */
  readonly to: number;
  readonly attributes: readonly TagAttribute[];
  /** `<P/>` */
  readonly selfClosed: boolean;
  readonly remarks: Remarks;
}

export interface TagAttribute {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Between the quotes. */
  readonly valueFrom: number;
  readonly valueTo: number;
  /** The value holds `&`. */
  readonly references: boolean;
}

/** Exports show two. */
const MOST_ATTRIBUTES = 200;
const GREATER = 62;
const LESS = 60;
const SLASH = 47;
const EQUALS = 61;
const AMPERSAND = 38;
const DOUBLE = 34;
const SINGLE = 39;

/**
 * Reads the tag that begins at `<`, whose name is known. It never reads past the next `<`, which no tag may hold, so that
 * a text full of broken tags costs no more than its length.
 */
export function readStartTag(text: string, from: number, name: string): StartTag {
  const remarks = new Remarks();
  const attributes: TagAttribute[] = [];
  let seen: Set<string> | null = null;
  let read = 0;
  const tag = (to: number, selfClosed: boolean): StartTag => ({ name, from, to, attributes, selfClosed, remarks });
  const junk = (at: number): void => {
    if (!remarks.found.some(({ code }) => code === 'profile.tag-wrong')) remarks.add('profile.tag-wrong', at, at + 1, { name });
  };
  let at = from + 1 + name.length;
  for (;;) {
    const begin = at;
    at = skipSpaces(text, at, text.length);
    const code = text.charCodeAt(at);
    if (at >= text.length || code === LESS) {
      remarks.add('profile.tag-open', from, from + 1 + name.length, { name });
      return tag(at, false);
    }
    if (code === GREATER) return tag(at + 1, false);
    if (code === SLASH) {
      if (text.charCodeAt(at + 1) === GREATER) return tag(at + 2, true);
      junk(at);
      at += 1;
      continue;
    }
    const attribute = nameAt(text, at);
    if (attribute === '') {
      junk(at);
      at += 1;
      continue;
    }
    if (at === begin) remarks.add('profile.attribute-space', at, at + attribute.length, { name: attribute });
    const one = readAttribute(text, at, attribute, remarks);
    // For the remarks alone.
    if (one.references) decodeReferences(text.slice(one.valueFrom, one.valueTo), one.valueFrom, remarks);
    if (seen?.has(attribute)) remarks.add('profile.attribute-twice', at, at + attribute.length, { name: attribute });
    else if (one.valueFrom >= 0) attributes.push(one);
    seen = (seen ?? new Set()).add(attribute);
    at = one.to;
    if (++read < MOST_ATTRIBUTES) continue;
    junk(at);
    return tag(tagEnd(text, at), false);
  }
}

/** From the name to behind the closing quote; `valueFrom` is -1 where there is no value. */
function readAttribute(text: string, from: number, name: string, remarks: Remarks): TagAttribute {
  const nameTo = from + name.length;
  const equals = skipSpaces(text, nameTo, text.length);
  const without = (to: number): TagAttribute => ({ name, from, to, valueFrom: -1, valueTo: -1, references: false });
  if (text.charCodeAt(equals) !== EQUALS) {
    remarks.add('profile.attribute-value', from, nameTo, { name });
    return without(nameTo);
  }
  const begin = skipSpaces(text, equals + 1, text.length);
  const quote = text.charCodeAt(begin);
  if (quote !== DOUBLE && quote !== SINGLE) {
    const end = unquotedEnd(text, begin);
    if (end === begin) {
      remarks.add('profile.attribute-value', from, nameTo, { name });
      return without(begin);
    }
    remarks.add('profile.attribute-quotes', begin, end, { name });
    return { name, from, to: end, valueFrom: begin, valueTo: end, references: true };
  }
  let greater = -1;
  let references = false;
  for (let at = begin + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) return { name, from, to: at + 1, valueFrom: begin + 1, valueTo: at, references };
    if (code === AMPERSAND) references = true;
    if (code === GREATER && greater < 0) greater = at;
    if (code !== LESS) continue;
    return unclosed(at);
  }
  return unclosed(text.length);

  function unclosed(stop: number): TagAttribute {
    remarks.add('profile.attribute-open', begin, begin + 1, { name });
    const end = greater < 0 ? stop : greater;
    return { name, from, to: end, valueFrom: begin + 1, valueTo: end, references: true };
  }
}

/** Behind the next `>`, or at the next `<`. */
function tagEnd(text: string, begin: number): number {
  let at = begin;
  while (at < text.length && text.charCodeAt(at) !== LESS && text.charCodeAt(at) !== GREATER) at += 1;
  return text.charCodeAt(at) === GREATER ? at + 1 : at;
}

function unquotedEnd(text: string, begin: number): number {
  let at = begin;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isSpace(code) || code === GREATER || code === LESS) break;
    if (code === SLASH && text.charCodeAt(at + 1) === GREATER) break;
  }
  return at;
}
