import type { TextSpan } from '../../../../common/values/text-span.ts';
import { isSecretName } from '../secrets.ts';
import { readElement } from './element.ts';
import { lineTable, type LineTable } from './lines.ts';
import { excerpt, findForbidden, Remarks, toProblems, type Remark } from './problems.ts';
import type { Node } from './node.ts';
import { readTree, type Tree } from './tree.ts';

/** A profile as it was written: every character of it, and where each parameter stands. */
export interface ProfileDocument {
  readonly text: string;
  /** The outermost element; null where it is neither, or missing. */
  readonly wrapper: 'flat-profile' | 'device' | null;
  /** The profile element itself, where a new parameter goes. `close` is null where it has no end tag of its own. */
  readonly profile: { readonly open: TextSpan; readonly close: TextSpan | null } | null;
  /** Parameters in order of appearance, duplicates included. */
  readonly elements: readonly ProfileElement[];
  /** Parameters that a phone's own export hides in comments: `<!-- <ACS_Password ua="na"/> -->`. */
  readonly commented: readonly ProfileElement[];
  readonly problems: readonly DocumentProblem[];
}

export interface ProfileElement {
  readonly name: string;
  /** As the phone takes it: decoded, without outer white space, each line end one space; '' for `reset` and `empty`. */
  readonly value: string;
  /** The text between the tags, as written. */
  readonly raw: string;
  /** `reset`: an empty element. `empty`: the two characters `""`. */
  readonly intent: 'value' | 'reset' | 'empty';
  /** From `<` to the end of the end tag. */
  readonly span: TextSpan;
  readonly nameSpan: TextSpan;
  /** Between the tags; null for `<P/>`. */
  readonly valueSpan: TextSpan | null;
  readonly attributes: readonly ProfileAttribute[];
  /** Access of the phone's user; null where the attribute is missing or says something else. */
  readonly ua: 'na' | 'ro' | 'rw' | null;
  /** From the comment `available options: A|B` beside it, which exports carry; empty items are left out. */
  readonly optionList: readonly string[] | null;
}

export interface ProfileAttribute {
  readonly name: string;
  /** Decoded. */
  readonly value: string;
  /** From the name to the closing quote. */
  readonly span: TextSpan;
}

/** A sentence of the catalogue, `profile.…`. `error`: no XML parser takes the file, or the phone finds no profile in it. */
export interface DocumentProblem {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly severity: 'error' | 'warning';
  readonly span: TextSpan;
}

/**
 * Reads any text as a profile, however broken: never throws, reports several problems at once, and takes time in
 * proportion to the length. No entity is ever expanded. The judge before saving is `checkWellFormed`, which refuses
 * exactly what has an XML problem here.
 */
export function readDocument(text: string): ProfileDocument {
  const lines = lineTable(text);
  const remarks = new Remarks();
  const tree = readTree(text, remarks);
  const { wrapper, profile } = readWrapper(text, tree, remarks);
  const elements: ProfileElement[] = [];
  /** Parameters in which others stand, most likely because an end tag is missing. */
  const outer = new Set<Node>();
  for (const node of tree.nodes) {
    if (node.role !== 'value' || !node.parent) continue;
    if (node.parent.role === 'profile' || (outer.has(node.parent) && node.parent.end === 'missing')) {
      if (node.holdsElements) outer.add(node);
      elements.push(readElement(text, node, 0, lines));
    } else if (outer.has(node.parent) && node.end === 'closed' && !node.parent.literal) {
      remarks.add('profile.nested', node.from, node.inner, { name: node.name.slice(0, 60), outer: node.parent.name.slice(0, 60) });
    }
  }
  const open = profile && lines.span(profile.from, profile.inner);
  const close = profile && profile.end === 'closed' && !profile.selfClosed ? lines.span(profile.innerTo, profile.to) : null;
  return {
    text, wrapper, elements,
    profile: open && { open, close },
    commented: readCommented(text, tree.comments, lines),
    problems: toProblems([remarks.masked((remark) => tellsSecret(remark, tree)), findForbidden(text)], lines),
  };
}

export { decodeProfile } from './decode.ts';

/** Parameters by name; of several elements with one name the last counts, as on the phone. */
export function effective(document: Pick<ProfileDocument, 'elements'>): ReadonlyMap<string, ProfileElement> {
  return new Map(document.elements.map((element) => [element.name, element]));
}

function readWrapper(text: string, { root, nodes }: Tree, remarks: Remarks): { wrapper: ProfileDocument['wrapper']; profile: Node | null } {
  const profile = nodes.find(({ role }) => role === 'profile') ?? null;
  if (!root) {
    const blank = /^\uFEFF?[ \t\r\n]*$/.test(text);
    remarks.add(blank ? 'profile.blank' : 'profile.no-root', 0, 0, blank ? {} : { text: excerpt(text, 0) });
    return { wrapper: null, profile: null };
  }
  const wrapper = root.name === 'device' || root.name === 'flat-profile' ? root.name : null;
  if (wrapper === null || !profile) remarks.add('profile.root-wrong', root.from, root.from + 1 + root.name.length, { name: root.name.slice(0, 60) });
  return { wrapper, profile };
}

/** A sentence quotes what is wrong; it must not quote half a password. */
function tellsSecret({ from }: Remark, { nodes }: Tree): boolean {
  return nodes.some((node) => from >= node.inner && from < node.to && node.role === 'value' && isSecretName(node.name));
}

function readCommented(text: string, comments: Tree['comments'], lines: LineTable): readonly ProfileElement[] {
  return comments.flatMap(([from, to]) => {
    const content = text.slice(from, to);
    if (!content.includes('<')) return [];
    const { nodes } = readTree(content, new Remarks(), true);
    return nodes.filter((node) => node.parent === null && node.end === 'closed').map((node) => readElement(content, node, from, lines));
  });
}
