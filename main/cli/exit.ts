/** 0 done, 1 the answer is "no", 2 wrong usage, 3 could not run. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Ends a command with a sentence on stderr. */
export class CommandEnd extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, sentence: string) {
    super(sentence);
    this.exitCode = exitCode;
  }
}

export function wrongUsage(sentence: string): CommandEnd {
  return new CommandEnd(2, sentence);
}

export function couldNotRun(sentence: string): CommandEnd {
  return new CommandEnd(3, sentence);
}
