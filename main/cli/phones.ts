import { sentence } from '../../common/contract/sentences/sentence.ts';
import type { ImportReport } from '../../common/contract/views/workspace.ts';
import { withClient } from './attach.ts';
import { wrongUsage, type ExitCode } from './exit.ts';
import { readFlags, readMac, type Flags } from './flags.ts';
import type { CommandIo } from './io.ts';
import { readWhole } from './profile/read-file.ts';

/** Bytes of a list: what the contract takes. */
const LARGEST_LIST = 8_000_000;

/** `dialbench phones --data DIR import FILE.csv [--dry-run] | list | remove MAC …` */
export async function phonesCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, { data: { type: 'string' }, json: { type: 'boolean' }, 'dry-run': { type: 'boolean' } });
  const [verb, ...words] = flags.words;
  switch (verb) {
    case 'import': {
      const [file, rest] = words;
      if (file === undefined || rest !== undefined) throw wrongUsage('phones import takes one file.');
      return importList(flags, file, io);
    }
    case 'list':
      return list(flags, io);
    case 'remove':
      return remove(flags, words, io);
    default:
      throw wrongUsage('phones takes import FILE, list, or remove MAC …');
  }
}

async function importList(flags: Flags, file: string, io: CommandIo): Promise<ExitCode> {
  const dryRun = flags.is('dry-run');
  // Bytes that are no UTF-8 leave a sign by which the list refuses their row.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readWhole(file, LARGEST_LIST, io.signal));
  return withClient(flags, async (client) => {
    const report = dryRun ? await client.imports.dryRun({ text }) : await client.imports.take({ text });
    if (flags.is('json')) io.stdout.write(`${JSON.stringify(report)}\n`);
    else tell(report, dryRun, io);
    return report.rejected > 0 ? 1 : 0;
  });
}

function tell(report: ImportReport, dryRun: boolean, io: CommandIo): void {
  for (const row of report.rows) {
    if (row.reason) io.stderr.write(`line ${row.line}: ${row.verdict}: ${sentence(row.reason.code, row.reason.params)}\n`);
  }
  const verb = dryRun ? 'would be' : '';
  io.stdout.write(
    [`${report.added} ${verb} added`, `${report.changed} ${verb} changed`, `${report.same} the same`, `${report.rejected} rejected`]
      .map((part) => part.replaceAll(/ +/g, ' '))
      .join(', ') + '\n',
  );
}

async function list(flags: Flags, io: CommandIo): Promise<ExitCode> {
  return withClient(flags, async (client) => {
    const { phones } = await client.bench.view();
    const enrolled = phones.filter((phone) => phone.enrolled);
    if (flags.is('json')) io.stdout.write(`${JSON.stringify(enrolled)}\n`);
    else {
      for (const phone of enrolled) {
        io.stdout.write(`${phone.number ?? ''}\t${phone.mac}\t${phone.model ?? ''}\t${phone.serial ?? ''}\t${phone.name ?? ''}\t${phone.stage}\n`);
      }
    }
    return 0;
  });
}

async function remove(flags: Flags, words: readonly string[], io: CommandIo): Promise<ExitCode> {
  const macs = words.map(readMac);
  if (macs.length === 0) throw wrongUsage('phones remove takes one or more MAC addresses.');
  return withClient(flags, async (client) => {
    const { removed } = await client.phones.remove({ macs });
    io.stdout.write(`${removed} removed\n`);
    return removed === macs.length ? 0 : 1;
  });
}
