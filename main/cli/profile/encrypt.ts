import { sentence } from '../../../common/contract/sentences/sentence.ts';
import { CONTAINERS, IKM_FORMS, KEY_DIGESTS, type Protection } from '../../../common/values/protection.ts';
import { readContent } from '../../crypto/content.ts';
import { isGzip } from '../../crypto/gzip.ts';
import { isSalted } from '../../crypto/openssl-container.ts';
import { protect } from '../../crypto/protect.ts';
import { CommandEnd, wrongUsage, type ExitCode } from '../exit.ts';
import { readFlags, type Flags } from '../flags.ts';
import type { CommandIo } from '../io.ts';
import { isAscii, KEY_FLAGS, KEY_VARIABLE, readKey } from './key-flags.ts';
import { readWhole } from './read-file.ts';
import { writeOut } from './write-file.ts';

/** Without one the file stays as it is. */
const PROTECTED = CONTAINERS.filter((container) => container !== 'none');
/** Twenty times what a phone is known to take. */
const LARGEST_PROFILE = 64_000_000;

/**
 * `dialbench profile encrypt FILE [--container gzip|aes|gzip-aes|aes128gcm] [--digest md5|sha256] [--ikm-form base64url|base64|hex|text]
 * (--key-file FILE|- | --key K | DIALBENCH_KEY) [--out FILE]`: what a phone can be served, on standard output or in a file.
 */
export async function encryptCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, { ...KEY_FLAGS, container: { type: 'string' }, digest: { type: 'string' }, 'ikm-form': { type: 'string' }, out: { type: 'string' } });
  const [name, rest] = flags.words;
  if (name === undefined || rest !== undefined) throw wrongUsage('profile encrypt takes one file, or - for standard input.');
  if (name === '-' && flags.text('key-file') === '-') throw wrongUsage('Standard input gives the file or the key, not both.');
  const protection = readProtection(flags);
  const key = protection.container === 'gzip' ? null : await readKey(flags, io.signal);
  if (key === null && protection.container !== 'gzip') throw wrongUsage(`profile encrypt takes its key from --key-file FILE, or - for standard input, or from ${KEY_VARIABLE}.`);
  const file = await readWhole(name, LARGEST_PROFILE, io.signal);
  warn(file, protection, key, io);
  const result = protect(file, protection, key);
  if (!result.ok) throw new CommandEnd(1, sentence(result.failure.code, result.failure.params));
  const out = flags.text('out');
  if (out === undefined) io.stdout.write(result.value.bytes);
  else await writeOut(out, result.value.bytes, 0o644);
  return 0;
}

function readProtection(flags: Flags): Protection {
  const container = oneOf(flags, 'container', PROTECTED, 'aes');
  return { container, digest: oneOf(flags, 'digest', KEY_DIGESTS, 'md5'), ikmForm: oneOf(flags, 'ikm-form', IKM_FORMS, 'base64url'), key: null };
}

function oneOf<Word extends string>(flags: Flags, name: string, words: readonly Word[], otherwise: Word): Word {
  const text = flags.text(name);
  const word = text === undefined ? otherwise : words.find((each) => each === text);
  if (word === undefined) throw wrongUsage(`--${name} takes ${words.join(', ')}, not ${JSON.stringify(text)}.`);
  return word;
}

/** Says what a phone may not read; a file that no phone could read is refused. */
function warn(file: Uint8Array, { container }: Protection, key: string | null, io: CommandIo): void {
  const say = (code: string): boolean => io.stderr.write(`${sentence(code)}\n`);
  const packs = container === 'gzip' || container === 'gzip-aes';
  if (isSalted(file)) throw new CommandEnd(1, sentence('crypto.twice-encrypted'));
  if (packs && isGzip(file)) throw new CommandEnd(1, sentence('crypto.twice-packed'));
  if (!isGzip(file) && readContent(file).kind !== 'xml') say('crypto.not-xml');
  if (key !== null && !isAscii(key)) say('crypto.key-not-ascii');
  if (container === 'aes128gcm') say('crypto.served-as-aes128gcm');
}
