import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { examineFile } from '../../../main/crypto/doctor.ts';
import { gunzip, gzip } from '../../../main/crypto/gzip.ts';
import { deriveKey, opensslDecrypt, opensslEncrypt } from '../../../main/crypto/openssl-container.ts';
import { protect } from '../../../main/crypto/protect.ts';
import { junkOf } from '../../support/junk.ts';

const CLI = join(import.meta.dirname, '../../../main/cli/dialbench.ts');
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const hasGzip = spawnSync('gzip', ['--version']).status === 0;
if (!hasOpenssl) console.warn('openssl is not installed: what is checked against it is skipped');
if (!hasGzip) console.warn('gzip is not installed: what is checked against it is skipped');

const folder = mkdtempSync(join(tmpdir(), 'dialbench-programs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bytes in, bytes out; the key travels in the environment, as UTF-8. */
function run(program: string, args: readonly string[], input: Uint8Array, key = ''): Buffer {
  const { status, stdout, stderr } = spawnSync(program, args, { input, env: { ...process.env, KEY: key }, maxBuffer: 2 ** 25 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr.toString()}`);
  return stdout;
}
const enc = (...args: readonly string[]): readonly string[] => ['enc', '-aes-256-cbc', ...args, '-pass', 'env:KEY'];

const XML = Buffer.from('<flat-profile><GPP_A>12345678</GPP_A></flat-profile>\n');
const SIZES = [0, 1, 15, 16, 17, 31, 32, 4096, 1_000_000];
const KEYS = ['SecretPhrase1234', 'a', ' with blanks ', '"quoted"', 'Schlüssel 密码', 'x'.repeat(200), '0123456789abcdef0123456789abcdef'];

describe.skipIf(!hasOpenssl)('beside the openssl program', () => {
  it.each(['md5', 'sha256'] as const)('files go both ways with %s', (digest) => {
    for (const size of SIZES) {
      const plain = junkOf(size, size);
      expect(run('openssl', enc('-d', '-md', digest), opensslEncrypt(plain, 'SecretPhrase1234', digest), 'SecretPhrase1234').equals(plain)).toBe(true);
      const back = opensslDecrypt(run('openssl', enc('-md', digest), plain, 'SecretPhrase1234'), 'SecretPhrase1234', digest);
      expect(back.ok && plain.equals(back.value)).toBe(true);
    }
  });

  it.each(KEYS)('a passphrase is its UTF-8 bytes: %j', (key) => {
    for (const digest of ['md5', 'sha256'] as const) {
      expect(run('openssl', enc('-d', '-md', digest), opensslEncrypt(XML, key, digest), key)).toEqual(XML);
      expect(opensslDecrypt(run('openssl', enc('-md', digest), XML, key), key, digest)).toEqual({ ok: true, value: XML });
    }
  });

  it('key and vector for a salt are those that it prints', () => {
    for (const [seed, digest] of [[1, 'md5'], [2, 'sha256'], [3, 'md5']] as const) {
      const salt = junkOf(seed, 8);
      const printed = run('openssl', [...enc('-md', digest), '-P', '-S', salt.toString('hex')], Buffer.alloc(0), 'a key').toString();
      const { key, iv } = deriveKey(Buffer.from('a key'), salt, digest);
      expect(printed).toContain(`key=${Buffer.from(key).toString('hex').toUpperCase()}`);
      expect(printed).toContain(`iv =${Buffer.from(iv).toString('hex').toUpperCase()}`);
    }
  });

  it('what it writes with -S has the same ciphertext', () => {
    const salt = junkOf(9, 8);
    const ours = Buffer.from(opensslEncrypt(XML, 'key', 'md5', salt));
    const theirs = run('openssl', [...enc('-md', 'md5'), '-S', salt.toString('hex')], XML, 'key');
    // OpenSSL 3 leaves the header out when the salt is given, 1.1 does not.
    expect([ours.toString('hex'), ours.subarray(16).toString('hex')]).toContain(theirs.toString('hex'));
    expect(examineFile(theirs, 'key').verdict.verdict).toBe(theirs.length === ours.length ? 'opened' : 'unknown');
  });

  it.each([
    ['-pbkdf2', [], 'doctor.opened-pbkdf2-sha256'],
    ['-a', ['-md', 'md5'], 'doctor.opened-base64'],
    ['-salt', ['-md', 'sha256'], 'doctor.opened'],
  ] as const)('the doctor knows its option %s', (option, more, code) => {
    const { verdict, unpacked } = examineFile(run('openssl', enc(option, ...more), XML, 'key'), 'key');
    expect([verdict.code, unpacked && Buffer.from(unpacked)]).toEqual([code, XML]);
  });

  it('the command that the doctor names gives the same', () => {
    const files = [
      run('openssl', enc('-md', 'md5'), XML, 'key'), run('openssl', enc('-md', 'sha256'), gzip(XML), 'key'), run('openssl', enc('-pbkdf2'), XML, 'key'),
      run('openssl', enc('-a', '-md', 'md5'), XML, 'key'), Buffer.from(gzip(run('openssl', enc('-md', 'md5'), XML, 'key'))),
    ];
    writeFileSync(join(folder, 'KEY.txt'), 'key\n');
    for (const file of files) {
      const { openssl } = examineFile(file, 'key').verdict;
      writeFileSync(join(folder, 'FILE'), file);
      const { stdout } = spawnSync('sh', ['-c', openssl ?? 'false'], { cwd: folder });
      expect(stdout).toEqual(XML);
    }
  });

  it('a profile packed and encrypted for a phone is what openssl and gunzip undo', () => {
    const sent = protect(XML, { container: 'gzip-aes', digest: 'md5', ikmForm: 'text', key: 'phone' }, 'key');
    expect(sent.ok).toBe(true);
    if (sent.ok) expect(run('gunzip', ['-c'], run('openssl', enc('-d', '-md', 'md5'), sent.value.bytes, 'key'))).toEqual(XML);
  });

  it('the command line reads the file from standard input and the key from a file', () => {
    writeFileSync(join(folder, 'key'), 'key\r\n');
    const args = ['--disable-warning=ExperimentalWarning', CLI, 'profile', 'decrypt', '-', '--key-file', join(folder, 'key')];
    expect(run(process.execPath, args, run('openssl', enc('-md', 'sha256'), XML, 'key'))).toEqual(XML);
  });
});

describe.skipIf(!hasGzip)('beside the gzip program', () => {
  it('files go both ways, at every level', () => {
    for (const size of SIZES) {
      const plain = Buffer.from(junkOf(size, size).map((byte) => byte & 0x0f));
      expect(run('gunzip', ['-c'], gzip(plain)).equals(plain)).toBe(true);
      for (const level of ['-1', '-6', '-9']) {
        const back = gunzip(run('gzip', ['-c', level], plain), 1_000_000);
        expect(back.ok && plain.equals(back.value)).toBe(true);
      }
    }
  });

  it('a packed file with its name, and two in a row, are read as gunzip reads them', () => {
    writeFileSync(join(folder, 'named.xml'), XML);
    run('gzip', ['-kf', join(folder, 'named.xml')], Buffer.alloc(0));
    const packed = readFileSync(join(folder, 'named.xml.gz'));
    expect(gunzip(packed, 1000)).toEqual({ ok: true, value: XML });
    const twice = Buffer.concat([packed, packed]);
    expect(gunzip(twice, 1000)).toEqual({ ok: true, value: run('gunzip', ['-c'], twice) });
  });

  it('what gzip -t refuses is refused', () => {
    const packed = Buffer.from(gzip(XML));
    for (let at = 10; at < packed.length; at += 1) {
      const broken = Buffer.from(packed);
      broken[at] = (broken[at] ?? 0) ^ 0x41;
      if (spawnSync('gzip', ['-t'], { input: broken }).status !== 0) expect(gunzip(broken, 1000).ok).toBe(false);
      if (at % 7 === 0) expect(gunzip(packed.subarray(0, at), 1000).ok).toBe(false);
    }
  });
});
