import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { english } from '../../../common/contract/sentences/en.ts';
import { encodeAes128gcm } from '../../../main/crypto/aes128gcm.ts';
import { examineFile } from '../../../main/crypto/doctor.ts';
import { opensslEncrypt } from '../../../main/crypto/openssl-container.ts';

const LINES = Array.from({ length: 20 }, (_, index) => `  <Line_Enable_${index}_ ua="na">Yes</Line_Enable_${index}_>\n`).join('');
const XML = Buffer.from(`<flat-profile>\n${LINES}</flat-profile>\n`);
const KEY = 'SecretPhrase1234';
const IKM = Buffer.alloc(16, 7);
const AES = Buffer.from(opensslEncrypt(XML, KEY, 'md5'));
const ECE = Buffer.from(encodeAes128gcm(XML, IKM, { recordSize: 200, keyId: 'a1' }));
const ECE_KEY = IKM.toString('base64url');

function examine(file: Uint8Array, key: string | null) {
  const { verdict, plain, unpacked } = examineFile(file, key);
  expect(Object.keys(english)).toContain(verdict.code);
  return { ...verdict, plain: plain && Buffer.from(plain), unpacked: unpacked && Buffer.from(unpacked) };
}

function turned(file: Buffer, at: number): Buffer {
  const copy = Buffer.from(file);
  copy[at] = (copy[at] ?? 0) ^ 0x20;
  return copy;
}

describe('the key doctor', () => {
  it('opens a file with the key as typed', () => {
    expect(examine(AES, KEY)).toMatchObject({ verdict: 'opened', code: 'doctor.opened', params: { digest: 'md5' }, accidents: [], plain: XML, unpacked: XML });
  });

  it('says what it had to change in the key', () => {
    expect(examine(AES, `“${KEY}”\n`)).toMatchObject({ verdict: 'opened-otherwise', accidents: ['newline-removed', 'quotes-removed'], unpacked: XML });
  });

  it('hands out both what was encrypted and what is in its gzip', () => {
    const packed = gzipSync(XML);
    expect(examine(opensslEncrypt(packed, KEY, 'sha256'), KEY)).toMatchObject({ verdict: 'opened', plain: packed, unpacked: XML });
  });

  it('reads an RFC 8188 key in the form that fits', () => {
    for (const [key, form] of [[IKM.toString('hex'), 'hex'], [ECE_KEY, 'base64url']] as const) {
      expect(examine(ECE, key)).toMatchObject({ verdict: 'opened', code: 'doctor.opened-ece', params: { form }, layers: [{ kind: 'aes128gcm', recordSize: 200, keyId: 'a1' }, { kind: 'xml' }], unpacked: XML });
    }
    expect(examine(encodeAes128gcm(XML, Buffer.from('plain text')), 'plain text \n')).toMatchObject({ verdict: 'opened-otherwise', params: { form: 'text' }, unpacked: XML });
  });

  it('tells encryption from the outside where it can', () => {
    expect(examine(AES, null)).toMatchObject({ verdict: 'needs-key', code: 'doctor.needs-key', plain: null, unpacked: null });
    expect(examine(ECE, null)).toMatchObject({ verdict: 'needs-key', code: 'doctor.needs-ikm', plain: null });
  });

  it('tells what is not encrypted', () => {
    expect(examine(XML, KEY)).toMatchObject({ verdict: 'not-encrypted', code: 'doctor.plain-xml', unpacked: XML });
    expect(examine(gzipSync(XML), null)).toMatchObject({ verdict: 'not-encrypted', code: 'doctor.plain-gzip', unpacked: XML });
    expect(examine(Buffer.from('<a><b></a>'), KEY)).toMatchObject({ verdict: 'not-encrypted', code: 'doctor.malformed', params: { line: 1 } });
  });

  it.each([
    ['a wrong key', AES, 'nope', 'wrong-key', 'doctor.wrong-key'],
    ['a wrong RFC 8188 key', ECE, 'nope', 'wrong-key', 'doctor.wrong-ikm'],
    ['a file cut in a block, without key', AES.subarray(0, 500), null, 'damaged', 'doctor.cut'],
    ['a file cut in a block, with a wrong key', AES.subarray(0, 500), 'nope', 'damaged', 'doctor.cut'],
    ['a file cut in a block', AES.subarray(0, 500), KEY, 'damaged', 'doctor.fits-cut'],
    ['a file that lost its last blocks', AES.subarray(0, 512), KEY, 'damaged', 'doctor.fits-end'],
    ['a changed byte', turned(AES, 200), KEY, 'damaged', 'doctor.fits-malformed'],
    ['a changed first block', turned(AES, 17), KEY, 'damaged', 'doctor.fits-start'],
    ['a changed byte in gzip', turned(Buffer.from(opensslEncrypt(gzipSync(XML), KEY, 'md5')), 80), KEY, 'damaged', 'doctor.fits-gzip'],
    ['broken XML', opensslEncrypt(Buffer.from(`<a>${'text '.repeat(50)}</b>`), KEY, 'md5'), KEY, 'damaged', 'doctor.fits-malformed'],
    ['a header alone', AES.subarray(0, 16), KEY, 'damaged', 'doctor.cut'],
    ['half a salt', AES.subarray(0, 12), KEY, 'damaged', 'doctor.cut'],
    ['an encrypted nothing', opensslEncrypt(Buffer.alloc(0), KEY, 'md5'), KEY, 'wrong-key', 'doctor.wrong-key'],
    ['an encrypted word', opensslEncrypt(Buffer.from('hello'), KEY, 'md5'), KEY, 'wrong-key', 'doctor.wrong-key'],
    ['a changed record', turned(ECE, 300), ECE_KEY, 'damaged', 'doctor.ece-record'],
    ['a missing last record', ECE.subarray(0, 23 + 400), ECE_KEY, 'damaged', 'doctor.ece-cut'],
    ['a cut gzip', gzipSync(XML).subarray(0, 60), null, 'damaged', 'doctor.gzip-damaged'],
    ['an empty file', Buffer.alloc(0), KEY, 'unknown', 'doctor.empty'],
    ['a text', Buffer.from('hello, this is no profile'), KEY, 'unknown', 'doctor.unknown'],
  ] as const)('hands out nothing of %s', (_, file, key, verdict, code) => {
    const found = examine(file, key);
    expect(found).toMatchObject({ verdict, code, unpacked: null, openssl: null });
    if (verdict !== 'damaged') expect(found.plain).toBeNull();
  });

  it('knows a file without header for what it may be', () => {
    expect(examine(AES.subarray(16), KEY)).toMatchObject({ verdict: 'unknown', code: 'doctor.perhaps-headless', plain: null });
  });

  it('undoes what was packed after encryption, and says that phones do not', () => {
    expect(examine(gzipSync(AES), KEY)).toMatchObject({ verdict: 'opened-otherwise', code: 'doctor.opened-wrong-order', layers: [{ kind: 'gzip' }, { kind: 'salted' }, { kind: 'xml' }], unpacked: XML });
  });

  it('tries RFC 8188 although a random salt begins as XML does', () => {
    const coded = encodeAes128gcm(XML, IKM, { salt: Buffer.from('<a random salt!>') });
    expect(examine(coded, ECE_KEY)).toMatchObject({ verdict: 'opened', unpacked: XML });
    expect(examine(coded, 'nope')).toMatchObject({ verdict: 'wrong-key', plain: null });
  });

  it('unpacks to the limit and no further', () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000, ' '));
    expect(examine(bomb, null)).toMatchObject({ verdict: 'not-encrypted', code: 'doctor.too-large', params: { limit: 8 * 1024 * 1024 }, unpacked: null });
    expect(examine(opensslEncrypt(bomb, KEY, 'md5'), KEY)).toMatchObject({ verdict: 'opened', code: 'doctor.too-large-inside', unpacked: null });
  });

  it('leaves elements nested without end alone after the first thousand', () => {
    expect(examine(Buffer.from('<a>'.repeat(2_000_000)), KEY)).toMatchObject({ verdict: 'not-encrypted', code: 'doctor.malformed', params: { line: 1 } });
    const nested = Buffer.from(`${'<a>'.repeat(900)}${'</a>'.repeat(900)}`);
    expect(examine(opensslEncrypt(nested, KEY, 'md5'), KEY)).toMatchObject({ verdict: 'opened', unpacked: nested });
  });

  it('opens text of other encodings', () => {
    const latin = Buffer.from('<a>é</a>', 'latin1');
    const wide = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from('<a>é</a>', 'utf16le')]);
    for (const text of [latin, wide]) expect(examine(opensslEncrypt(text, KEY, 'md5'), KEY)).toMatchObject({ verdict: 'opened', unpacked: text });
  });
});
