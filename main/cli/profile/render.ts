import { sentence } from '../../../common/contract/sentences/sentence.ts';
import { parseMac } from '../../../common/values/mac.ts';
import { fillTemplate, readTemplate } from '../../domain/profile/template.ts';
import { benchVariables, usualBench } from '../../domain/profile/variables.ts';
import { wrongUsage, type ExitCode } from '../exit.ts';
import { readFlags, type Flags } from '../flags.ts';
import { harmless } from '../harmless.ts';
import type { CommandIo } from '../io.ts';
import { listVariables } from './phone-list.ts';
import { readOrEnd } from './source.ts';

const RENDER_USAGE = `dialbench profile render FILE|- [--phones FILE.csv --mac MAC] [--bench ADDRESS] [--vars-file FILE] [--var NAME=VALUE …]
  Fills a template for one phone, to stdout. Of two sources of a variable the later one counts.
  --phones     a list of phones, --mac the row of it
  --bench      fills bench_address, bench_http, bench_ca and so on, with the usual ports
  --vars-file  one name=value a line; for passwords and for key and ikm, because others see a command line
  Exit 0 filled, 1 something lacks and is named, 2 wrong usage, 3 when a file cannot be read.
`;

export async function renderCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, {
    help: { type: 'boolean' },
    phones: { type: 'string' },
    mac: { type: 'string' },
    bench: { type: 'string' },
    var: { type: 'string', multiple: true },
    'vars-file': { type: 'string' },
  });
  if (flags.is('help')) {
    io.stdout.write(RENDER_USAGE);
    return 0;
  }
  const [file, rest] = flags.words;
  if (file === undefined || rest !== undefined) throw wrongUsage(`profile render takes one file, or - for stdin.\n\n${RENDER_USAGE}`);
  const template = readTemplate(await readOrEnd(file, io.signal));
  if (!template.ok) return refuse(file, template.failure, io);
  const filled = fillTemplate(template.value, await readVariables(flags, io.signal));
  if (!filled.ok) return refuse(file, filled.failure, io);
  io.stdout.write(filled.value);
  return 0;
}

/** The later source wins: list of phones, bench, file, command line. */
async function readVariables(flags: Flags, signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
  const file = flags.text('vars-file');
  const bench = flags.text('bench');
  return {
    ...(await readPhone(flags, signal)),
    ...(bench === undefined ? {} : benchVariables(usualBench(bench))),
    ...(file === undefined ? {} : readLines(await readOrEnd(file, signal), file)),
    ...Object.fromEntries(flags.list('var').map((text) => assignment(text, () => wrongUsage(`--var takes NAME=VALUE, not ${JSON.stringify(text)}.`)))),
  };
}

async function readPhone(flags: Flags, signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
  const list = flags.text('phones');
  const asked = flags.text('mac');
  if (list === undefined && asked === undefined) return {};
  const mac = asked === undefined ? null : parseMac(asked);
  if (list === undefined || mac === null) throw wrongUsage('--phones FILE.csv and --mac MAC go together.');
  const variables = listVariables(await readOrEnd(list, signal), mac);
  if (variables === null) throw wrongUsage(`${list} has no good row for ${mac}.`);
  return variables;
}

function readLines(text: string, file: string): Readonly<Record<string, string>> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return Object.fromEntries(
    lines.flatMap((line, at) => (line.trim() === '' || line.startsWith('#') ? [] : [assignment(line, () => wrongUsage(`${file}, line ${at + 1}: not name=value.`))])),
  );
}

function assignment(text: string, wrong: () => Error): readonly [string, string] {
  const sign = text.indexOf('=');
  if (sign < 1) throw wrong();
  return [text.slice(0, sign).trim(), text.slice(sign + 1)];
}

function refuse(file: string, { code, params }: { readonly code: string; readonly params: Readonly<Record<string, string | number>> }, io: CommandIo): ExitCode {
  io.stderr.write(`${harmless(`${file}: ${sentence(code, params)}`)}\n`);
  return 1;
}
