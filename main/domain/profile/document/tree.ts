import { append, newNode, type Node, type Role } from './node.ts';
import { skipSpaces, trimmed } from './names.ts';
import { excerpt, type Remarks } from './problems.ts';
import { decodeReferences } from './references.ts';
import { scan, type Sink } from './scan.ts';
import type { StartTag } from './tag.ts';

export interface Tree {
  /** In the order in which they begin. */
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

/** Reads a text into elements. `fragment`: the text is parameters alone, without a root. */
export function readTree(text: string, remarks: Remarks, fragment = false): Tree {
  const reader = new TreeReader(text, remarks, fragment);
  scan(text, reader, remarks);
  reader.finish();
  return reader;
}

class TreeReader implements Sink, Tree {
  readonly nodes: Node[] = [];
  readonly comments: [number, number][] = [];
  root: Node | null = null;
  private readonly stack: Node[] = [];
  /** The text broke off: what is still open has no other cause. */
  private broken = false;
  private tooDeep = false;
  /** Text before the root and behind it, the first of each. Without a root the whole file is something else. */
  private early: readonly [number, number] | null = null;
  private textBehind = false;
  /** The parameter behind which only white space was read: an option list belongs to it. */
  private before: Node | null = null;
  private readonly source: string;
  private readonly remarks: Remarks;
  private readonly fragment: boolean;

  constructor(source: string, remarks: Remarks, fragment: boolean) {
    this.source = source;
    this.remarks = remarks;
    this.fragment = fragment;
  }

  insideValue(): boolean {
    return this.stack.at(-1)?.role === 'value';
  }

  /** Behind so many mistakes nothing is understood any more. */
  enough(): boolean {
    return this.nodes.length > MOST_ELEMENTS || this.remarks.dropped;
  }

  cut(): void {
    this.broken = true;
  }

  instruction(): void {
    this.before = null;
  }

  comment(from: number, to: number): void {
    this.comments.push([from, to]);
    const options = this.before && OPTIONS.exec(this.source.slice(from, to))?.[1];
    if (this.before && typeof options === 'string') this.before.options = optionItems(options);
    this.before = null;
  }

  cdata(from: number, to: number): void {
    this.before = null;
    const top = this.stack.at(-1);
    if (!top) this.tell('profile.text-outside', from - 9, from);
    else if (top.role === 'value') append(top, this.source.slice(from, to));
    else this.stray(from, to);
  }

  text(from: number, to: number): void {
    const top = this.stack.at(-1);
    if (!top) return this.outside(from, to);
    if (top.role !== 'value') {
      const begin = skipSpaces(this.source, from, to);
      if (begin === to) return;
      this.stray(begin, to);
    }
    const raw = this.source.slice(from, to);
    const end = raw.indexOf(']]>');
    if (end >= 0) this.remarks.add('profile.cdata-end', from + end, from + end + 3);
    const decoded = decodeReferences(raw, from, this.remarks);
    if (top.role === 'value') append(top, decoded);
  }

  open(tag: StartTag): void {
    const top = this.stack.at(-1);
    if (!top && this.root && !this.fragment) this.tellName('profile.second-root', tag);
    if (this.stack.length >= DEEPEST && !this.tooDeep) {
      this.tooDeep = true;
      this.remarks.add('profile.too-deep', tag.from, tag.from + 1 + tag.name.length, { deepest: DEEPEST });
    }
    const node = newNode(tag, this.roleOf(tag.name, top), top ?? null);
    if (!this.root && this.early) this.tell('profile.text-outside', ...this.early);
    this.root ??= node;
    if (top && !top.holdsElements) {
      top.holdsElements = true;
      if (top.role === 'value') top.to = top.innerTo = trimmed(this.source, top.inner, tag.from).to;
    }
    this.nodes.push(node);
    if (this.nodes.length > MOST_ELEMENTS) {
      this.remarks.add('profile.too-many', tag.from, tag.from + 1 + tag.name.length, { most: MOST_ELEMENTS });
      this.broken = true;
    }
    this.before = null;
    this.stack.push(node);
    if (tag.selfClosed) this.pop(tag.to, tag.to, 'closed');
  }

  close(name: string, from: number, to: number): void {
    const top = this.stack.at(-1);
    if (top?.name === name) return this.pop(to, from, 'closed');
    const opened = this.lastOpen(name);
    if (opened >= 0) {
      this.popUnclosed(opened + 1, from);
      return this.pop(to, from, 'closed');
    }
    if (top?.role !== 'value' || top.holdsElements) {
      return this.remarks.add('profile.end-tag-alone', from, to, { name: shown(name) });
    }
    this.remarks.add('profile.end-tag-other', from, to, { name: shown(name), open: shown(top.name) });
    this.pop(to, from, 'closed');
  }

  finish(): void {
    this.popUnclosed(0, this.source.length);
  }

  private roleOf(name: string, top: Node | undefined): Role {
    if (!top) return this.fragment ? 'value' : name === 'device' ? 'device' : 'profile';
    if (top.role === 'device') return name === 'flat-profile' ? 'profile' : 'other';
    return top.role === 'other' ? 'other' : 'value';
  }

  /** Looked for only so far down, else a text of end tags that fit nothing would be slow. */
  private lastOpen(name: string): number {
    for (let at = this.stack.length - 1; at >= Math.max(0, this.stack.length - DEEPEST); at -= 1) {
      if (this.stack[at]?.name === name) return at;
    }
    return -1;
  }

  private pop(to: number, innerTo: number, end: 'closed' | 'missing'): void {
    const node = this.stack.pop();
    if (!node) return;
    node.end = end;
    if (end === 'closed' || !node.holdsElements) {
      node.to = to;
      node.innerTo = innerTo;
    }
    if (end === 'closed' && !this.insideValue()) this.before = node;
  }

  /** Everything above the element that ends here has lost its end tag, or was never meant as a tag. */
  private popUnclosed(depth: number, at: number): void {
    const ending = this.stack[depth - 1];
    for (let node = this.stack.at(-1); node && this.stack.length > depth; node = this.stack.at(-1)) {
      if (ending?.role === 'value') {
        this.tell('profile.less-than', node.from, node.from + 1);
        ending.literal = true;
      } else if (!this.broken && !this.remarks.dropped) this.tellName('profile.element-open', node);
      const { to } = trimmed(this.source, node.inner, at);
      this.pop(to, to, 'missing');
    }
  }

  private outside(from: number, to: number): void {
    const begin = skipSpaces(this.source, from, to);
    if (begin === to || this.fragment) return;
    if (!this.root) this.early ??= [begin, to];
    else if (!this.textBehind) {
      this.textBehind = true;
      this.tell('profile.text-outside', begin, to);
    }
  }

  private stray(from: number, to: number): void {
    this.before = null;
    if (skipSpaces(this.source, from, to) < to) this.tell('profile.stray-text', from, to);
  }

  private tell(code: string, from: number, to: number): void {
    this.remarks.add(code, from, to, () => ({ text: excerpt(this.source, from, Math.max(to, from + 24)) }));
  }

  private tellName(code: string, { from, name }: Pick<Node, 'from' | 'name'>): void {
    this.remarks.add(code, from, from + 1 + name.length, { name: shown(name) });
  }
}

/** Exports part the items by `|`, older ones by `/`; some leave items empty. */
function optionItems(list: string): readonly string[] {
  return list.split(list.includes('|') ? '|' : '/').map((item) => item.trim()).filter((item) => item !== '');
}

function shown(name: string): string {
  return name.slice(0, 60);
}
