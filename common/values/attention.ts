/** Trouble beside the stage. `code` and `params` give the sentence, see `common/contract/sentences`. */
export interface Attention {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** Milliseconds since 1970. */
  readonly since: number;
}
