import { sentence } from '../../../common/contract/sentences/sentence.ts';
import type { Finding } from '../../../common/values/finding.ts';
import { readModel } from '../../domain/device/model-name.ts';
import { readDocument } from '../../domain/profile/document/document.ts';
import type { LintContext } from '../../domain/profile/lint/context.ts';
import { lintProfile } from '../../domain/profile/lint/lint.ts';
import { mendSafely } from '../../domain/profile/lint/mend.ts';
import { FILLED_BY_BENCH } from '../../domain/profile/variables.ts';
import { wrongUsage, type ExitCode } from '../exit.ts';
import { readFlags, type Flags } from '../flags.ts';
import { harmless } from '../harmless.ts';
import type { CommandIo } from '../io.ts';
import { installedDictionary } from './dictionary.ts';
import { columnsOf } from './phone-list.ts';
import { replaceFile } from './write-file.ts';
import { readOrEnd, readSource } from './source.ts';

interface Linted {
  readonly file: string;
  readonly findings: readonly Finding[];
  /** How many fixes `--fix` has made. */
  readonly mended: number;
}

const LINT_USAGE = `dialbench profile lint FILE|- … [--fix] [--json] [--model 8841] [--bench ADDRESS [--bench-name NAME …]]
                [--var NAME … | --vars FILE.csv]
  Says what a phone would refuse, skip or take otherwise than meant: FILE:LINE:COLUMN severity sentence (code).
  --fix      makes the fixes that change nothing of what is said; of - the mended text goes to stdout
  --model    tells which indexes the phone has
  --bench    tells which server is this bench, --bench-name its names
  --var      a template variable that every phone has; --vars takes them from the columns of a list of phones
  Exit 0 without errors, 1 with, 2 wrong usage, 3 when a file cannot be read. All codes: docs/lint.md
`;

export async function lintCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, {
    help: { type: 'boolean' },
    json: { type: 'boolean' },
    fix: { type: 'boolean' },
    model: { type: 'string' },
    bench: { type: 'string' },
    'bench-name': { type: 'string', multiple: true },
    var: { type: 'string', multiple: true },
    vars: { type: 'string' },
  });
  if (flags.is('help')) {
    io.stdout.write(LINT_USAGE);
    return 0;
  }
  const files = flags.words;
  if (files.length === 0) throw wrongUsage(`profile lint takes one file or more, or - for stdin.\n\n${LINT_USAGE}`);
  if (files.filter((file) => file === '-').length > 1) throw wrongUsage('stdin can be read once: give - once.');
  const context = await readContext(flags, io.signal);
  const linted: Linted[] = [];
  let unread = 0;
  for (const file of files) {
    const text = await readSource(file, io.signal);
    if (text.ok) linted.push(await lintFile(file, text.value, context, flags.is('fix'), io));
    else {
      unread += 1;
      io.stderr.write(`${harmless(`${file}: ${sentence(text.failure.code, text.failure.params)}`)}\n`);
    }
  }
  if (flags.is('json')) io.stdout.write(`${JSON.stringify(asJson(linted))}\n`);
  else tell(linted, flags.is('fix') && files.includes('-'), io);
  if (unread > 0) return 3;
  return count(linted, 'error') > 0 ? 1 : 0;
}

async function lintFile(file: string, text: string, context: LintContext, fix: boolean, io: CommandIo): Promise<Linted> {
  const lint = (now: string): readonly Finding[] => lintProfile(readDocument(now), context);
  if (!fix) return { file, findings: lint(text), mended: 0 };
  const after = mendSafely(text, lint);
  if (file === '-') io.stdout.write(after.text);
  else if (after.mended > 0) await replaceFile(file, after.text);
  return { file, findings: lint(after.text), mended: after.mended };
}

async function readContext(flags: Flags, signal: AbortSignal): Promise<LintContext> {
  const asked = flags.text('model');
  const model = asked === undefined ? null : readModel(asked);
  if (asked !== undefined && model === null) throw wrongUsage(`--model takes a product such as 8841, not ${JSON.stringify(asked)}.`);
  const address = flags.text('bench');
  const names = flags.list('bench-name');
  if (address === undefined && names.length > 0) throw wrongUsage('--bench-name goes with --bench ADDRESS.');
  return {
    dictionary: await installedDictionary(),
    model,
    variables: await readVariables(flags, signal),
    bench: address === undefined ? null : { address, names },
  };
}

async function readVariables(flags: Flags, signal: AbortSignal): Promise<ReadonlySet<string> | null> {
  const named = flags.list('var');
  const list = flags.text('vars');
  if (list === undefined && named.length === 0) return null;
  const columns = list === undefined ? [] : columnsOf(await readOrEnd(list, signal));
  return new Set([...FILLED_BY_BENCH, ...named, ...columns].map((name) => name.toLowerCase()));
}

/** With `--fix -` the mended text has stdout to itself. */
function tell(linted: readonly Linted[], onStderr: boolean, io: CommandIo): void {
  const out = onStderr ? io.stderr : io.stdout;
  for (const { file, findings } of linted) {
    for (const { span, severity, code, params, cutsOff } of findings) {
      const words = `${severity} ${sentence(code, params)} (${code}${cutsOff ? ', cuts the phone off' : ''})`;
      out.write(`${harmless(`${file}:${span.line}:${span.column} ${words}`)}\n`);
    }
  }
  const mended = linted.reduce((sum, each) => sum + each.mended, 0);
  const parts = (['error', 'warning', 'hint'] as const).map((severity) => many(count(linted, severity), severity));
  io.stderr.write(`${parts.join(', ')} in ${many(linted.length, 'file')}${mended > 0 ? `, ${mended} mended` : ''}\n`);
}

function asJson(linted: readonly Linted[]): unknown {
  return {
    errors: count(linted, 'error'),
    warnings: count(linted, 'warning'),
    hints: count(linted, 'hint'),
    files: linted.map(({ file, findings, mended }) => ({
      file,
      mended,
      findings: findings.map(({ code, severity, params, span, fix, cutsOff }) => ({
        code, severity, sentence: sentence(code, params), ...span, cutsOff,
        fix: fix === null ? null : { code: fix.code, sentence: sentence(fix.code, fix.params), edits: fix.edits },
      })),
    })),
  };
}

function count(linted: readonly Linted[], severity: Finding['severity']): number {
  return linted.reduce((sum, { findings }) => sum + findings.filter((finding) => finding.severity === severity).length, 0);
}

function many(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
