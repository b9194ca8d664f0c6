import { Writable } from 'node:stream';
import { CommandEnd } from '../../main/cli/exit.ts';
import type { CommandIo } from '../../main/cli/io.ts';

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command as the program does, with its output in hand. `columns`: the width of a terminal. */
export async function runCommand(command: (args: readonly string[], io: CommandIo) => Promise<number>, args: readonly string[], columns?: number): Promise<Ended> {
  const texts = { out: '', err: '' };
  const into = (stream: 'out' | 'err'): Writable => {
    const writable = new Writable({ write: (chunk: Buffer, _encoding, done) => { texts[stream] += chunk.toString(); done(); } });
    return columns === undefined ? writable : Object.assign(writable, { columns });
  };
  try {
    const code = await command(args, { stdout: into('out'), stderr: into('err'), signal: new AbortController().signal });
    return { code, ...texts };
  } catch (error) {
    if (!(error instanceof CommandEnd)) throw error;
    return { code: error.exitCode, out: texts.out, err: texts.err + error.message };
  }
}
