import type { ComparedParameter, ReportView } from '../../common/values/report.ts';
import type { Mac } from '../../common/values/mac.ts';
import { sentence } from '../../common/contract/sentences/sentence.ts';
import { withClient } from './attach.ts';
import { wrongUsage, type ExitCode } from './exit.ts';
import { readFlags, readMac, type Flags } from './flags.ts';
import type { CommandIo } from './io.ts';

const USAGE = 'reports takes list [--phone MAC], show ID, or compare MAC.';

/**
 * `dialbench reports --data DIR list [--phone MAC] | show ID | compare MAC [--json]`: what phones sent. `compare` sets the last
 * report of a phone against what it was served: exit 0 when they agree, 1 when not or when nothing was reported.
 */
export async function reportsCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, { data: { type: 'string' }, phone: { type: 'string' }, json: { type: 'boolean' } });
  const [verb, word, rest] = flags.words;
  if (rest !== undefined) throw wrongUsage(USAGE);
  if (verb === 'list' && word === undefined) return list(flags, io);
  if (verb === 'show' && word !== undefined && /^[1-9]\d{0,14}$/.test(word)) return show(flags, Number(word), io);
  if (verb === 'compare' && word !== undefined) return compare(flags, readMac(word), io);
  throw wrongUsage(USAGE);
}

async function list(flags: Flags, io: CommandIo): Promise<ExitCode> {
  const phone = flags.text('phone');
  const of = phone === undefined ? {} : { mac: readMac(phone) };
  return withClient(flags, async (client) => {
    const { rows } = await client.reports.list({ ...of, limit: 500 });
    if (flags.is('json')) io.stdout.write(`${JSON.stringify(rows)}\n`);
    else for (const row of rows) io.stdout.write(`${lineOf(row)}\n`);
    return 0;
  });
}

function lineOf({ id, at, mac, kind, path, bytes, encrypted, parameters, failure }: ReportView): string {
  const what = failure ? sentence(failure.code, failure.params) : `${parameters} parameters`;
  return [id, new Date(at).toISOString(), mac ?? '-', kind, path, bytes, encrypted ?? 'clear', what].join('\t');
}

async function show(flags: Flags, id: number, io: CommandIo): Promise<ExitCode> {
  return withClient(flags, async (client) => {
    const report = await client.reports.text({ id });
    if (!report) {
      io.stderr.write(`Nothing readable is kept as report ${id}.\n`);
      return 1;
    }
    io.stdout.write(report.text);
    return 0;
  });
}

async function compare(flags: Flags, mac: Mac, io: CommandIo): Promise<ExitCode> {
  return withClient(flags, async (client) => {
    const rows = (await client.reports.compare({ mac })).filter(({ verdict }) => verdict !== 'unasked');
    if (flags.is('json')) io.stdout.write(`${JSON.stringify(rows)}\n`);
    else for (const row of rows) io.stdout.write(`${comparedLine(row)}\n`);
    if (rows.length === 0) io.stderr.write('This phone has not reported what it holds.\n');
    return rows.length > 0 && rows.every(({ verdict }) => verdict === 'same' || verdict === 'hidden') ? 0 : 1;
  });
}

function comparedLine({ name, served, reported, verdict }: ComparedParameter): string {
  return [verdict, name, served ?? '-', reported ?? '-'].join('\t');
}
