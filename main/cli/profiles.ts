import { readFile } from 'node:fs/promises';
import { attach } from './attach.ts';
import { couldNotRun, wrongUsage, type ExitCode } from './exit.ts';
import { readFlags, type Flags } from './flags.ts';
import { defaultFolder, fromHere } from './folders.ts';
import type { CommandIo } from './io.ts';

/** `dialbench profiles --data DIR add NAME FILE [--for '*'|MODEL|MAC] [--path 'b/$MA.xml'] | list | show NAME | remove NAME` */
export async function profilesCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, {
    data: { type: 'string' },
    for: { type: 'string' },
    path: { type: 'string' },
    json: { type: 'boolean' },
  });
  const [verb, name, file, rest] = flags.words;
  if (verb === 'list' && name === undefined) return withClient(flags, (client) => list(client, flags.is('json'), io));
  if (verb === 'add' && name !== undefined && file !== undefined && rest === undefined) return add(flags, name, fromHere(file), io);
  if (verb === 'show' && name !== undefined && file === undefined) return withClient(flags, (client) => show(client, name, io));
  if (verb === 'remove' && name !== undefined && file === undefined) {
    return withClient(flags, async (client) => ((await client.profiles.remove({ name })).removed ? 0 : notThere(name, io)));
  }
  throw wrongUsage("profiles takes add NAME FILE [--for '*'|MODEL|MAC] [--path 'b/$MA.xml'], list, show NAME, or remove NAME.");
}

type Client = Awaited<ReturnType<typeof attach>>['client'];

async function add(flags: Flags, name: string, file: string, io: CommandIo): Promise<ExitCode> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw couldNotRun(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  return withClient(flags, async (client) => {
    const { view, unassigned } = await client.profiles.add({ name, text, scope: flags.text('for') ?? null, path: flags.text('path') ?? null });
    const served = view.path === null ? '' : `, served as /${view.path}`;
    io.stdout.write(`${view.name} is stored, ${view.scope === null ? 'assigned to nobody' : `for ${view.scope}`}${served}\n`);
    if (unassigned !== null) io.stderr.write(`${unassigned} was for ${view.scope ?? ''} before; it is kept, unassigned.\n`);
    return 0;
  });
}

async function list(client: Client, json: boolean, io: CommandIo): Promise<ExitCode> {
  const templates = await client.profiles.list();
  if (json) io.stdout.write(`${JSON.stringify(templates)}\n`);
  else for (const { name, scope, path, bytes, variables } of templates) {
    io.stdout.write(`${name}\t${scope ?? '-'}\t${path ?? '-'}\t${bytes}\t${variables.join(' ')}\n`);
  }
  return 0;
}

async function show(client: Client, name: string, io: CommandIo): Promise<ExitCode> {
  const template = await client.profiles.show({ name });
  if (!template) return notThere(name, io);
  io.stdout.write(template.text);
  return 0;
}

function notThere(name: string, io: CommandIo): ExitCode {
  io.stderr.write(`No template is called ${name}.\n`);
  return 1;
}

async function withClient(flags: Flags, work: (client: Client) => Promise<ExitCode>): Promise<ExitCode> {
  const { client, close } = await attach(fromHere(flags.text('data') ?? defaultFolder()));
  try {
    return await work(client);
  } finally {
    await close();
  }
}
