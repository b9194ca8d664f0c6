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

/**
 * What any error means for whoever typed the command. Over the contract come sentences of the bench, which could not do it,
 * and input that the contract does not take: that was typed wrongly. Everything else is our bug, with its trace.
 */
export function commandEnd(error: unknown): Pick<CommandEnd, 'exitCode' | 'message'> {
  if (error instanceof CommandEnd) return error;
  if (!(error instanceof Error)) return couldNotRun(String(error));
  if (!('code' in error) || error.code !== 'BAD_REQUEST') return couldNotRun(error.stack ?? error.message);
  const data = 'data' in error ? error.data : null;
  const issues: unknown = typeof data === 'object' && data !== null && 'issues' in data ? data.issues : null;
  return Array.isArray(issues) ? wrongUsage(issues.slice(0, MOST_ISSUES).map(issueText).join('\n')) : couldNotRun(error.message);
}

/** Issues of one input that are told. */
const MOST_ISSUES = 5;

/** `name: Too big: expected string to have <=60 characters` */
function issueText(issue: unknown): string {
  const { path, message } = (typeof issue === 'object' && issue !== null ? issue : {}) as { readonly path?: unknown; readonly message?: unknown };
  const words = typeof message === 'string' ? message : 'not what the bench takes';
  return Array.isArray(path) && path.length > 0 ? `${path.join('.')}: ${words}` : words;
}
