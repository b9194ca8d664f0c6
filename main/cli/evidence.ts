import { withClient } from './attach.ts';
import { wrongUsage, type ExitCode } from './exit.ts';
import { readFlags } from './flags.ts';
import type { CommandIo } from './io.ts';

/** `dialbench evidence --data DIR verify`: walks the hash chain of a workspace; exit 1 when it is broken. */
export async function evidenceCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, { data: { type: 'string' }, json: { type: 'boolean' } });
  if (flags.words.length !== 1 || flags.words[0] !== 'verify') throw wrongUsage('evidence takes verify.');
  return withClient(flags, async (client) => {
    const verdict = await client.evidence.verify();
    if (flags.is('json')) io.stdout.write(`${JSON.stringify(verdict)}\n`);
    else if (verdict.brokenAt === null) io.stdout.write(`${verdict.rows} rows, the chain is whole\n`);
    else io.stdout.write(`The chain breaks at row ${verdict.brokenAt} of ${verdict.rows}.\n`);
    return verdict.brokenAt === null ? 0 : 1;
  });
}
