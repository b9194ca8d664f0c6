import type { Finding } from '../../../../common/values/finding.ts';
import type { TextSpan } from '../../../../common/values/text-span.ts';
import type { FoundParameter } from '../../parameters/dictionary.ts';
import { effective, type ProfileDocument, type ProfileElement } from '../document/document.ts';
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
  const starts = lineStarts(document.text);
  return {
    document,
    context,
    elements: document.elements.slice(0, MOST_ELEMENTS).map((element) => ({
      element,
      found: context.dictionary.find(element.name),
      filled: PLACE.test(element.raw),
    })),
    last: effective(document),
    spanAt: (from, to) => spanIn(starts, from, to),
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

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function spanIn(starts: readonly number[], from: number, to: number): TextSpan {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= from) low = middle;
    else high = middle - 1;
  }
  return { from, to, line: low + 1, column: from - (starts[low] ?? 0) + 1 };
}
