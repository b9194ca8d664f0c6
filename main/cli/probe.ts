import type { CommandIo } from './phone.ts';

/** `dialbench probe --server HOST …`: plays the clients. Exit code 0 all right, 1 something is wrong, 2 wrong usage. */
export async function probeCommand(args: readonly string[], io: CommandIo): Promise<number> {
  io.stderr.write(`dialbench probe: ${args.length} arguments, not built yet\n`);
  return 3;
}
