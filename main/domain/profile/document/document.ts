import type { TextSpan } from '../../../../common/values/text-span.ts';

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

/** Parameters by name; of several elements with one name the last counts, as on the phone. */
export function effective(document: Pick<ProfileDocument, 'elements'>): ReadonlyMap<string, ProfileElement> {
  return new Map(document.elements.map((element) => [element.name, element]));
}
