import { randomBytes, scrypt, type ScryptOptions } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { done, failed, type Result } from '../../common/values/failure.ts';
import { writeNew, writeWhole } from '../disk/whole-file.ts';
import { BOX_KEY_BYTES, createSecretBox, type SecretBox } from './secret-box.ts';

export type { SecretBox } from './secret-box.ts';

/** Where the key of a workspace comes from. */
export type BoxSource =
  | { readonly kind: 'key-file' }
  | { readonly kind: 'passphrase'; readonly passphrase: string };

/** `keys/box.json`: how the key is found again, and a sealed word that only the right key opens. No secret in it. */
interface BoxFile {
  readonly version: 1;
  readonly source: BoxSource['kind'];
  readonly scrypt: ScryptParameters | null;
  readonly check: string;
}

interface ScryptParameters {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  /** Base64url, 16 bytes. */
  readonly salt: string;
}

/** 128 MB and some tenths of a second, once at each start. A file may ask for no more than eight times that. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1 };
const MOST_SCRYPT_BYTES = 2 ** 30;
const OWNER_ALONE = { mode: 0o600 };
const CHECK = { text: 'dialbench', context: 'box' };

/**
 * Opens the box of a workspace, and makes it at the first time. What was sealed stays readable only by the same source, so
 * another one is refused, and a lost key file is never replaced by a new one.
 * @param folder the workspace; its `keys` folder is made when it lacks
 * @returns `crypto.box-other-source` (have, asked), `crypto.box-wrong-key`, `crypto.box-unreadable`, `crypto.key-file-lost`,
 * `crypto.key-file-open` (file), `crypto.key-file-damaged`, `crypto.key-file-failed` (file, cause)
 */
export async function openSecretBox(folder: string, source: BoxSource): Promise<Result<SecretBox>> {
  const keys = join(folder, 'keys');
  try {
    await mkdir(keys, { recursive: true, mode: 0o700 });
    const file = join(keys, 'box.json');
    const have = await readBox(file);
    if (have === undefined) return failed('crypto.box-unreadable', { file });
    if (have && have.source !== source.kind) return failed('crypto.box-other-source', { have: have.source, asked: source.kind });
    const parameters = source.kind === 'passphrase' ? (have?.scrypt ?? newScrypt()) : null;
    const key = await keyOf(source, parameters, join(keys, 'workspace.key'), have !== null);
    if (!key.ok) return key;
    const box = createSecretBox(key.value);
    if (have === null) {
      const made: BoxFile = { version: 1, source: source.kind, scrypt: parameters, check: box.seal(CHECK.text, CHECK.context) };
      await writeWhole(file, `${JSON.stringify(made, null, 2)}\n`, OWNER_ALONE);
    } else if (!box.open(have.check, CHECK.context).ok) return failed('crypto.box-wrong-key');
    return done(box);
  } catch (error) {
    return failed('crypto.key-file-failed', { file: keys, cause: error instanceof Error ? error.message : String(error) });
  }
}

async function keyOf(source: BoxSource, parameters: ScryptParameters | null, file: string, isUsed: boolean): Promise<Result<Uint8Array>> {
  switch (source.kind) {
    case 'key-file':
      return readKeyFile(file, isUsed);
    case 'passphrase':
      return parameters === null ? failed('crypto.box-unreadable', { file }) : done(await stretch(source.passphrase, parameters));
  }
}

/** Reads the key file, or makes it when nothing was ever sealed: a file cut by a crash at that time is no loss. */
async function readKeyFile(file: string, isUsed: boolean): Promise<Result<Uint8Array>> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (handle === null) return isUsed ? failed('crypto.key-file-lost', { file }) : done(await makeKeyFile(file));
  try {
    const { mode } = await handle.stat();
    // Windows has no such bits: there the folder's own rights of the user's profile apply.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) return failed('crypto.key-file-open', { file });
    const key = Buffer.from((await handle.readFile('utf8')).trim(), 'base64url');
    if (key.length === BOX_KEY_BYTES) return done(key);
    if (isUsed) return failed('crypto.key-file-damaged', { file });
  } finally {
    await handle.close();
  }
  await unlink(file);
  return done(await makeKeyFile(file));
}

/** Made, never overwritten, for its owner alone, and on the disk before anything is sealed with it. */
async function makeKeyFile(file: string): Promise<Uint8Array> {
  const key = randomBytes(BOX_KEY_BYTES);
  await writeNew(file, `${key.toString('base64url')}\n`, OWNER_ALONE);
  return key;
}

/** The box file; null when there is none, undefined when it is not one. */
async function readBox(file: string): Promise<BoxFile | null | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    const box = JSON.parse(text) as Partial<BoxFile> | null;
    const isBox = box !== null && box.version === 1 && typeof box.check === 'string' && isScrypt(box.scrypt ?? null);
    return isBox && (box.source === 'key-file' || (box.source === 'passphrase' && box.scrypt)) ? (box as BoxFile) : undefined;
  } catch {
    return undefined;
  }
}

function isScrypt(parameters: Partial<ScryptParameters> | null): boolean {
  if (parameters === null) return true;
  const { N = 0, r = 0, p = 0, salt } = parameters;
  const isPower = Number.isInteger(N) && N > 1 && Number.isInteger(Math.log2(N));
  return isPower && Number.isInteger(r) && r >= 1 && Number.isInteger(p) && p >= 1 && 128 * N * r * p <= MOST_SCRYPT_BYTES && typeof salt === 'string';
}

function newScrypt(): ScryptParameters {
  return { ...SCRYPT, salt: randomBytes(16).toString('base64url') };
}

/** The passphrase in one spelling of its accents, so that it opens on another system too. */
function stretch(passphrase: string, { N, r, p, salt }: ScryptParameters): Promise<Uint8Array> {
  const options: ScryptOptions = { N, r, p, maxmem: 128 * N * r * p + 2 ** 22 };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), Buffer.from(salt, 'base64url'), BOX_KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
