import { sentence } from '../../../common/contract/sentences/sentence.ts';
import { parseMac } from '../../../common/values/mac.ts';
import { findModel } from '../../../common/values/model.ts';
import type { NextTry, RuleFacts, RuleKind, RuleRequest, RuleTrace } from '../../../common/values/rule.ts';
import { deviceMacros } from '../../domain/rule/device-macros.ts';
import { traceKeypad } from '../../domain/rule/keypad.ts';
import { isLawful, traceRule } from '../../domain/rule/trace.ts';
import { wrongUsage, type ExitCode } from '../exit.ts';
import { readFlags, type Flags } from '../flags.ts';
import { harmless } from '../harmless.ts';
import type { CommandIo } from '../io.ts';
import { FACTS_HELP, readFactsFile } from './facts-file.ts';

const KINDS: readonly RuleKind[] = ['profile', 'upgrade', 'report', 'ca', 'trigger'];

const RULE_USAGE = `dialbench profile rule 'RULE' [--kind ${KINDS.join('|')}] [--facts FILE.json|-] [--mac MAC]
                [--model 8841] [--version SWVER] [--serial SERIAL] [--server HOST] [--keypad] [--json]
  Follows a provisioning rule as a phone does: macros, conditions, the URL that is asked, when the next try comes.
  Exit 0 when it comes to a request or lawfully to none, 1 when the rule is wrong, 2 wrong usage.
  --keypad reads RULE as typed on the phone: protocol://server[:port]/path. A macro without a fact stays as it is.
${FACTS_HELP}`;

/** `dialbench profile rule 'RULE' …`: the rule debugger of the command line. Steps on stdout, problems on stderr. */
export async function ruleCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, {
    kind: { type: 'string' }, facts: { type: 'string' }, mac: { type: 'string' }, model: { type: 'string' }, version: { type: 'string' },
    serial: { type: 'string' }, server: { type: 'string' }, keypad: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' },
  });
  if (flags.is('help')) {
    io.stdout.write(RULE_USAGE);
    return 0;
  }
  const [rule, rest] = flags.words;
  if (rule === undefined || rest !== undefined) throw wrongUsage(`profile rule takes one rule, in single quotes.\n\n${RULE_USAGE}`);
  const kind = readKind(flags);
  const facts = await readFacts(flags, io.signal);
  const trace = flags.is('keypad') ? traceKeypad(rule, facts) : traceRule(kind, rule, facts);
  const right = isLawful(trace);
  if (flags.is('json')) io.stdout.write(`${JSON.stringify({ right, ...withSentences(trace) })}\n`);
  else {
    io.stderr.write(problemLines(trace));
    io.stdout.write(traceLines(trace));
  }
  return right ? 0 : 1;
}

function readKind(flags: Flags): RuleKind {
  const text = flags.text('kind') ?? 'profile';
  const kind = KINDS.find((known) => known === text);
  if (!kind) throw wrongUsage(`--kind is one of ${KINDS.join(', ')}, not ${JSON.stringify(text)}.`);
  if (flags.is('keypad') && kind !== 'profile') throw wrongUsage('--keypad is for profile rules: leave --kind out.');
  return kind;
}

async function readFacts(flags: Flags, signal: AbortSignal): Promise<RuleFacts> {
  const file = flags.text('facts');
  const given = file === undefined ? {} : await readFactsFile(file, signal);
  const macText = flags.text('mac');
  const mac = macText === undefined ? null : parseMac(macText);
  if (macText !== undefined && mac === null) throw wrongUsage(`--mac ${macText} is not a MAC address.`);
  const modelText = flags.text('model');
  const model = modelText === undefined ? null : findModel(modelText) ?? findModel(`CP-${modelText}-3PCC`);
  if (modelText !== undefined && model === null) throw wrongUsage(`--model ${modelText} is not a model of this family.`);
  return {
    secrets: {}, server: null, ikm: false, timing: {}, failures: 0, now: Date.now(),
    ...given,
    ...(flags.text('server') === undefined ? {} : { server: flags.text('server') ?? null }),
    macros: {
      ...given.macros,
      ...deviceMacros({ mac, model, serial: flags.text('serial') ?? null, firmware: flags.text('version') ?? null }),
    },
  };
}

function withSentences(trace: RuleTrace): object {
  const said = <T extends { readonly code: string; readonly params: RuleTrace['steps'][number]['params'] }>(one: T): T & { sentence: string } => ({
    ...one, sentence: sentence(one.code, one.params),
  });
  return {
    ...trace,
    problems: trace.problems.map(said),
    steps: trace.steps.map(said),
    ends: trace.ends && said(trace.ends),
    next: trace.next.map((one) => ({ ...one, sentence: one.note && sentence(one.note) })),
  };
}

function problemLines(trace: RuleTrace): string {
  return trace.problems
    .map(({ severity, span, code, params }) => `${span.line}:${span.column} ${severity}: ${harmless(sentence(code, params))}\n`)
    .join('');
}

function traceLines(trace: RuleTrace): string {
  const steps = trace.steps.map(({ code, params }, index) => `${String(index + 1).padStart(3)}. ${sentence(code, params)}`);
  const ends = trace.ends ? [sentence(trace.ends.code, trace.ends.params)] : [];
  const next = trace.next.map(nextLine);
  return [...steps, ...ends, ...trace.requests.map(requestLine), ...next].map((line) => `${harmless(line)}\n`).join('');
}

function requestLine({ method, url, encrypted, keySource, login }: RuleRequest): string {
  const key = encrypted === null ? '' : `  encrypted ${encrypted}, key from ${keySource ?? 'nowhere'}`;
  return `${method} ${url}${key}${login ? '  login when asked' : ''}`;
}

/** `after success: in 3600 to 3640 s (Resync_Periodic)`. */
function nextLine({ outcome, from, to, then, because, note }: NextTry): string {
  const when = from === null ? 'no next try' : `in ${from === to || to === null ? from : `${from} to ${to}`} s`;
  const later = then.length > 0 ? `, then ${then.join(', ')} s` : '';
  return `${outcome.padEnd(11)} ${when}${later} (${because})${note === null ? '' : `: ${sentence(note)}`}`;
}
