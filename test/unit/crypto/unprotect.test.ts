import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeAes128gcm } from '../../../main/crypto/aes128gcm.ts';
import { opensslEncrypt } from '../../../main/crypto/openssl-container.ts';
import { unprotect } from '../../../main/crypto/unprotect.ts';

const XML = Buffer.from('<device><flat-profile><GPP_A>1</GPP_A></flat-profile></device>');
const NONE = { passphrases: [], ikms: [], aes128gcm: false };
const IKM = Buffer.alloc(16, 9);
const CAP = 1_000_000;

describe('what a phone sends', () => {
  it('is recognised by its first bytes', () => {
    const plain = { xml: XML, encrypted: null, digest: null, key: null };
    expect(unprotect(XML, NONE, CAP)).toEqual({ ok: true, value: { ...plain, gzip: false } });
    expect(unprotect(gzipSync(XML), NONE, CAP)).toEqual({ ok: true, value: { ...plain, gzip: true } });
    const marked = Buffer.concat([Buffer.from('\ufeff \n'), XML]);
    expect(unprotect(marked, NONE, CAP)).toMatchObject({ ok: true, value: { xml: marked } });
  });

  it('is opened by whichever known passphrase and digest fit', () => {
    const keys = { ...NONE, passphrases: ['first', 'second'] };
    expect(unprotect(opensslEncrypt(XML, 'second', 'sha256'), keys, CAP)).toEqual({ ok: true, value: { xml: XML, encrypted: 'aes', digest: 'sha256', gzip: false, key: 1 } });
    expect(unprotect(opensslEncrypt(gzipSync(XML), 'first', 'md5'), keys, CAP)).toEqual({ ok: true, value: { xml: XML, encrypted: 'aes', digest: 'md5', gzip: true, key: 0 } });
  });

  it('is decoded as RFC 8188 when its header says so, and only then', () => {
    // A salt by chance begins with `<` once in 256 times, and would be taken for text.
    const coded = encodeAes128gcm(gzipSync(XML), IKM, { salt: Buffer.alloc(16, 1) });
    const ikms = [Buffer.alloc(16), IKM];
    expect(unprotect(coded, { ...NONE, ikms, aes128gcm: true }, CAP)).toEqual({ ok: true, value: { xml: XML, encrypted: 'aes128gcm', digest: null, gzip: true, key: 1 } });
    expect(unprotect(coded, { ...NONE, ikms }, CAP)).toMatchObject({ ok: false, failure: { code: 'crypto.unknown-content' } });
  });

  it('with a right key and a changed record is called changed, whatever other keys are tried', () => {
    const coded = Buffer.from(encodeAes128gcm(XML, IKM, { recordSize: 40 }));
    coded[coded.length - 1] = (coded.at(-1) ?? 0) ^ 1;
    expect(unprotect(coded, { ...NONE, ikms: [IKM, Buffer.alloc(16)], aes128gcm: true }, CAP)).toMatchObject({ ok: false, failure: { code: 'crypto.ece-record', params: { record: 3 } } });
  });

  it('may be broken XML: a long clean text proves the key as well', () => {
    const broken = Buffer.from(`<device>${'a bare & in a long text '.repeat(10)}</device>`);
    expect(unprotect(opensslEncrypt(broken, 'k', 'md5'), { ...NONE, passphrases: ['k'] }, CAP)).toMatchObject({ ok: true, value: { xml: broken } });
  });

  it.each([
    ['encrypted with an unknown key', opensslEncrypt(XML, 'other', 'md5'), { ...NONE, passphrases: ['k'] }, 'crypto.wrong-key'],
    ['encrypted and no key known', opensslEncrypt(XML, 'other', 'md5'), NONE, 'crypto.key-missing'],
    ['cut in a block', opensslEncrypt(XML, 'k', 'md5').subarray(0, 50), { ...NONE, passphrases: ['k'] }, 'crypto.cut-block'],
    ['coded and no key known', encodeAes128gcm(XML, IKM), { ...NONE, aes128gcm: true }, 'crypto.key-missing'],
    ['coded with an unknown key', encodeAes128gcm(XML, IKM), { ...NONE, ikms: [Buffer.alloc(16)], aes128gcm: true }, 'crypto.ece-first'],
    ['cut gzip', gzipSync(XML).subarray(0, 30), NONE, 'crypto.gzip-damaged'],
    ['gzip with bytes behind it', Buffer.concat([gzipSync(XML), Buffer.from('x')]), NONE, 'crypto.gzip-damaged'],
    ['no XML', Buffer.from('hello'), NONE, 'crypto.unknown-content'],
    ['empty', Buffer.alloc(0), NONE, 'crypto.unknown-content'],
    ['gzip of no XML', gzipSync('hello'), NONE, 'crypto.unknown-content'],
  ])('is refused when it is %s', (_, file, keys, code) => {
    expect(unprotect(file, keys, CAP)).toMatchObject({ ok: false, failure: { code } });
  });

  it('is refused at the limit, not unpacked: 100 MB of blanks in 100 KB, encrypted or not', () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000, ' '));
    expect(bomb.length).toBeLessThan(150_000);
    const before = process.memoryUsage().arrayBuffers;
    const failure = { ok: false, failure: { code: 'crypto.unpacks-too-large', params: { limit: CAP } } };
    expect(unprotect(bomb, NONE, CAP)).toEqual(failure);
    expect(unprotect(opensslEncrypt(bomb, 'k', 'md5'), { ...NONE, passphrases: ['k'] }, CAP)).toEqual(failure);
    expect(unprotect(encodeAes128gcm(bomb, IKM), { ...NONE, ikms: [IKM], aes128gcm: true }, CAP)).toEqual(failure);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });
});
