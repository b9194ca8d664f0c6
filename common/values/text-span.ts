/** A stretch of a text. Offsets count UTF-16 units from 0, `to` exclusive; line and column of `from` count from 1. */
export interface TextSpan {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
}

/** Replaces `from` to `to` by `insert`. Edits of one fix never overlap and refer to the text before all of them. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}
