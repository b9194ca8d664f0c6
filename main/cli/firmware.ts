import type { BenchClient } from '../../common/contract/contract.ts';
import { sentence } from '../../common/contract/sentences/sentence.ts';
import type { AddReport, FirmwareLoad, FirmwarePath, Predicted } from '../../common/values/firmware.ts';
import { withClient } from './attach.ts';
import { CommandEnd, wrongUsage, type ExitCode } from './exit.ts';
import { makeSample } from './firmware-sample.ts';
import { readFlags, type Flags } from './flags.ts';
import { fromHere } from './folders.ts';
import type { CommandIo } from './io.ts';
import { changeWaves, listWaves, push } from './waves.ts';

const USAGE = `firmware takes add FILE|FOLDER|ZIP … [--replace], list, show NAME, verify, remove NAME, plan LOAD, push LOAD,
    waves, pause|resume|cancel MAC|all, release MAC, store URL|off, or make-sample FOLDER
  plan, push: [--through LOAD]… [--for '*'|MODEL|MAC] [--allow-downgrade] [--into TEMPLATE]
  make-sample: [--load sip88xx.12-0-7MPP0201-66.loads] [--mb 200] [--seed TEXT]`;

/** `dialbench firmware --data DIR add FILE… | list | show | verify | remove | plan | push | waves | pause | resume | cancel | release | store`, `firmware make-sample FOLDER` */
export async function firmwareCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, {
    data: { type: 'string' }, json: { type: 'boolean' }, replace: { type: 'boolean' },
    through: { type: 'string', multiple: true }, for: { type: 'string' }, 'allow-downgrade': { type: 'boolean' }, into: { type: 'string' },
    load: { type: 'string' }, mb: { type: 'string' }, seed: { type: 'string' },
  });
  const [verb, ...words] = flags.words;
  const [name, more] = words;
  if (verb === 'add' && name !== undefined) return add(flags, words.map((word) => fromHere(word)), io);
  if (verb === 'list' && name === undefined) return list(flags, io);
  if (verb === 'verify' && name === undefined) return verify(flags, io);
  if (verb === 'waves' && name === undefined) return withCatalogue(flags, (client) => listWaves(client, flags, io));
  if (verb === 'store' && name === undefined) return store(flags, null, io);
  if (name === undefined || more !== undefined) throw wrongUsage(USAGE);
  switch (verb) {
    case 'show':
      return show(flags, name, io);
    case 'remove':
      return remove(flags, name, io);
    case 'plan':
      return withCatalogue(flags, (client) => plan(client, flags, name, io));
    case 'push':
      return withCatalogue(flags, (client) => push(client, flags, name, io));
    case 'pause':
    case 'resume':
    case 'cancel':
    case 'release':
      return withCatalogue(flags, (client) => changeWaves(client, verb, name, io));
    case 'store':
      return store(flags, name, io);
    case 'make-sample':
      return makeSample(flags, fromHere(name), io);
    default:
      throw wrongUsage(USAGE);
  }
}

async function add(flags: Flags, paths: readonly string[], io: CommandIo): Promise<ExitCode> {
  return withCatalogue(flags, async (client) => {
    const report = await client.firmware.add({ paths: [...paths], replace: flags.is('replace') });
    if (flags.is('json')) io.stdout.write(`${JSON.stringify(report)}\n`);
    else tell(report, io);
    const refused = report.files.some(({ verdict }) => verdict === 'refused');
    return refused || report.loads.some(({ complete }) => !complete) ? 1 : 0;
  });
}

function tell({ files, loads }: AddReport, io: CommandIo): void {
  for (const { name, verdict, bytes, failure } of files) {
    if (failure) io.stderr.write(`${sentence(failure.code, failure.params)}\n`);
    else io.stdout.write(`${verdict}\t${name}\t${bytes}\n`);
  }
  for (const load of loads) io.stdout.write(`${lineOf(load)}\n`);
}

async function list(flags: Flags, io: CommandIo): Promise<ExitCode> {
  return withCatalogue(flags, async (client) => {
    const view = await client.firmware.view();
    if (flags.is('json')) io.stdout.write(`${JSON.stringify(view)}\n`);
    else {
      for (const load of view.loads) io.stdout.write(`${lineOf(load)}\n`);
      for (const { name, bytes } of view.loose) io.stdout.write(`${name}\t${bytes}\tno list names it\n`);
    }
    return 0;
  });
}

function lineOf({ name, bytes, models, files, siblings, missing, complete, usedBy }: FirmwareLoad): string {
  const state = complete ? 'complete' : missing.length > 0 ? `missing ${missing.join(', ')}` : 'changed on disk or without images';
  const models4 = models.map((model) => /\d{4}/.exec(model)?.[0] ?? model).join(' ');
  return [name, bytes, models4 === '' ? 'models unknown' : models4, `${files.length} of ${siblings.length + 1} files`, state, usedBy.join(' ')].join('\t').trimEnd();
}

async function show(flags: Flags, name: string, io: CommandIo): Promise<ExitCode> {
  return withCatalogue(flags, async (client) => {
    const load = (await client.firmware.view()).loads.find((one) => one.name === name);
    if (!load) throw unknown(name);
    if (flags.is('json')) io.stdout.write(`${JSON.stringify(load)}\n`);
    else {
      io.stdout.write(`${lineOf(load)}\n`);
      for (const file of load.files) io.stdout.write(`  ${file.state}\t${file.name}\t${file.bytes}\t${file.sha256}\n`);
      for (const one of load.missing) io.stdout.write(`  missing\t${one}\n`);
    }
    return 0;
  });
}

async function verify(flags: Flags, io: CommandIo): Promise<ExitCode> {
  return withCatalogue(flags, async (client) => {
    const wrong = await client.firmware.verify();
    if (flags.is('json')) io.stdout.write(`${JSON.stringify(wrong)}\n`);
    else for (const { name, state } of wrong) io.stdout.write(`${state}\t${name}\n`);
    const { loads } = await client.firmware.view();
    const incomplete = loads.filter(({ complete }) => !complete);
    if (!flags.is('json')) for (const load of incomplete) io.stdout.write(`${lineOf(load)}\n`);
    return wrong.length + incomplete.length === 0 ? 0 : 1;
  });
}

async function remove(flags: Flags, name: string, io: CommandIo): Promise<ExitCode> {
  return withCatalogue(flags, async (client) => {
    const { removed } = await client.firmware.remove({ name });
    for (const one of removed) io.stdout.write(`removed\t${one}\n`);
    return 0;
  });
}

/** Exit 1 when the plan has no rule, or leaves a group of phones where it is. */
async function plan(client: BenchClient, flags: Flags, target: string, io: CommandIo): Promise<ExitCode> {
  const template = flags.text('into');
  const made = await client.firmware.plan({
    target, through: [...flags.list('through')], scope: flags.text('for') ?? '*', allowDowngrade: flags.is('allow-downgrade'),
    ...(template === undefined ? {} : { template }),
  });
  if (flags.is('json')) io.stdout.write(`${JSON.stringify(made)}\n`);
  else {
    for (const path of made.paths) io.stdout.write(`${pathLine(path)}\n`);
    for (const { code, params } of made.problems) io.stderr.write(`${sentence(code, params)}\n`);
    if (made.predictedSeconds !== undefined) io.stdout.write(`all phones\t${about(made)}, by ${made.predictedFrom === 'measured' ? 'what was measured on this card' : 'the speed of the link'}\n`);
    if (made.rule !== null) io.stdout.write(`Upgrade_Rule\t${made.rule}\n`);
    if (template !== undefined) io.stdout.write(`${template} asks for it now, with Peer_Firmware_Sharing No.\n`);
  }
  return made.rule !== null && made.paths.every(({ problem }) => problem === null) ? 0 : 1;
}

function pathLine(path: FirmwarePath): string {
  const { models, phones, from, hops, problem } = path;
  const way = problem ? sentence(problem.code, problem.params) : hops.length === 0 ? 'there already' : hops.map(({ version }) => version).join(' -> ');
  const costs = problem ? '' : hops.map((hop) => `${(hop.bytes / 1e6).toFixed(0)} MB ${about(hop)}`.trimEnd()).join(' -> ');
  const whole = about(path);
  return [models.join(' ') || 'model unknown', `${phones.length} phones`, from ?? 'version unknown', way, costs, whole === '' ? '' : `${whole} a phone`].join('\t').trimEnd();
}

function about({ predictedSeconds }: Predicted): string {
  return predictedSeconds === undefined ? '' : `about ${Math.max(1, Math.round(predictedSeconds / 60))} min`;
}

/** Where HTTP sends phones for firmware: another store's folder, or this bench. */
function store(flags: Flags, where: string | null, io: CommandIo): Promise<ExitCode> {
  return withCatalogue(flags, async (client) => {
    const url = where === null ? null : where === 'off' ? '' : readStore(where);
    const { firmwareStore } = url === null ? await client.settings.get() : await client.settings.put({ firmwareStore: url });
    io.stdout.write(`${firmwareStore === '' ? 'this bench' : firmwareStore}\n`);
    return 0;
  });
}

function readStore(text: string): string {
  if (/^https?:\/\/[^\s?#]+$/i.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  throw wrongUsage(`firmware store takes http://HOST/FOLDER, https://HOST/FOLDER or off, not ${JSON.stringify(text)}.`);
}

function unknown(name: string): CommandEnd {
  return new CommandEnd(1, sentence('firmware.unknown', { name }));
}

function withCatalogue(flags: Flags, work: (client: BenchClient) => Promise<ExitCode>): Promise<ExitCode> {
  return withClient(flags, work, /^(?:firmware|wave|template)\./);
}
