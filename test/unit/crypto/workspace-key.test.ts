import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprintOf, newKeyText } from '../../../main/crypto/new-key.ts';
import { openSecretBox, type BoxSource, type SecretBox } from '../../../main/crypto/workspace-key.ts';

const onWindows = process.platform === 'win32';
if (onWindows) console.warn('skipped: rights and links of the key file, Windows has others');
const FILE: BoxSource = { kind: 'key-file' };
const PHRASE: BoxSource = { kind: 'passphrase', passphrase: 'Schlüssel' };

let folder = '';
const place = (name: string): string => join(folder, 'keys', name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialbench-box-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function box(source: BoxSource): Promise<SecretBox> {
  const opened = await openSecretBox(folder, source);
  if (!opened.ok) throw new Error(opened.failure.code);
  return opened.value;
}

async function refusal(source: BoxSource): Promise<string> {
  const opened = await openSecretBox(folder, source);
  return opened.ok ? 'opened' : opened.failure.code;
}

describe('the box of a workspace', () => {
  it.each([['a key file', FILE], ['a passphrase', PHRASE]] as const)('opens again with %s what it sealed before', async (_, source) => {
    const sealed = (await box(source)).seal('the key', 'key:1');
    expect(sealed).not.toContain('the key');
    expect((await box(source)).open(sealed, 'key:1')).toEqual({ ok: true, value: 'the key' });
    expect(JSON.parse(readFileSync(place('box.json'), 'utf8'))).toMatchObject({ version: 1, source: source.kind });
  });

  it('never seals two texts alike', async () => {
    const { seal } = await box(FILE);
    expect(seal('text', 'key:1')).not.toBe(seal('text', 'key:1'));
  });

  it('says what a row holds that it did not seal', async () => {
    const { open } = await box(FILE);
    expect(open('plain', 'key:1')).toMatchObject({ failure: { code: 'crypto.sealed-form' } });
    expect(open('v1.AAAA', 'key:1')).toMatchObject({ failure: { code: 'crypto.sealed-form' } });
    expect(open(`v1.${'A'.repeat(60)}`, 'key:1')).toMatchObject({ failure: { code: 'crypto.sealed-foreign' } });
  });

  it('refuses another passphrase, another key and another kind of source', async () => {
    await box(PHRASE);
    expect(await refusal({ kind: 'passphrase', passphrase: 'schlüssel' })).toBe('crypto.box-wrong-key');
    expect(await refusal(FILE)).toBe('crypto.box-other-source');
    expect(existsSync(place('workspace.key'))).toBe(false);
    rmSync(join(folder, 'keys'), { recursive: true });
    await box(FILE);
    writeFileSync(place('workspace.key'), `${Buffer.alloc(32, 2).toString('base64url')}\n`);
    expect(await refusal(FILE)).toBe('crypto.box-wrong-key');
  });

  it('takes a passphrase in either spelling of its accents', async () => {
    await box(PHRASE);
    expect(await refusal({ kind: 'passphrase', passphrase: 'Schlu\u0308ssel' })).toBe('opened');
  });

  it('keeps the parameters of its passphrase, and refuses parameters that would eat the memory', async () => {
    await box(PHRASE);
    const stored = JSON.parse(readFileSync(place('box.json'), 'utf8')) as { scrypt: object };
    expect(stored.scrypt).toMatchObject({ N: 2 ** 17, r: 8, p: 1 });
    for (const bent of [{ N: 2 ** 30 }, { N: 100_000 }, { r: 0 }, { p: 1e9 }, { salt: 7 }]) {
      writeFileSync(place('box.json'), JSON.stringify({ ...stored, scrypt: { ...stored.scrypt, ...bent } }));
      expect(await refusal(PHRASE)).toBe('crypto.box-unreadable');
    }
  });

  it.each(['', 'no json', 'null', '{"version":2}', '{"version":1,"source":"other","check":""}'])('is refused when its file is damaged: %j', async (text) => {
    await box(FILE);
    writeFileSync(place('box.json'), text);
    expect(await refusal(FILE)).toBe('crypto.box-unreadable');
  });
});

describe('the key file', () => {
  it.skipIf(onWindows)('is for its owner alone, and so is its folder', async () => {
    await box(FILE);
    for (const name of readdirSync(place('.'))) expect(statSync(place(name)).mode & 0o777).toBe(0o600);
    expect(statSync(place('.')).mode & 0o777).toBe(0o700);
    expect(readdirSync(place('.')).toSorted()).toEqual(['box.json', 'workspace.key']);
  });

  it.skipIf(onWindows).each([0o640, 0o604, 0o660])('is refused when others can read or write it (%o)', async (mode) => {
    await box(FILE);
    chmodSync(place('workspace.key'), mode);
    expect(await refusal(FILE)).toBe('crypto.key-file-open');
  });

  it.skipIf(onWindows)('is not followed when it is a link', async () => {
    await box(FILE);
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, readFileSync(place('workspace.key')), { mode: 0o600 });
    unlinkSync(place('workspace.key'));
    symlinkSync(elsewhere, place('workspace.key'));
    expect(await refusal(FILE)).toBe('crypto.key-file-failed');
  });

  it('is never made anew while sealed keys need the lost one', async () => {
    await box(FILE);
    unlinkSync(place('workspace.key'));
    expect(await refusal(FILE)).toBe('crypto.key-file-lost');
    expect(existsSync(place('workspace.key'))).toBe(false);
    writeFileSync(place('workspace.key'), 'cut', { mode: 0o600 });
    expect(await refusal(FILE)).toBe('crypto.key-file-damaged');
  });

  it('of a first start that was cut off is made again: nothing was sealed with it', async () => {
    await box(FILE);
    unlinkSync(place('box.json'));
    writeFileSync(place('workspace.key'), 'cut', { mode: 0o600 });
    expect(await refusal(FILE)).toBe('opened');
    expect(await refusal(FILE)).toBe('opened');
  });

  it('that was written whole before the cut is kept', async () => {
    await box(FILE);
    const key = readFileSync(place('workspace.key'), 'utf8');
    unlinkSync(place('box.json'));
    expect(await refusal(FILE)).toBe('opened');
    expect(readFileSync(place('workspace.key'), 'utf8')).toBe(key);
  });
});

describe('a new key', () => {
  it('has 32 random bytes for a passphrase and 16 for RFC 8188, in signs that rules, shells and XML leave alone', () => {
    expect(newKeyText('passphrase')).toMatch(/^[\w-]{43}$/);
    expect(newKeyText('ikm')).toMatch(/^[\w-]{22}$/);
    expect(newKeyText('ikm', 'hex')).toMatch(/^[0-9a-f]{32}$/);
    expect(newKeyText('passphrase')).not.toBe(newKeyText('passphrase'));
  });

  it('is known by the first 16 digits of its SHA-256', () => {
    // printf SecretPhrase1234 | sha256sum
    expect(fingerprintOf('SecretPhrase1234')).toBe('b937 ceff 9944 e6d7');
  });
});
