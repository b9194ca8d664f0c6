import { skipSpaces, trimmed } from './names.ts';
import { excerpt, type Remarks } from './problems.ts';
import { decodeReferences } from './references.ts';
import { scan, type Sink } from './scan.ts';
import type { StartTag, TagAttribute } from './tag.ts';

/** `device`: the wrapper. `profile`: what holds the parameters. `value`: a parameter, or what stands inside one. */
type Role = 'device' | 'profile' | 'value' | 'other';

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

export interface Tree {
  readonly nodes: readonly Node[];
  /** Content of each comment: from, to. */
  readonly comments: readonly (readonly [number, number])[];
  readonly root: Node | null;
}

/** No profile nests deeper than three. */
export const DEEPEST = 64;
/** The largest known export holds 2,937 parameters. Beyond this a text is no profile, and costs too much to look at. */
export const MOST_ELEMENTS = 100_000;

const OPTIONS = /^\s*(?:available\s+)?options:(.*)$/is;

/** Reads a text into elements, in the order in which they begin. `fragment`: the text is parameters alone, without a root. */
export function readTree(text: string, remarks: Remarks, fragment = false): Tree {
  const nodes: Node[] = [];
  const comments: [number, number][] = [];
  const stack: Node[] = [];
  let root: Node | null = null;
  let cut = false;
  let tooDeep = false;
  let textOutside = false;
  /** The parameter behind which only white space was read: an option list belongs to it. */
  let before: Node | null = null;

  const roleOf = (name: string, top: Node | undefined): Role => {
    if (!top) return fragment ? 'value' : name === 'device' ? 'device' : 'profile';
    if (top.role === 'device') return name === 'flat-profile' ? 'profile' : 'other';
    return top.role === 'other' ? 'other' : 'value';
  };

  /** Looked for only so far down, else a text of end tags that fit nothing would be slow. */
  const lastOpen = (name: string): number => {
    for (let at = stack.length - 1; at >= 0 && at >= stack.length - DEEPEST; at -= 1) if (stack[at]?.name === name) return at;
    return -1;
  };

  const pop = (to: number, innerTo: number, end: 'closed' | 'missing'): void => {
    const node = stack.pop();
    if (!node) return;
    node.end = end;
    if (end === 'closed' || !node.holdsElements) {
      node.to = to;
      node.innerTo = innerTo;
    }
    if (end === 'closed' && stack.at(-1)?.role !== 'value') before = node;
  };

  /** Everything above the element that ends here has lost its end tag, or was never meant as a tag. */
  const popUnclosed = (depth: number, at: number): void => {
    const ending = stack[depth - 1];
    while (stack.length > depth) {
      const node = stack.at(-1);
      if (!node) return;
      if (ending?.role === 'value') {
        remarks.add('profile.less-than', node.from, node.from + 1, () => ({ text: excerpt(text, node.from) }));
        ending.literal = true;
      } else if (!cut && !remarks.dropped) remarks.add('profile.element-open', node.from, node.from + 1 + node.name.length, { name: shown(node.name) });
      const { to } = trimmed(text, node.inner, at);
      pop(to, to, 'missing');
    }
  };

  const sink: Sink = {
    // Behind so many mistakes nothing is understood any more.
    enough: () => nodes.length > MOST_ELEMENTS || remarks.dropped,
    insideValue: () => stack.at(-1)?.role === 'value',
    cut: () => void (cut = true),
    instruction: () => void (before = null),
    comment(from, to) {
      comments.push([from, to]);
      const options = before && OPTIONS.exec(text.slice(from, to))?.[1];
      if (before && options !== null && options !== undefined) before.options = optionItems(options);
      before = null;
    },
    cdata(from, to) {
      before = null;
      const top = stack.at(-1);
      if (!top) remarks.add('profile.text-outside', from - 9, from, () => ({ text: excerpt(text, from - 9) }));
      else if (top.role === 'value') append(top, text.slice(from, to));
      else stray(from, to);
    },
    text(from, to) {
      const top = stack.at(-1);
      if (!top) return outside(from, to);
      if (top.role !== 'value') {
        const begin = skipSpaces(text, from, to);
        if (begin === to) return;
        stray(begin, to);
      }
      const raw = text.slice(from, to);
      const end = raw.indexOf(']]>');
      if (end >= 0) remarks.add('profile.cdata-end', from + end, from + end + 3);
      const decoded = decodeReferences(raw, from, remarks);
      if (top.role === 'value') append(top, decoded);
    },
    open(tag) {
      const top = stack.at(-1);
      if (!top && root && !fragment) remarks.add('profile.second-root', tag.from, tag.from + 1 + tag.name.length, { name: shown(tag.name) });
      if (stack.length >= DEEPEST && !tooDeep) {
        tooDeep = true;
        remarks.add('profile.too-deep', tag.from, tag.from + 1 + tag.name.length, { deepest: DEEPEST });
      }
      const node = newNode(tag, roleOf(tag.name, top), top ?? null);
      root ??= node;
      if (top && !top.holdsElements) {
        top.holdsElements = true;
        if (top.role === 'value') top.to = top.innerTo = trimmed(text, top.inner, tag.from).to;
      }
      nodes.push(node);
      if (nodes.length > MOST_ELEMENTS) {
        remarks.add('profile.too-many', tag.from, tag.from + 1 + tag.name.length, { most: MOST_ELEMENTS });
        cut = true;
      }
      before = null;
      stack.push(node);
      if (tag.selfClosed) pop(tag.to, tag.to, 'closed');
    },
    close(name, from, to) {
      const top = stack.at(-1);
      if (top?.name === name) return pop(to, from, 'closed');
      const opened = lastOpen(name);
      if (opened >= 0) {
        popUnclosed(opened + 1, from);
        return pop(to, from, 'closed');
      }
      if (top?.role === 'value' && !top.holdsElements) {
        remarks.add('profile.end-tag-other', from, to, { name: shown(name), open: shown(top.name) });
        return pop(to, from, 'closed');
      }
      remarks.add('profile.end-tag-alone', from, to, { name: shown(name) });
    },
  };

  const outside = (from: number, to: number): void => {
    const begin = skipSpaces(text, from, to);
    if (begin === to || fragment) return;
    if (!textOutside) remarks.add('profile.text-outside', begin, to, () => ({ text: excerpt(text, begin, to) }));
    textOutside = true;
  };

  const stray = (from: number, to: number): void => {
    before = null;
    if (skipSpaces(text, from, to) < to) remarks.add('profile.stray-text', from, to, () => ({ text: excerpt(text, from, to) }));
  };

  scan(text, sink, remarks);
  popUnclosed(0, text.length);
  return { nodes, comments, root };
}

function append(node: Node, text: string): void {
  if (node.holdsElements) node.later += text;
  else node.text += text;
}

function newNode(tag: StartTag, role: Role, parent: Node | null): Node {
  return {
    name: tag.name, role, parent, from: tag.from, attributes: tag.attributes, selfClosed: tag.selfClosed,
    inner: tag.to, innerTo: tag.to, to: tag.to, text: '', later: '', holdsElements: false, literal: false, end: 'open', options: null,
  };
}

/** Exports part the items by `|`, older ones by `/`; some leave items empty. */
function optionItems(list: string): readonly string[] {
  return list.split(list.includes('|') ? '|' : '/').map((item) => item.trim()).filter((item) => item !== '');
}

function shown(name: string): string {
  return name.slice(0, 60);
}
