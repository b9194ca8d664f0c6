import type { ProfileAttribute, ProfileElement } from './document.ts';
import type { LineTable } from './lines.ts';
import { trimmed } from './names.ts';
import { decodeReferences } from './references.ts';
import type { Node } from './node.ts';

const LINE_END = /[\r\n]/;
const LINE_ENDS = /\r\n?|\n/g;

/** @param base offset in the document of the text that the node was read from */
export function readElement(text: string, node: Node, base: number, lines: LineTable): ProfileElement {
  const span = (from: number, to: number): ProfileElement['span'] => lines.span(base + from, base + to);
  const nameFrom = node.from + 1;
  const raw = text.slice(node.inner, node.innerTo);
  const value = asTaken(ownText(node, raw));
  const attributes = node.attributes.map((attribute): ProfileAttribute => ({
    name: attribute.name,
    value: decodeReferences(text.slice(attribute.valueFrom, attribute.valueTo), 0, null),
    span: span(attribute.from, attribute.to),
  }));
  return {
    name: node.name,
    value: value === '""' ? '' : value,
    raw,
    intent: value === '' ? 'reset' : value === '""' ? 'empty' : 'value',
    span: span(node.from, node.to),
    nameSpan: span(nameFrom, nameFrom + node.name.length),
    valueSpan: node.selfClosed ? null : span(node.inner, node.innerTo),
    attributes,
    ua: readAccess(attributes),
    optionList: node.options,
  };
}

/** A value as the phone takes it: no white space around it, each line end one space. */
export function asTaken(text: string): string {
  const { from, to } = trimmed(text, 0, text.length);
  const inner = text.slice(from, to);
  return LINE_END.test(inner) ? inner.replaceAll(LINE_ENDS, ' ') : inner;
}

function ownText(node: Node, raw: string): string {
  if (node.literal) return decodeReferences(raw, 0, null);
  return node.end === 'closed' ? node.text + node.later : node.text;
}

function readAccess(attributes: readonly ProfileAttribute[]): ProfileElement['ua'] {
  const access = attributes.find(({ name }) => name === 'ua')?.value;
  return access === 'na' || access === 'ro' || access === 'rw' ? access : null;
}
