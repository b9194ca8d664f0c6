import { describe, expect, it } from 'vitest';
import { pemBlocks, readPrivateKey } from '../../../../main/crypto/pki/pem.ts';

/** Written by OpenSSL 3.0.19: `openssl ecparam -genkey -name prime256v1 -noout | openssl ec -aes256 -passout pass:test`. It opens nothing. */
const TRADITIONAL = `-----BEGIN EC PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-256-CBC,131C4FAFF8AC6798849E506856E25994

f6234kipJx0MWPqNgf0qHqxA46SgxlpN7Odd0Jf5eQVWh19VHBsUEpJGg24RXtQz
9csgozOTIP+loII3sMHy8+1Jyr9MSNlbm22dAIqCHvmhxnG3UOZ3Q3jHq3k7oD6+
fLUO0GTqOYOkyl8GOR/Fl8xx/0r/ZUmVQ91EMyNzlSQ=
-----END EC PRIVATE KEY-----
`;

describe('a private key in a text', () => {
  it.each([
    ['by OpenSSL', TRADITIONAL],
    ['with line ends of Windows', TRADITIONAL.replaceAll('\n', '\r\n')],
    ['behind a mail that is full of dashes', `-- \n----- Forwarded -----\n${TRADITIONAL}`],
    ['as PKCS 8', '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n'],
  ])('that is locked with a passphrase is told as locked, not as missing: %s', (_how, text) => {
    expect(readPrivateKey(text)).toMatchObject({ ok: false, failure: { code: 'pki.key-encrypted' } });
  });

  it('is missing where there is none, and unreadable where its base64 is none', () => {
    expect(readPrivateKey('no key')).toEqual({ ok: true, value: null });
    expect(readPrivateKey('-----BEGIN PRIVATE KEY-----\nENCRYPTED\n-----END PRIVATE KEY-----')).toMatchObject({ ok: false, failure: { code: 'pki.key-unreadable' } });
  });
});

describe('blocks of a text', () => {
  it('begin anew where one is never closed', () => {
    expect(pemBlocks(`-----BEGIN CERTIFICATE-----\nAAAA\n-----BEGIN CERTIFICATE-----\nBBBB\n-----END CERTIFICATE-----`, /CERT/)).toEqual([
      '-----BEGIN CERTIFICATE-----\nBBBB\n-----END CERTIFICATE-----',
    ]);
  });

  it('of a hostile text end in time', { timeout: 10_000 }, () => {
    expect(pemBlocks(`-----BEGIN A-----${'a'.repeat(15_000)}`.repeat(300), /./)).toEqual([]);
    expect(pemBlocks('-----BEGIN A-----'.repeat(200_000), /./)).toEqual([]);
    expect(pemBlocks('-'.repeat(2_000_000), /./)).toEqual([]);
  });
});
