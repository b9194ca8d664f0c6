import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Protection } from '../../../common/values/protection.ts';
import { decodeAes128gcm, readIkm } from '../../../main/crypto/aes128gcm.ts';
import { opensslDecrypt } from '../../../main/crypto/openssl-container.ts';
import { protect } from '../../../main/crypto/protect.ts';

const XML = Buffer.from('<flat-profile><GPP_A>1</GPP_A></flat-profile>');
const as = (container: Protection['container'], more: Partial<Protection> = {}): Protection => ({ container, digest: 'md5', ikmForm: 'base64url', key: 'phone', ...more });
const bytesOf = (result: ReturnType<typeof protect>): Uint8Array => {
  if (!result.ok) throw new Error(result.failure.code);
  return result.value.bytes;
};

describe('a profile on its way out', () => {
  it('goes as it is without protection', () => {
    expect(protect(XML, as('none'), null)).toEqual({ ok: true, value: { bytes: XML, contentEncoding: null } });
  });

  it('is packed without needing a key, the same bytes each time', () => {
    const packed = bytesOf(protect(XML, as('gzip'), null));
    expect(gunzipSync(packed)).toEqual(XML);
    expect(bytesOf(protect(XML, as('gzip'), null))).toEqual(packed);
  });

  it('is packed first and encrypted then, as the phone undoes it', () => {
    const opened = opensslDecrypt(bytesOf(protect(XML, as('gzip-aes', { digest: 'sha256' }), 'key')), 'key', 'sha256');
    expect(opened.ok && gunzipSync(opened.value)).toEqual(XML);
  });

  it.each(['aes', 'gzip-aes', 'aes128gcm'] as const)('is the same bytes each time in %s, and has another salt for every text and key', (container) => {
    const sent = (text: string, key: string): string => Buffer.from(bytesOf(protect(Buffer.from(text), as(container, { ikmForm: 'text' }), key))).toString('hex');
    expect(sent('<a/>', 'key')).toBe(sent('<a/>', 'key'));
    const salts = [sent('<a/>', 'key'), sent('<b/>', 'key'), sent('<a/>', 'other')].map((hex) => hex.slice(0, 32));
    expect(new Set(salts).size).toBe(3);
  });

  it('tells HTTP its header only for aes128gcm, whose key is read in the chosen form', () => {
    const sent = protect(XML, as('aes128gcm', { ikmForm: 'hex' }), '000102030405060708090a0b0c0d0e0f');
    expect(sent).toMatchObject({ ok: true, value: { contentEncoding: 'aes128gcm' } });
    expect(decodeAes128gcm(bytesOf(sent), Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex'))).toEqual({ ok: true, value: XML });
  });

  it.each([
    ['aes', null, 'crypto.key-missing'],
    ['aes128gcm', null, 'crypto.key-missing'],
    ['gzip-aes', '', 'crypto.key-empty'],
    ['aes', 'key\n', 'crypto.key-control'],
    ['aes128gcm', 'not base64url!', 'crypto.ikm-form'],
  ] as const)('in %s with the key %j is refused', (container, key, code) => {
    expect(protect(XML, as(container), key)).toMatchObject({ ok: false, failure: { code } });
  });
});

describe('the text of an RFC 8188 key', () => {
  it.each([
    ['yqdlZ-tYemfogSmv7Ws5PQ', 'base64url', 'caa76567eb587a67e88129afed6b393d'],
    ['yqdlZ-tYemfogSmv7Ws5PQ==', 'base64url', 'caa76567eb587a67e88129afed6b393d'],
    ['yqdlZ+tYemfogSmv7Ws5PQ==', 'base64', 'caa76567eb587a67e88129afed6b393d'],
    ['CAA76567eb587a67e88129afed6b393d', 'hex', 'caa76567eb587a67e88129afed6b393d'],
    ['é', 'text', 'c3a9'],
  ] as const)('%s as %s is %s', (text, form, hex) => {
    expect(readIkm(text, form)).toEqual({ ok: true, value: Uint8Array.from(Buffer.from(hex, 'hex')) });
  });

  it.each([
    ['yqdlZ+tYemfogSmv7Ws5PQ', 'base64url'],
    ['yqdlZ-tYemfogSmv7Ws5PQ', 'base64'],
    ['abc', 'hex'],
    ['abcde', 'base64'],
    ['ab cd', 'base64url'],
  ] as const)('%s is not %s', (text, form) => {
    expect(readIkm(text, form)).toMatchObject({ ok: false, failure: { code: 'crypto.ikm-form', params: { form } } });
  });
});
