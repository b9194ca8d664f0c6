import type { LintRule } from './subject.ts';

/** What keeps an XML parser, and so the phone, from reading the file: as the reader of the document found it. */
export const malformed: LintRule = ({ document }) =>
  document.problems.map((problem) => ({ ...problem, fix: null, cutsOff: false }));
