import type { BenchClient } from '../../common/contract/contract.ts';
import { writeFile } from 'node:fs/promises';
import { sentence } from '../../common/contract/sentences/sentence.ts';
import type { CertificatesView } from '../../common/contract/views/certificates.ts';
import type { CertificateFacts, TlsFloor } from '../../common/values/certificate.ts';
import { withClient } from './attach.ts';
import { couldNotRun, wrongUsage, type ExitCode } from './exit.ts';
import { readFlags, type Flags } from './flags.ts';
import { fromHere } from './folders.ts';
import type { CommandIo } from './io.ts';
import { readWhole } from './profile/read-file.ts';

const USAGE =
  'ca takes show, pem, renew [--days N] [--name FQDN]…, request [--name FQDN]… [--out FILE], import CHAIN.pem [--key-file FILE], own, clients off|asked|required, or floor TLS1.0|TLS1.1|TLS1.2|TLS1.3.';
const FLOORS: Readonly<Record<string, TlsFloor>> = { 'TLS1.0': 'TLSv1', TLS1: 'TLSv1', 'TLS1.1': 'TLSv1.1', 'TLS1.2': 'TLSv1.2', 'TLS1.3': 'TLSv1.3' };
const MODES = ['off', 'asked', 'required'] as const;
const LONGEST_CHAIN = 200_000;
const LONGEST_KEY = 50_000;

/** `dialbench ca --data DIR show | pem | renew | request | import CHAIN.pem | own | clients MODE | floor VERSION`: the certificates of HTTPS. */
export async function caCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, {
    data: { type: 'string' }, json: { type: 'boolean' }, days: { type: 'string' }, name: { type: 'string', multiple: true },
    out: { type: 'string' }, 'key-file': { type: 'string' },
  });
  const [verb = 'show', word, rest] = flags.words;
  if (rest !== undefined || (word !== undefined && !TAKES_WORD.includes(verb))) throw wrongUsage(USAGE);
  const shown = (work: (client: BenchClient) => Promise<CertificatesView>): Promise<ExitCode> =>
    withClient(flags, async (client) => show(await work(client), flags, io));
  switch (verb) {
    case 'show':
      return shown((client) => client.certificates.view());
    case 'pem':
      return withClient(flags, (client) => pem(client, flags, io));
    case 'renew': {
      const input = { days: readDays(flags.text('days')), names: readNames(flags) };
      return shown((client) => client.certificates.renew(input));
    }
    case 'request':
      return withClient(flags, async (client) => give((await client.certificates.request({ names: readNames(flags) })).pem, flags, io));
    case 'import':
      return importChain(word, flags, io);
    case 'own':
      return shown((client) => client.certificates.useOwn());
    case 'clients': {
      const mode = MODES.find((each) => each === word);
      if (!mode) throw wrongUsage(USAGE);
      return shown((client) => client.certificates.clientCertificates({ mode }));
    }
    case 'floor': {
      const floor = FLOORS[(word ?? '').toUpperCase().replace('TLSV', 'TLS')];
      if (!floor) throw wrongUsage(USAGE);
      return shown((client) => client.certificates.tlsFloor({ floor }));
    }
    default:
      throw wrongUsage(USAGE);
  }
}

const TAKES_WORD: readonly string[] = ['import', 'clients', 'floor'];

async function importChain(file: string | undefined, flags: Flags, io: CommandIo): Promise<ExitCode> {
  if (file === undefined) throw wrongUsage(USAGE);
  const keyFile = flags.text('key-file');
  if (file === '-' && keyFile === '-') throw wrongUsage('Standard input can be read once: give the chain or the key as a file.');
  const chain = text(await readWhole(file, LONGEST_CHAIN, io.signal));
  const key = keyFile === undefined ? null : text(await readWhole(keyFile, LONGEST_KEY, io.signal));
  // A chain that is refused is the answer "no"; a disk that fails is not.
  return withClient(flags, async (client) => show(await client.certificates.importChain({ chain, key }), flags, io), /^(?:pki\.(?!disk$)|tls\.)/);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

async function pem(client: BenchClient, flags: Flags, io: CommandIo): Promise<ExitCode> {
  const authority = await client.certificates.authority();
  if (authority) return give(authority.pem, flags, io);
  io.stderr.write('There is no authority yet. HTTPS makes it at its first start, and so does: dialbench ca renew\n');
  return 1;
}

async function give(text: string, flags: Flags, io: CommandIo): Promise<ExitCode> {
  const out = flags.text('out');
  if (out === undefined) io.stdout.write(text);
  else {
    await writeFile(fromHere(out), text).catch((error: unknown) => {
      throw couldNotRun(`${out} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
  return 0;
}

function show(view: CertificatesView, flags: Flags, io: CommandIo): ExitCode {
  if (flags.is('json')) {
    io.stdout.write(`${JSON.stringify(view)}\n`);
    return 0;
  }
  const { authority, server, origin, clientCertificates, tlsFloor, phones, phonesHolding, failed, remark } = view;
  const lines = [
    ...(server === null ? ['server     none yet: HTTPS makes it at its first start'] : certificate('server', server)),
    ...(origin === 'customer' ? ['           signed by the customer’s authority'] : []),
    ...(authority === null ? [] : certificate('authority', authority)),
    ...(authority === null ? [] : [`phones     ${phonesHolding} of ${phones} fetched the authority (${view.authorityPath})`]),
    `clients    ${clientCertificates}`,
    `floor      ${tlsFloor}`,
    ...failed.slice(0, 5).map(({ at, peer, code, params }) => `failed     ${new Date(at).toISOString()} ${peer} ${sentence(code, params)}`),
  ];
  io.stdout.write(`${lines.join('\n')}\n`);
  if (remark) io.stderr.write(`${sentence(remark.code, remark.params)}\n`);
  return 0;
}

function certificate(label: string, { subject, issuer, names, from, to, fingerprint }: CertificateFacts): readonly string[] {
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  return [
    `${label.padEnd(10)} ${subject}${issuer === subject ? '' : ` (signed by ${issuer})`}`,
    ...(issuer === subject ? [] : [`           for ${names.join(', ')}`]),
    `           ${day(from)} to ${day(to)}, SHA-256 ${fingerprint}`,
  ];
}

function readDays(text: string | undefined): number {
  if (text === undefined) return 397;
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (days >= 1 && days <= 825) return days;
  throw wrongUsage(`--days takes 1 to 825, not ${JSON.stringify(text)}.`);
}

/** Several `--name`, or one with commas. */
function readNames(flags: Flags): string[] {
  const names = flags.list('name').flatMap((text) => text.split(',')).map((name) => name.trim()).filter((name) => name !== '');
  if (names.length > 20) throw wrongUsage('A certificate of the bench carries 20 names at most.');
  return names;
}
