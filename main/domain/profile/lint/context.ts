import type { Model } from '../../../../common/values/model.ts';
import type { Dictionary } from '../../parameters/dictionary.ts';

/** What the lint knows beside the text. */
export interface LintContext {
  readonly dictionary: Dictionary;
  /** The product that the profile is for, null when it is for several. */
  readonly model: Model | null;
  /** Template variables that every phone it is for can fill, lower case; null: not known, nothing is said of them. */
  readonly variables: ReadonlySet<string> | null;
  /** Address and names under which phones ask this bench; null: no bench is meant, nothing is said of it. */
  readonly bench: { readonly address: string; readonly names: readonly string[] } | null;
}
