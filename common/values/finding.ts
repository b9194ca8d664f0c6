import type { TextEdit, TextSpan } from './text-span.ts';

/** `error`: the phone refuses the file or is lost by it. `warning`: it does something else than was meant. `hint`: style. */
export type Severity = 'error' | 'warning' | 'hint';

/** One finding of the lint of a profile. `code` and `params` are a sentence of the catalogue: `lint.…`. */
export interface Finding {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly severity: Severity;
  readonly span: TextSpan;
  readonly fix: Fix | null;
  /** After this profile the phone no longer asks this bench: saving needs the number of phones typed. */
  readonly cutsOff: boolean;
}

/** What the button beside a finding does; its word is the sentence `code`: `lint.fix.…`. */
export interface Fix {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly edits: readonly TextEdit[];
}
