import { Writable } from 'node:stream';
import { CommandEnd } from '../../main/cli/exit.ts';
import type { CommandIo } from '../../main/cli/io.ts';

export interface Called {
  readonly code: number;
  readonly stdout: Buffer;
  /** With the sentence that ended the command, if one did. */
  readonly stderr: string;
}

/** Runs a command in this process and gives what it wrote. */
export async function callCommand(command: (args: readonly string[], io: CommandIo) => Promise<number>, args: readonly string[]): Promise<Called> {
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  const into = (parts: Buffer[]): Writable => new Writable({ write: (chunk: Buffer, _, next) => (parts.push(chunk), next()) });
  let message = '';
  const code = await command(args, { stdout: into(out), stderr: into(err), signal: new AbortController().signal }).catch((error: unknown) => {
    if (!(error instanceof CommandEnd)) throw error;
    message = error.message;
    return error.exitCode;
  });
  return { code, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString() + message };
}
