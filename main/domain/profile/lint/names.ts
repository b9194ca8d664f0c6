import type { Finding } from '../../../../common/values/finding.ts';
import type { TextEdit } from '../../../../common/values/text-span.ts';
import { squeeze } from '../../parameters/name.ts';
import type { ProfileDocument, ProfileElement } from '../document/document.ts';
import { finding } from './finding.ts';
import type { LintElement, LintRule, LintSubject } from './subject.ts';

/** The phone ignores a name that it does not know, without a word. */
export const names: LintRule = (subject) =>
  subject.elements.flatMap((checked) => (checked.found === null ? unknownName(subject, checked) : beyondIndex(subject, checked)));

function unknownName(subject: LintSubject, { element }: LintElement): readonly Finding[] {
  const { document, context, last } = subject;
  const { name, nameSpan } = element;
  const spa = context.dictionary.spaOnly(name);
  if (spa?.today === null) return [finding('lint.name-spa-gone', nameSpan, { name })];
  const right = spa?.today ?? context.dictionary.nearest(name);
  if (right === null) return [finding('lint.name-unknown', nameSpan, { name })];
  const code = spa !== null ? 'lint.name-spa' : squeeze(right) === squeeze(name) ? 'lint.name-case' : 'lint.name-near';
  // A second element of the right name would decide instead of this one, or this one instead of it: nobody knows which is meant.
  const mending = last.has(right) ? null : { edits: rename(document, element, right), params: { name: right } };
  return [finding(code, nameSpan, { name, right }, mending)];
}

function beyondIndex({ context: { model } }: LintSubject, { element, found }: LintElement): readonly Finding[] {
  if (model === null || found?.index == null) return [];
  const digits = /\d{4}/.exec(model)?.[0];
  const seen = found.entry.seen.find((export_) => export_.model === digits);
  if (!seen || seen.maxIndex === 0 || found.index <= seen.maxIndex) return [];
  return [finding('lint.index-beyond', element.nameSpan, { name: element.name, most: seen.maxIndex, model })];
}

/** The opening name and, where there is one, the closing one. */
function rename({ text }: ProfileDocument, { name, nameSpan, valueSpan }: ProfileElement, to: string): readonly TextEdit[] {
  const opening = { from: nameSpan.from, to: nameSpan.to, insert: to };
  const closing = (valueSpan?.to ?? 0) + '</'.length;
  if (valueSpan === null) return [opening];
  return text.startsWith(`</${name}`, valueSpan.to) ? [opening, { from: closing, to: closing + name.length, insert: to }] : [];
}
