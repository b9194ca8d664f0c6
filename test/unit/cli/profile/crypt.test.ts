import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DoctorVerdict } from '../../../../common/values/doctor.ts';
import { decryptCommand } from '../../../../main/cli/profile/decrypt.ts';
import { encryptCommand } from '../../../../main/cli/profile/encrypt.ts';
import { callCommand } from '../../../support/call-command.ts';

const XML = '<flat-profile><GPP_A>1</GPP_A></flat-profile>\n';
const KEY = 'SecretPhrase1234';
let folder = '';
const file = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialbench-crypt-'));
  writeFileSync(file('profile.xml'), XML);
  writeFileSync(file('key'), `${KEY}\n`);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  delete process.env['DIALBENCH_KEY'];
});

const call = (command: typeof encryptCommand, ...args: readonly string[]) => callCommand(command, args);
const encrypt = (...args: readonly string[]) => call(encryptCommand, ...args);
const decrypt = (...args: readonly string[]) => call(decryptCommand, ...args);

describe('profile encrypt and decrypt', () => {
  it.each(['gzip', 'aes', 'gzip-aes', 'aes128gcm'])('go there and back with %s', async (container) => {
    const sent = await encrypt(file('profile.xml'), '--container', container, '--ikm-form', 'text', '--key-file', file('key'), '--out', file('out'));
    expect(sent).toMatchObject({ code: 0, stdout: Buffer.alloc(0) });
    expect(await decrypt(file('out'), '--key-file', file('key'))).toMatchObject({ code: 0, stdout: Buffer.from(XML) });
  });

  it('write nothing but the bytes on standard output', async () => {
    const { stdout } = await encrypt(file('profile.xml'), '--container', 'gzip-aes', '--key', KEY);
    expect(stdout.subarray(0, 8).toString()).toBe('Salted__');
    writeFileSync(file('out'), stdout);
    const raw = await decrypt(file('out'), '--key', KEY, '--raw');
    expect([...raw.stdout.subarray(0, 2)]).toEqual([0x1f, 0x8b]);
    expect(raw.stderr).toContain('Opened with the key as typed, digest md5.');
  });

  it('take the key of the environment where none is given', async () => {
    process.env['DIALBENCH_KEY'] = KEY;
    await encrypt(file('profile.xml'), '--out', file('out'));
    expect(await decrypt(file('out'))).toMatchObject({ code: 0, stdout: Buffer.from(XML) });
  });

  it('never put a key into what they say', async () => {
    await encrypt(file('profile.xml'), '--key', KEY, '--out', file('out'));
    for (const key of [KEY, `“${KEY}”`, 'another-Key-9']) {
      const { stderr } = await decrypt(file('out'), '--key', key, '--json');
      expect(stderr).not.toContain(key.replaceAll(/[“”]/g, ''));
    }
  });
});

describe('profile decrypt', () => {
  beforeEach(async () => {
    await encrypt(file('profile.xml'), '--key', KEY, '--out', file('out'));
  });

  it('puts the verdict beside the plaintext, as words or as JSON', async () => {
    const { code, stdout, stderr } = await decrypt(file('out'), '--key', `${KEY}\r\n`, '--json');
    expect([code, stdout.toString()]).toEqual([0, XML]);
    const verdict = JSON.parse(stderr) as DoctorVerdict;
    expect(verdict).toMatchObject({ verdict: 'opened-otherwise', accidents: ['newline-removed'] });
  });

  it('puts the JSON on standard output when the plaintext goes into a file, for its owner alone', async () => {
    const { stdout, stderr } = await decrypt(file('out'), '--key', KEY, '--json', '--out', file('plain.xml'));
    expect(JSON.parse(stdout.toString())).toMatchObject({ verdict: 'opened' });
    expect(stderr).toBe('');
    expect(readFileSync(file('plain.xml'), 'utf8')).toBe(XML);
    if (process.platform !== 'win32') expect(statSync(file('plain.xml')).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['a wrong key', ['--key', 'nope']],
    ['no key', []],
    ['a wrong key and --raw', ['--key', 'nope', '--raw']],
  ])('with %s writes nothing, makes no file and ends with 1', async (_, args) => {
    expect(await decrypt(file('out'), ...args)).toMatchObject({ code: 1, stdout: Buffer.alloc(0) });
    expect(await decrypt(file('out'), ...args, '--out', file('plain.xml'))).toMatchObject({ code: 1 });
    expect(readdirSync(folder)).not.toContain('plain.xml');
  });

  it('of a damaged file writes nothing, --raw or not', async () => {
    await encrypt(file('profile.xml'), '--container', 'gzip', '--out', file('packed'));
    writeFileSync(file('packed'), readFileSync(file('packed')).subarray(0, 40));
    for (const more of [[], ['--raw']]) expect(await decrypt(file('packed'), ...more)).toMatchObject({ code: 1, stdout: Buffer.alloc(0) });
  });
});

describe('wrong use', () => {
  it.each([
    ['no file', encryptCommand, ['--key', 'k'], 2],
    ['two files', decryptCommand, ['a', 'b'], 2],
    ['no key', encryptCommand, ['PROFILE'], 2],
    ['two keys', encryptCommand, ['PROFILE', '--key', 'k', '--key-file', 'KEYFILE'], 2],
    ['standard input twice', encryptCommand, ['-', '--key-file', '-'], 2],
    ['an unknown container', encryptCommand, ['PROFILE', '--container', 'zip', '--key', 'k'], 2],
    ['an unknown digest', encryptCommand, ['PROFILE', '--digest', 'sha1', '--key', 'k'], 2],
    ['a missing file', decryptCommand, ['MISSING', '--key', 'k'], 3],
    ['a missing key file', decryptCommand, ['PROFILE', '--key-file', 'MISSING'], 3],
    ['a key of several lines', encryptCommand, ['PROFILE', '--key-file', 'LINES'], 3],
    ['a place that cannot be written', encryptCommand, ['PROFILE', '--key', 'k', '--out', 'MISSING/x'], 3],
    ['an empty key', encryptCommand, ['PROFILE', '--key', ''], 1],
    ['an encrypted file', encryptCommand, ['SALTED', '--key', 'k'], 1],
  ] as const)('of %s ends with a sentence', async (_, command, args, exit) => {
    writeFileSync(file('lines'), 'one\ntwo\n');
    writeFileSync(file('salted'), 'Salted__12345678');
    const names: Readonly<Record<string, string>> = { PROFILE: 'profile.xml', KEYFILE: 'key', MISSING: 'missing', LINES: 'lines', SALTED: 'salted', 'MISSING/x': 'missing/x' };
    const { code, stdout, stderr } = await call(command, ...args.map((word) => (word in names ? file(names[word] ?? '') : word)));
    expect([code, stdout.length]).toEqual([exit, 0]);
    expect(stderr).toMatch(/[.)'"]$/);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('of a key that is not ASCII, or of a file that is no XML, is a warning', async () => {
    writeFileSync(file('text'), 'hello');
    expect((await encrypt(file('text'), '--key', 'Schlüssel')).stderr).toMatch(/not well-formed[^]*not plain ASCII/);
  });
});
