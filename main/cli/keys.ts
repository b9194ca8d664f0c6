import type { BenchClient } from '../../common/contract/contract.ts';
import type { KeyOwner, KeyUse, KeyView } from '../../common/values/key.ts';
import type { Mac } from '../../common/values/mac.ts';
import { withClient } from './attach.ts';
import { wrongUsage, type ExitCode } from './exit.ts';
import { readFlags, readMac, type Flags } from './flags.ts';
import { readForm } from './protection-flags.ts';
import type { CommandIo } from './io.ts';
import { isAscii, KEY_FLAGS, KEY_VARIABLE, readKey } from './profile/key-flags.ts';

const USAGE = `keys takes list, make, take, reveal ID or remove ID. make and take: a MAC, --batch NAME or --customer NAME, and --use passphrase|ikm.
  make --use ikm: --ikm base64url|base64|hex|text, as the template reads it`;

/**
 * `dialbench keys --data DIR list | make MAC… | make --batch NAME | take MAC (--key-file FILE|- …) | reveal ID [--again] | remove ID`.
 * Only `reveal` writes a key, alone on standard output; `make` and `take` answer with its fingerprint.
 */
export async function keysCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, {
    ...KEY_FLAGS,
    data: { type: 'string' }, json: { type: 'boolean' }, use: { type: 'string' }, batch: { type: 'string' }, customer: { type: 'string' },
    ikm: { type: 'string' }, replace: { type: 'boolean' }, again: { type: 'boolean' },
  });
  const [verb, ...words] = flags.words;
  const [first] = words;
  switch (verb) {
    case 'list':
      if (words.length > 0) throw wrongUsage(USAGE);
      return withRing(flags, async (client) => show(await client.keys.list(), flags, io));
    case 'make':
      return make(flags, words.map(readMac), io);
    case 'take':
      return take(flags, readOwner(flags, words.map(readMac)), io);
    case 'reveal':
      if (first === undefined || words.length > 1) throw wrongUsage(USAGE);
      return withRing(flags, (client) => reveal(client, first, flags, io));
    case 'remove':
      if (first === undefined || words.length > 1) throw wrongUsage(USAGE);
      return withRing(flags, (client) => remove(client, first, io));
    default:
      throw wrongUsage(USAGE);
  }
}

/** One owner keeps the key it has; of several phones those without one get one. */
async function make(flags: Flags, macs: readonly Mac[], io: CommandIo): Promise<ExitCode> {
  const use = readUse(flags);
  if (macs.length > 1) {
    if (flags.is('replace') || hasName(flags)) throw wrongUsage('With several phones keys make takes neither --replace nor --batch or --customer.');
    return withRing(flags, async (client) => {
      const { made } = await client.keys.makeForPhones({ macs: [...macs], use, form: readForm(flags) });
      io.stdout.write(flags.is('json') ? `${JSON.stringify({ made })}\n` : `${made} made, ${macs.length - made} had one\n`);
      return 0;
    });
  }
  const owner = readOwner(flags, macs);
  return withRing(flags, async (client) => show([await client.keys.make({ owner, use, form: readForm(flags), replace: flags.is('replace') })], flags, io));
}

async function take(flags: Flags, owner: KeyOwner, io: CommandIo): Promise<ExitCode> {
  const use = readUse(flags);
  const text = await readKey(flags, io.signal);
  if (text === null) throw wrongUsage(`keys take reads the key from --key-file FILE, or - for standard input, or from ${KEY_VARIABLE}.`);
  if (text === '' || text.length > 512) throw wrongUsage('A key has 1 to 512 characters.');
  if (!isAscii(text)) io.stderr.write('The key is not plain ASCII: it is used as UTF-8, a phone may read it otherwise.\n');
  return withRing(flags, async (client) => show([await client.keys.take({ owner, use, text })], flags, io));
}

async function reveal(client: BenchClient, id: string, flags: Flags, io: CommandIo): Promise<ExitCode> {
  const { text, view } = await client.keys.reveal({ id, again: flags.is('again') });
  io.stdout.write(flags.is('json') ? `${JSON.stringify({ text, view })}\n` : `${text}\n`);
  return 0;
}

async function remove(client: BenchClient, id: string, io: CommandIo): Promise<ExitCode> {
  const { removed } = await client.keys.remove({ id });
  if (!removed) io.stderr.write(`No key has the id ${id}.\n`);
  return removed ? 0 : 1;
}

function show(views: readonly KeyView[], flags: Flags, io: CommandIo): ExitCode {
  if (flags.is('json')) io.stdout.write(`${JSON.stringify(views)}\n`);
  else for (const { id, owner, use, fingerprint, shownAt } of views) io.stdout.write(`${[id, nameOf(owner), use, fingerprint, shownAt === null ? 'never shown' : 'shown'].join('\t')}\n`);
  return 0;
}

function nameOf(owner: KeyOwner): string {
  return owner.kind === 'phone' ? owner.mac : `${owner.kind} ${owner.name}`;
}

function readOwner(flags: Flags, macs: readonly Mac[]): KeyOwner {
  const [batch, customer] = [flags.text('batch'), flags.text('customer')];
  const [mac] = macs;
  const owners: KeyOwner[] = [];
  if (mac !== undefined) owners.push({ kind: 'phone', mac });
  if (batch !== undefined) owners.push({ kind: 'batch', name: batch });
  if (customer !== undefined) owners.push({ kind: 'customer', name: customer });
  const [owner] = owners;
  if (owner === undefined || owners.length > 1 || macs.length > 1) throw wrongUsage('Whose key? One MAC, --batch NAME or --customer NAME.');
  return owner;
}

function hasName(flags: Flags): boolean {
  return flags.text('batch') !== undefined || flags.text('customer') !== undefined;
}

function readUse(flags: Flags): KeyUse {
  const use = flags.text('use') ?? 'passphrase';
  if (use === 'passphrase' || use === 'ikm') return use;
  throw wrongUsage(`--use takes passphrase (AES) or ikm (RFC 8188), not ${JSON.stringify(use)}.`);
}

/** Whatever the ring refuses, a second look at a key for instance, is its answer. */
function withRing(flags: Flags, work: (client: BenchClient) => Promise<ExitCode>): Promise<ExitCode> {
  return withClient(flags, work, /./);
}
