import type { Finding } from '../../../../common/values/finding.ts';
import type { TextSpan } from '../../../../common/values/text-span.ts';
import type { FoundParameter } from '../../parameters/dictionary.ts';
import { effective, type ProfileDocument, type ProfileElement } from '../document/document.ts';
import { lineTable } from '../document/lines.ts';
import type { LintContext } from './context.ts';

/** What one rule looks at. Everything that several rules need is worked out once. */
export interface LintSubject {
  readonly document: ProfileDocument;
  readonly context: LintContext;
  readonly elements: readonly LintElement[];
  /** Of several elements with one name the last counts. */
  readonly last: ReadonlyMap<string, ProfileElement>;
  spanAt(from: number, to: number): TextSpan;
}

export interface LintElement {
  readonly element: ProfileElement;
  readonly found: FoundParameter | null;
  /** The value holds template places: what it will be is not known. */
  readonly filled: boolean;
}

export type LintRule = (subject: LintSubject) => readonly Finding[];

/** Three times the largest export that is known. What follows is not looked at: no phone has as many parameters. */
const MOST_ELEMENTS = 10_000;
/** Of one sort of mistake in one value, or of places in one text, nobody reads more. */
export const MOST_SIGNS = 1_000;

const PLACE = /\{\{[^{}]*\}\}/;

export function readSubject(document: ProfileDocument, context: LintContext): LintSubject {
  const lines = lineTable(document.text);
  return {
    document,
    context,
    elements: document.elements.slice(0, MOST_ELEMENTS).map((element) => ({
      element,
      found: context.dictionary.find(element.name),
      filled: PLACE.test(element.raw),
    })),
    last: effective(document),
    spanAt: (from, to) => lines.span(from, to),
  };
}

/** The value that the file gives a parameter, null where it gives none, '' where it empties or resets it. */
export function valueOf({ last }: LintSubject, name: string): string | null {
  return last.get(name)?.value ?? null;
}

/** Yes and No count in any case, as on the phone. */
export function says(subject: LintSubject, name: string, word: string): boolean {
  return valueOf(subject, name)?.toLowerCase() === word.toLowerCase();
}
