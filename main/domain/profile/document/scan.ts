import { nameAt, skipSpaces } from './names.ts';
import { excerpt, type Remarks } from './problems.ts';
import { readStartTag, type StartTag } from './tag.ts';

/** What a text is made of, in its order. Offsets count from the beginning of the scanned text. */
export interface Sink {
  /** Character data as written; a `<` that begins nothing comes as text of its own. */
  text(from: number, to: number): void;
  cdata(from: number, to: number): void;
  /** Between `<!--` and `-->`; `sound` is false for an option list that Cisco wrote without its dashes. */
  comment(from: number, to: number, sound: boolean): void;
  /** A processing instruction or the XML declaration, whole. */
  instruction(from: number, to: number): void;
  open(tag: StartTag): void;
  close(name: string, from: number, to: number): void;
  /** True inside the value of a parameter, where a broken tag is most likely a `<` that nobody escaped. */
  insideValue(): boolean;
  /** The text ended inside a comment, a CDATA section or an instruction: what stays open has no other cause. */
  cut(): void;
  /** True ends the walk. */
  enough?(): boolean;
}

const OPTIONS = /<!-?[ \t]*(?:available[ \t]+)?options:[^<>]*>/iy;
const DECLARATION = /<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/iy;
const XML_DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])(1\.\d+)\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])([A-Za-z][\w.-]*)\3)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\5)?[ \t\r\n]*\?>$/;
const BYTE_ORDER_MARK = 0xfeff;

/** Walks over a text once, whatever it holds. */
export function scan(text: string, sink: Sink, remarks: Remarks): void {
  const start = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  let at = start;
  while (at < text.length && sink.enough?.() !== true) {
    const less = text.indexOf('<', at);
    if (less !== at) sink.text(at, less < 0 ? text.length : less);
    if (less < 0) return;
    at = markup(text, less, start, sink, remarks);
  }
}

/** @returns where to read on, always behind `at` */
function markup(text: string, at: number, start: number, sink: Sink, remarks: Remarks): number {
  switch (text[at + 1]) {
    case '/':
      return endTag(text, at, sink, remarks);
    case '?':
      return instruction(text, at, start, sink, remarks);
    case '!':
      return exclamation(text, at, sink, remarks);
    default:
      return startTag(text, at, sink, remarks);
  }
}

function startTag(text: string, at: number, sink: Sink, remarks: Remarks): number {
  const name = nameAt(text, at + 1);
  // XML lets a name begin with a colon; in a profile that is the `<:` of a dial plan.
  if (name === '' || name.startsWith(':')) return bareLess(text, at, sink, remarks);
  const tag = readStartTag(text, at, name);
  if (tag.remarks.found.length > 0) {
    if (sink.insideValue() && !beginsLine(text, at)) return bareLess(text, at, sink, remarks);
    for (const { code, from, to, params } of tag.remarks.found) remarks.add(code, from, to, params);
  }
  sink.open(tag);
  return tag.to;
}

/** Nobody begins a line with a `<` that is meant as text: above it an end tag is missing. */
function beginsLine(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && (text[before] === ' ' || text[before] === '\t')) before -= 1;
  return before < 0 || text[before] === '\n' || text[before] === '\r';
}

function bareLess(text: string, at: number, sink: Sink, remarks: Remarks): number {
  remarks.add('profile.less-than', at, at + 1, () => ({ text: excerpt(text, at) }));
  sink.text(at, at + 1);
  return at + 1;
}

function endTag(text: string, at: number, sink: Sink, remarks: Remarks): number {
  const name = nameAt(text, at + 2);
  if (name === '') {
    remarks.add('profile.end-tag-wrong', at, at + 2, () => ({ text: excerpt(text, at) }));
    return at + 2;
  }
  const behind = at + 2 + name.length;
  let end = skipSpaces(text, behind, text.length);
  if (text[end] !== '>') {
    remarks.add('profile.end-tag-wrong', at, behind, () => ({ text: excerpt(text, at) }));
    while (end < text.length && text[end] !== '>' && text[end] !== '<') end += 1;
  }
  const to = text[end] === '>' ? end + 1 : end;
  sink.close(name, at, to);
  return to;
}

function exclamation(text: string, at: number, sink: Sink, remarks: Remarks): number {
  if (text.startsWith('<!--', at)) return comment(text, at, sink, remarks);
  if (text.startsWith('<![CDATA[', at)) {
    const end = text.indexOf(']]>', at + 9);
    if (end < 0) return cut('profile.cdata-open', text, at, 9, sink, remarks);
    sink.cdata(at + 9, end);
    return end + 3;
  }
  OPTIONS.lastIndex = at;
  const options = OPTIONS.exec(text)?.[0];
  if (options !== undefined) {
    const to = at + options.length;
    let end = to - 1;
    while (text[end - 1] === '-') end -= 1;
    remarks.add('profile.option-comment', at, to, {});
    sink.comment(text[at + 2] === '-' ? at + 3 : at + 2, end, false);
    return to;
  }
  DECLARATION.lastIndex = at;
  if (DECLARATION.test(text)) {
    remarks.add('profile.doctype', at, at + 2, {});
    return declarationEnd(text, at);
  }
  return bareLess(text, at, sink, remarks);
}

function comment(text: string, at: number, sink: Sink, remarks: Remarks): number {
  const end = text.indexOf('-->', at + 4);
  if (end < 0) return cut('profile.comment-open', text, at, 4, sink, remarks);
  const dashes = text.indexOf('--', at + 4);
  // `--->` holds the two dashes one place before the end.
  if (dashes < end || (end > at + 4 && text[end - 1] === '-')) {
    const place = dashes < end ? dashes : end - 1;
    remarks.add('profile.comment-dashes', place, place + 2, {});
  }
  sink.comment(at + 4, end, true);
  return end + 3;
}

/** A document type with an internal part ends behind its bracket. What it declares is never looked at. */
function declarationEnd(text: string, at: number): number {
  let end = at + 2;
  while (end < text.length && text[end] !== '>' && text[end] !== '[') end += 1;
  if (text[end] === '[') {
    const bracket = text.indexOf(']', end);
    end = bracket < 0 ? text.length : text.indexOf('>', bracket);
  }
  return end < 0 || end >= text.length ? text.length : end + 1;
}

function instruction(text: string, at: number, start: number, sink: Sink, remarks: Remarks): number {
  const end = text.indexOf('?>', at + 2);
  if (end < 0) return cut('profile.instruction-open', text, at, 2, sink, remarks);
  const to = end + 2;
  const target = nameAt(text, at + 2);
  const behind = at + 2 + target.length;
  const stop = text[behind] ?? '';
  if (target === '' || !/^[ \t\r\n?]$/.test(stop)) remarks.add('profile.instruction-wrong', at, at + 2, () => ({ text: excerpt(text, at) }));
  else if (target.toLowerCase() === 'xml') xmlDeclaration(text.slice(at, to), at, at === start && target === 'xml', remarks);
  sink.instruction(at, to);
  return to;
}

function xmlDeclaration(declaration: string, at: number, inPlace: boolean, remarks: Remarks): void {
  const to = at + declaration.length;
  if (!inPlace) return remarks.add('profile.declaration-place', at, to, {});
  const read = XML_DECLARATION.exec(declaration);
  if (!read) return remarks.add('profile.declaration-wrong', at, to, {});
  const [, , version = '', , encoding = 'UTF-8'] = read;
  if (version !== '1.0') remarks.add('profile.declaration-wrong', at, to, {});
  if (!/^(?:utf-?8|us-ascii)$/i.test(encoding)) remarks.add('profile.encoding-other', at, to, { encoding });
}

function cut(code: string, text: string, at: number, length: number, sink: Sink, remarks: Remarks): number {
  remarks.add(code, at, at + length, () => ({ text: excerpt(text, at) }));
  sink.cut();
  return text.length;
}
