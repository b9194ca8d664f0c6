import type { RuleKind, RuleProblem } from '../../../common/values/rule.ts';
import type { TextSpan } from '../../../common/values/text-span.ts';

/** A rule as written. A text that is empty has no alternatives; one with errors has those that could be read. */
export interface ParsedRule {
  readonly kind: RuleKind;
  readonly alternatives: readonly Alternative[];
  readonly problems: readonly RuleProblem[];
}

/** `(condition)? (assignments)! [options] url`; of a Report_Rule, up to two targets parted by a space. */
export interface Alternative {
  readonly span: TextSpan;
  /** Its place in the text that was parsed; `span` speaks of the text as it was written. */
  readonly at: { readonly from: number; readonly to: number };
  readonly condition: Condition | null;
  readonly assignments: readonly Assignment[];
  readonly targets: readonly Target[];
  /** Something in it could not be read: it is neither true nor false. */
  readonly broken: boolean;
}

export interface Condition {
  readonly span: TextSpan;
  /** All must be true. */
  readonly comparisons: readonly Comparison[];
}

export type Operator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';

export interface Comparison {
  readonly span: TextSpan;
  /** null: none was written, and the phone's load is compared (legacy). */
  readonly left: Operand | null;
  readonly operator: Operator;
  readonly right: Operand;
}

export interface Operand {
  readonly span: TextSpan;
  /** `macro`: holds a `$…` that is not filled. `hardware`: `2.0.1`. */
  readonly kind: 'integer' | 'version' | 'hardware' | 'string' | 'macro';
  /** Without its quotes. */
  readonly text: string;
}

export interface Assignment {
  readonly span: TextSpan;
  readonly name: string;
  readonly value: string;
  /** Offsets of the value in the text that was parsed. */
  readonly at: { readonly from: number; readonly to: number };
}

export interface Target {
  readonly span: TextSpan;
  readonly options: readonly RuleOption[];
  readonly url: UrlPart | null;
}

export interface RuleOption {
  readonly span: TextSpan;
  /** Without the dashes: `key`. */
  readonly name: string;
  /** Its argument without quotes, escapes and secret registers untouched; null where it has none. */
  readonly value: string | null;
  readonly valueSpan: TextSpan | null;
  /** Offsets of that argument in the text that was parsed; `valueSpan` speaks of the text as it was written. */
  readonly at: { readonly from: number; readonly to: number } | null;
  /** Kept as it is; the phones' documents do not know it. */
  readonly known: boolean;
}

export interface UrlPart {
  readonly span: TextSpan;
  readonly text: string;
  /**
   * `open`: macros stand where scheme or server would, only their values tell. `path`: begins with `/`, the server comes from
   * DHCP. `activation`: `gds://`, with `host` the code or empty.
   */
  readonly kind: 'url' | 'path' | 'activation' | 'open' | 'broken';
  readonly scheme: 'tftp' | 'http' | 'https';
  readonly schemeWritten: boolean;
  readonly host: string;
  /** null: the scheme's own, 69, 80 or 443. */
  readonly port: number | null;
  /** Begins with `/`; query included. */
  readonly path: string;
}
