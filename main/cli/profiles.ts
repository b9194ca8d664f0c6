import type { BenchClient } from '../../common/contract/contract.ts';
import type { TemplateView } from '../../common/contract/views/workspace.ts';
import { withClient } from './attach.ts';
import { wrongUsage, type ExitCode } from './exit.ts';
import { readFlags, type Flags } from './flags.ts';
import type { CommandIo } from './io.ts';
import { readOrEnd } from './profile/source.ts';
import { PROTECTION_FLAGS, protectionText, readProtection } from './protection-flags.ts';

const USAGE = `profiles takes add NAME FILE, place NAME, list, show NAME [--version N], history NAME, restore NAME VERSION, or remove NAME.
  --for '*'|MODEL|MAC|none   whom it is for; a new template without it is assigned to nobody
  --path 'b/$MA.xml'|none    name of its own, what Profile_Rule_B to D ask for
  --protect none|gzip|aes|gzip-aes|aes128gcm [--key-of phone|NAME] [--digest md5|sha256] [--ikm base64url|base64|hex|text]
add takes a file, - for standard input, or --ready NAME for a profile that ships with the app. Of a template that is there
already it changes the text, and what else is given: whom it is for stays as it was.`;

/** `dialbench profiles --data DIR add NAME FILE [--for …] [--path …] [--protect …] | place … | list | show … | history … | restore … | remove …` */
export async function profilesCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, {
    ...PROTECTION_FLAGS,
    data: { type: 'string' }, for: { type: 'string' }, path: { type: 'string' }, ready: { type: 'string' },
    version: { type: 'string' }, json: { type: 'boolean' },
  });
  const [verb, name, second, rest] = flags.words;
  const ready = flags.text('ready');
  if (rest !== undefined) throw wrongUsage(USAGE);
  if (verb === 'list' && name === undefined) return withClient(flags, (client) => list(client, flags.is('json'), io));
  if (name === undefined) throw wrongUsage(USAGE);
  if (verb === 'add' && (second === undefined) !== (ready === undefined)) return add(flags, name, second, io);
  if (verb === 'restore' && second !== undefined) return withClient(flags, (client) => restore(client, name, readVersion(second), io));
  if (second !== undefined) throw wrongUsage(USAGE);
  switch (verb) {
    case 'place':
      return withClient(flags, (client) => place(client, flags, name, io), REFUSED);
    case 'show':
      return withClient(flags, (client) => show(client, name, flags.text('version'), io));
    case 'history':
      return withClient(flags, (client) => history(client, name, flags.is('json'), io));
    case 'remove':
      return withClient(flags, async (client) => ((await client.profiles.remove({ name })).removed ? 0 : notThere(name, io)));
    default:
      throw wrongUsage(USAGE);
  }
}

/** What is wrong with a template, or with whom it is for: an answer, and no breakdown. */
const REFUSED = /^template\./;

async function add(flags: Flags, name: string, file: string | undefined, io: CommandIo): Promise<ExitCode> {
  const protection = readProtection(flags, null);
  const typed = file === undefined ? null : await readOrEnd(file, io.signal);
  return withClient(flags, async (client) => {
    const shipped = typed === null ? (await client.profiles.readyMade()).find((one) => one.name === flags.text('ready')) : null;
    if (shipped === undefined) throw wrongUsage(`No profile that ships with the app is called ${flags.text('ready') ?? ''}.`);
    const answer = await client.profiles.add({
      name,
      text: typed ?? shipped?.text ?? '',
      scope: orNone(flags.text('for')),
      path: orNone(flags.text('path') ?? shipped?.path ?? undefined),
      ...(protection ? { protection } : {}),
    });
    return tell(answer, io);
  }, REFUSED);
}

/** What is left out stays as it was; `none` takes it away. */
function orNone(text: string | undefined): string | null | undefined {
  return text === 'none' ? null : text;
}

/** What is not given stays as it is. */
async function place(client: BenchClient, flags: Flags, name: string, io: CommandIo): Promise<ExitCode> {
  const before = await client.profiles.show({ name });
  if (!before) return notThere(name, io);
  const { scope, path, protection } = before.view;
  const or = (flag: string, kept: string | null): string | null => orNone(flags.text(flag) ?? kept ?? undefined) ?? null;
  return tell(await client.profiles.place({
    name, scope: or('for', scope), path: or('path', path), protection: readProtection(flags, protection) ?? protection,
  }), io);
}

function tell({ view, unassigned }: { readonly view: TemplateView; readonly unassigned: string | null }, io: CommandIo): ExitCode {
  const whom = view.scope === null ? 'assigned to nobody' : `for ${view.scope}`;
  const served = view.path === null ? '' : `, served as /${view.path}`;
  const how = view.protection.container === 'none' ? '' : `, ${protectionText(view.protection)}`;
  io.stdout.write(`${view.name} is stored, ${whom}${served}${how}\n`);
  if (unassigned !== null) io.stderr.write(`${unassigned} was for ${view.scope ?? ''} before; it is kept, unassigned.\n`);
  return 0;
}

async function list(client: BenchClient, json: boolean, io: CommandIo): Promise<ExitCode> {
  const templates = await client.profiles.list();
  if (json) io.stdout.write(`${JSON.stringify(templates)}\n`);
  else for (const { name, scope, path, protection, version, phones, bytes, variables } of templates) {
    const columns = [name, scope ?? '-', path ?? '-', protectionText(protection), `v${version}`, phones, bytes, variables.join(' ')];
    io.stdout.write(`${columns.join('\t')}\n`);
  }
  return 0;
}

async function show(client: BenchClient, name: string, version: string | undefined, io: CommandIo): Promise<ExitCode> {
  const template = version === undefined
    ? await client.profiles.show({ name })
    : await client.profiles.version({ name, version: readVersion(version) });
  if (!template) return notThere(name, io);
  io.stdout.write(template.text);
  return 0;
}

async function history(client: BenchClient, name: string, json: boolean, io: CommandIo): Promise<ExitCode> {
  const versions = await client.profiles.history({ name });
  if (versions.length === 0) return notThere(name, io);
  if (json) io.stdout.write(`${JSON.stringify(versions)}\n`);
  else for (const { version, at, bytes, added, removed } of versions) {
    io.stdout.write(`${version}\t${new Date(at).toISOString()}\t${bytes}\t+${added} -${removed}\n`);
  }
  return 0;
}

/** An older text becomes the newest version: nothing of the history is lost. */
async function restore(client: BenchClient, name: string, version: number, io: CommandIo): Promise<ExitCode> {
  const older = await client.profiles.version({ name, version });
  if (!older) return notThere(`${name} in version ${version}`, io);
  return tell(await client.profiles.add({ name, text: older.text }), io);
}

function readVersion(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw wrongUsage(`A version is a number from 1, not ${JSON.stringify(text)}.`);
}

function notThere(name: string, io: CommandIo): ExitCode {
  io.stderr.write(`No template is called ${name}.\n`);
  return 1;
}
