import type { Dictionary } from './dictionary.ts';
import type { Finding } from '../../../../common/values/finding.ts';
import type { ParameterEntry } from '../../../../common/values/parameter.ts';

/** What the editor says, in the reader's language. */
export interface EditorWords {
  readonly label: string;
  /** Words of the editor's own search panel, by their English. */
  readonly phrases: Readonly<Record<string, string>>;
  readonly finding: (finding: Finding) => string;
  /** Sign of a line for screen readers: `error`. */
  readonly severity: (severity: Finding['severity']) => string;
  /** Aside of a name in the completion: `rule, empty`. */
  readonly kind: (entry: ParameterEntry) => string;
  /** Lines of the panel that explains a parameter. */
  readonly about: (entry: ParameterEntry) => readonly { readonly term: string | null; readonly text: string }[];
  /** How Tab writes it, read below a completion. */
  readonly tab: string;
  readonly macro: (name: string) => string;
}

/** What the editor needs from around it; the fields are replaced as they become known. */
export interface EditorEnv {
  words: EditorWords;
  dictionary: Dictionary | null;
  variables: readonly string[];
  onText: (text: string) => void;
  onSelect: (at: number) => void;
  onFocus: (focused: boolean) => void;
}
