import type { Writable } from 'node:stream';

export interface CommandIo {
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly signal: AbortSignal;
}

/** `dialbench phone --server HOST …`: virtual phones. Exit code 0 all were provisioned, 1 some were not, 2 wrong usage, 3 could not run. */
export async function phoneCommand(args: readonly string[], io: CommandIo): Promise<number> {
  io.stderr.write(`dialbench phone: ${args.length} arguments, not built yet\n`);
  return 3;
}
