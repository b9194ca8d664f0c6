import { describe, expect, it } from 'vitest';
import { examineFile } from '../../../main/crypto/doctor.ts';
import { deriveKey, opensslDecrypt, opensslEncrypt } from '../../../main/crypto/openssl-container.ts';

/** Written by OpenSSL 3.0.19, `openssl enc -aes-256-cbc` with the options beside each; the MD5 one with this salt by an earlier run with `-S`. */
const XML = '<flat-profile><GPP_A>12345678</GPP_A></flat-profile>\n';
const PASSPHRASE = 'SecretPhrase1234';
const SALT = Buffer.from('0102030405060708', 'hex');
const WITH_MD5 =
  '53616c7465645f5f0102030405060708996f307f2b5c6dd1953d01930c7a4389f93f02df5323eb0fc6be7be9649ed2bc0f2c85bdc25871caa8d546fa5f36136a2e5a77ca2624be60a97a7a28cadfbef6';
/** -pbkdf2 -k SecretPhrase1234 */
const WITH_PBKDF2 =
  '53616c7465645f5f562da4156aa9e286e47d79b3d13f2c036d1e4922f7f75b10c9badab86322f5b7b1831103fd9a2046b2b9ba787c7718e92558e3e56c90c275ef693e99e58bf28f159c2784eac9c1c4';
/** gzip -9n before, -md sha256 -k Schlüssel in UTF-8 */
const GZIP_SHA256 =
  '53616c7465645f5f133bba63c07b12675eb7cd2f3e66e8f0c2670f216ca5f18b7a02eaa97f6d537892fbb3be3861db35568c4f62dfcf11664d7a03586acd37296ab9478cbcb219c484198306c5633893';
/** -K RAW_KEY -iv 0: no header */
const WITH_RAW_KEY =
  '93942d89f6436805fb7aa073b646b58f300182f112d18509436d47b9a5352e2eee01b816c0ccc4ae90ce794a32de33b4c316d0b75d0de9c55937f4fe4116ea52';
const RAW_KEY = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
/** -a -md md5 -k SecretPhrase1234 */
const WITH_BASE64 = 'U2FsdGVkX1+tfZYCGoycEt9vz2yjcYX7P2wPp6QxjRgADnoGz+MTHF7Q+2H8N+6u\nFAno4aU/ln7Sbt8ui+nGyyRWg8SkHl+CbZSIMJbfwsI=\n';

describe('the container of openssl enc', () => {
  it.each([
    ['md5', '75618538a4502fa7161d6dc303f2a1f1c0ee19362ee647e725505c3c52364c82', '04ca41f7b4e382da569224b0c61b445a'],
    ['sha256', 'ec2a2d45a836181f7fa96d7e6204d9c24cd45ff1e1062e3b2dae7e7baa7d63a8', 'e10dd0d54aefddc59586871b1a7bd83c'],
  ] as const)('has the key and vector that openssl prints with -p for %s', (digest, key, iv) => {
    const derived = deriveKey(Buffer.from(PASSPHRASE), SALT, digest);
    expect(Buffer.from(derived.key).toString('hex')).toBe(key);
    expect(Buffer.from(derived.iv).toString('hex')).toBe(iv);
  });

  it('is written as openssl writes it, byte for byte', () => {
    expect(Buffer.from(opensslEncrypt(Buffer.from(XML), PASSPHRASE, 'md5', SALT)).toString('hex')).toBe(WITH_MD5);
  });

  it('is opened', () => {
    expect(opensslDecrypt(Buffer.from(WITH_MD5, 'hex'), PASSPHRASE, 'md5')).toEqual({ ok: true, value: Buffer.from(XML) });
  });
});

describe('the key doctor on files of openssl', () => {
  const examine = (file: Uint8Array, key: string) => {
    const { verdict, unpacked } = examineFile(file, key);
    return { ...verdict, text: unpacked && Buffer.from(unpacked).toString() };
  };

  it('tells the digest', () => {
    expect(examine(Buffer.from(WITH_MD5, 'hex'), PASSPHRASE)).toMatchObject({
      verdict: 'opened', text: XML, accidents: [], layers: [{ kind: 'salted', salt: '0102030405060708', digest: 'md5' }, { kind: 'xml', root: 'flat-profile', elements: 2 }],
    });
  });

  it('tells gzip inside, and takes a passphrase as its UTF-8 bytes', () => {
    expect(examine(Buffer.from(GZIP_SHA256, 'hex'), 'Schlüssel')).toMatchObject({
      verdict: 'opened', text: XML, layers: [{ kind: 'salted', digest: 'sha256' }, { kind: 'gzip' }, { kind: 'xml' }],
      openssl: 'openssl enc -d -aes-256-cbc -md sha256 -kfile KEY.txt -in FILE | gunzip',
    });
  });

  it('tells PBKDF2, which no phone takes', () => {
    expect(examine(Buffer.from(WITH_PBKDF2, 'hex'), PASSPHRASE)).toMatchObject({
      verdict: 'opened-otherwise', code: 'doctor.opened-pbkdf2-sha256', text: XML, layers: [{ kind: 'salted', digest: 'pbkdf2-sha256' }, { kind: 'xml' }],
    });
  });

  it('tells a raw key without a header', () => {
    expect(examine(Buffer.from(WITH_RAW_KEY, 'hex'), RAW_KEY)).toMatchObject({
      verdict: 'opened-otherwise', code: 'doctor.opened-raw-key', text: XML, layers: [{ kind: 'salted', salt: '', digest: 'raw-key' }, { kind: 'xml' }],
    });
  });

  it('tells base64 around it', () => {
    expect(examine(Buffer.from(WITH_BASE64), PASSPHRASE)).toMatchObject({
      verdict: 'opened-otherwise', code: 'doctor.opened-base64', text: XML, layers: [{ kind: 'base64' }, { kind: 'salted', digest: 'md5' }, { kind: 'xml' }],
    });
  });
});
