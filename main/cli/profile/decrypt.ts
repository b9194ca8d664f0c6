import { sentence } from '../../../common/contract/sentences/sentence.ts';
import type { DoctorVerdict, FileLayer } from '../../../common/values/doctor.ts';
import { examineFile } from '../../crypto/doctor.ts';
import { wrongUsage, type ExitCode } from '../exit.ts';
import { readFlags } from '../flags.ts';
import { harmless } from '../harmless.ts';
import type { CommandIo } from '../io.ts';
import { isAscii, KEY_FLAGS, readKey } from './key-flags.ts';
import { readWhole } from './read-file.ts';
import { writeOut } from './write-file.ts';

const LARGEST_FILE = 64_000_000;

/**
 * `dialbench profile decrypt FILE [--key-file FILE|- | --key K | DIALBENCH_KEY] [--raw] [--json] [--out FILE]`: the key doctor.
 * The plaintext alone goes to standard output, gzip undone unless `--raw`, and the verdict to standard error, with `--json`
 * as JSON. With `--out` the plaintext goes into a file (for its owner alone) and the JSON to standard output. In any doubt
 * there is no plaintext, and the exit code is 1.
 */
export async function decryptCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, { ...KEY_FLAGS, raw: { type: 'boolean' }, json: { type: 'boolean' }, out: { type: 'string' } });
  const [name, rest] = flags.words;
  if (name === undefined || rest !== undefined) throw wrongUsage('profile decrypt takes one file, or - for standard input.');
  if (name === '-' && flags.text('key-file') === '-') throw wrongUsage('Standard input gives the file or the key, not both.');
  const key = await readKey(flags, io.signal);
  const { verdict, plain, unpacked } = examineFile(await readWhole(name, LARGEST_FILE, io.signal), key, { cap: LARGEST_FILE });
  const isSure = verdict.verdict === 'opened' || verdict.verdict === 'opened-otherwise' || verdict.verdict === 'not-encrypted';
  const text = isSure ? (flags.is('raw') ? plain : unpacked) : null;
  const out = flags.text('out');
  if (text !== null && out !== undefined) await writeOut(out, text, 0o600);
  else if (text !== null) io.stdout.write(text);
  if (flags.is('json')) (out === undefined ? io.stderr : io.stdout).write(`${JSON.stringify(verdict)}\n`);
  else io.stderr.write(inWords(verdict));
  if (key !== null && !isAscii(key) && !flags.is('json')) io.stderr.write(`${sentence('crypto.key-not-ascii')}\n`);
  return text === null ? 1 : 0;
}

function inWords({ layers, accidents, code, params, openssl }: DoctorVerdict): string {
  const lines = [sentence(code, params), harmless(layers.map(layerWords).join(' > '))];
  if (accidents.length > 0) lines.push(`key: ${accidents.map((accident) => sentence(`doctor.accident.${accident}`)).join(', ')}`);
  if (openssl !== null) lines.push(`the same with openssl: ${openssl}`);
  return `${lines.join('\n')}\n`;
}

function layerWords(layer: FileLayer): string {
  switch (layer.kind) {
    case 'salted':
      return `AES-256-CBC (${layer.salt === '' ? 'no header' : `salt ${layer.salt}`}${layer.digest === null ? '' : `, ${layer.digest}`})`;
    case 'aes128gcm':
      return `aes128gcm (record size ${layer.recordSize}, ${layer.records} records, key id ${JSON.stringify(layer.keyId)})`;
    case 'base64':
      return `base64 (${layer.bytes} bytes)`;
    case 'gzip':
      return `gzip (${layer.bytes} bytes)`;
    case 'xml':
      return `XML <${layer.root}> (${layer.elements} elements)`;
    case 'unknown':
      return `unknown (${layer.bytes} bytes)`;
  }
}
