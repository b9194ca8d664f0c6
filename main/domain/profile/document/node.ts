import type { StartTag, TagAttribute } from './tag.ts';

/** `device`: the wrapper. `profile`: what holds the parameters. `value`: a parameter, or what stands inside one. */
export type Role = 'device' | 'profile' | 'value' | 'other';

/** An element between its first sign and its last, as far as the text tells them. */
export interface Node {
  readonly name: string;
  readonly role: Role;
  readonly parent: Node | null;
  readonly from: number;
  readonly attributes: readonly TagAttribute[];
  readonly selfClosed: boolean;
  /** Where the value begins and ends, and the element. */
  readonly inner: number;
  innerTo: number;
  to: number;
  /** Decoded text of its own, before the first element inside and behind it. */
  text: string;
  later: string;
  /** Elements stand inside; an unclosed parameter ends where the first of them begins. */
  holdsElements: boolean;
  /** A `<` that nobody escaped was read as a tag: the value is everything between the tags. */
  literal: boolean;
  end: 'open' | 'closed' | 'missing';
  options: readonly string[] | null;
}

export function newNode(tag: StartTag, role: Role, parent: Node | null): Node {
  return {
    name: tag.name, role, parent, from: tag.from, attributes: tag.attributes, selfClosed: tag.selfClosed,
    inner: tag.to, innerTo: tag.to, to: tag.to, text: '', later: '', holdsElements: false, literal: false, end: 'open', options: null,
  };
}

export function append(node: Node, text: string): void {
  if (node.holdsElements) node.later += text;
  else node.text += text;
}
