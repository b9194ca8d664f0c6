import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTAINERS, IKM_FORMS } from '../../../common/values/protection.ts';
import { decodeAes128gcm, encodeAes128gcm } from '../../../main/crypto/aes128gcm.ts';
import { gunzip, gzip } from '../../../main/crypto/gzip.ts';
import { readIkm } from '../../../main/crypto/ikm.ts';
import { opensslDecrypt, opensslEncrypt } from '../../../main/crypto/openssl-container.ts';
import { protect } from '../../../main/crypto/protect.ts';
import { createSecretBox } from '../../../main/crypto/secret-box.ts';
import { unprotect } from '../../../main/crypto/unprotect.ts';

const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
const digest = fc.constantFrom('md5', 'sha256');
const key = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((text) => !/\p{Cc}/u.test(text));
const xml = fc.string({ maxLength: 200 }).map((text) => Buffer.from(`<flat-profile><GPP_A>${text.replaceAll(/[<&>\u0000-\u001f]/g, '.')}</GPP_A></flat-profile>`));

describe('every container', () => {
  it('gives back what was put in', () => {
    fc.assert(fc.property(bytes(200), key, digest, (plain, passphrase, how) => {
      const opened = opensslDecrypt(opensslEncrypt(plain, passphrase, how), passphrase, how);
      expect(opened.ok && Buffer.from(plain).equals(opened.value)).toBe(true);
    }), { numRuns: 500 });
    fc.assert(fc.property(bytes(400), bytes(40), fc.integer({ min: 18, max: 500 }), fc.string({ maxLength: 20 }), (plain, ikm, recordSize, keyId) => {
      const opened = decodeAes128gcm(encodeAes128gcm(plain, ikm, { recordSize, keyId }), ikm);
      expect(opened.ok && Buffer.from(plain).equals(opened.value)).toBe(true);
    }), { numRuns: 500 });
    fc.assert(fc.property(bytes(1000), (plain) => {
      const opened = gunzip(gzip(plain), 1000);
      expect(opened.ok && Buffer.from(plain).equals(opened.value)).toBe(true);
    }), { numRuns: 200 });
  });

  it('of a profile is opened as a report is, whatever the other keys', () => {
    fc.assert(fc.property(xml, key, digest, fc.constantFrom(...CONTAINERS), fc.array(key, { maxLength: 5 }), (text, own, how, container, others) => {
      const sent = protect(text, { container, digest: how, ikmForm: 'text', key: 'phone' }, own);
      expect(sent.ok).toBe(true);
      if (!sent.ok) return;
      const passphrases = [...others, own];
      const ikms = passphrases.map((each) => Buffer.from(each));
      const opened = unprotect(sent.value.bytes, { passphrases, ikms, aes128gcm: sent.value.contentEncoding !== null }, 100_000);
      expect(opened.ok && Buffer.from(text).equals(opened.value.xml)).toBe(true);
    }), { numRuns: 300 });
  });

  it('survives any bytes', () => {
    fc.assert(fc.property(bytes(300), key, fc.constantFrom('', 'Salted__', '\u001f\u008b\b', '<'), fc.boolean(), (junk, passphrase, start, aes128gcm) => {
      const file = Buffer.concat([Buffer.from(start, 'latin1'), junk]);
      opensslDecrypt(file, passphrase, 'md5');
      expect(decodeAes128gcm(file, Buffer.from(passphrase)).ok).toBe(false);
      const opened = unprotect(file, { passphrases: [passphrase], ikms: [junk], aes128gcm }, 10_000);
      // What begins with `<` passes as XML: the caller's parser says more about it.
      if (opened.ok) expect(opened.value).toMatchObject({ encrypted: null, key: null });
    }), { numRuns: 2_000 });
  });
});

describe('RFC 8188', () => {
  it('never opens after one bit was changed, or bytes were cut off or added', () => {
    const ikm = Buffer.alloc(16, 3);
    fc.assert(fc.property(bytes(120), fc.integer({ min: 18, max: 200 }), fc.nat(), fc.integer({ min: 0, max: 7 }), fc.integer({ min: 1, max: 60 }), (plain, recordSize, at, bit, cut) => {
      const coded = Buffer.from(encodeAes128gcm(plain, ikm, { recordSize, keyId: 'k' }));
      const turned = Buffer.from(coded);
      const place = at % coded.length;
      turned[place] = (turned[place] ?? 0) ^ (1 << bit);
      // The key id is a hint for the reader and in no tag; a record size above the only record's length changes nothing.
      const isHint = place === 21 || (place >= 16 && place < 20 && plain.length + 17 <= recordSize);
      if (!isHint) expect(decodeAes128gcm(turned, ikm).ok).toBe(false);
      expect(decodeAes128gcm(coded.subarray(0, Math.max(0, coded.length - cut)), ikm).ok).toBe(false);
      expect(decodeAes128gcm(Buffer.concat([coded, Buffer.alloc(cut)]), ikm).ok).toBe(false);
    }), { numRuns: 2_000 });
  });

  it('reads a key in its form or refuses it, never half', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.constantFrom('base64url', 'base64', 'hex'), (secret, form) => {
      expect(readIkm(Buffer.from(secret).toString(form), form)).toEqual({ ok: true, value: Uint8Array.from(secret) });
    }));
    fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }), fc.constantFrom(...IKM_FORMS), (text, form) => {
      const read = readIkm(text, form);
      if (!read.ok || form === 'text') return;
      const again = Buffer.from(read.value).toString(form);
      expect(again.toLowerCase().replaceAll('=', '').slice(0, -1)).toBe(text.toLowerCase().replaceAll('=', '').slice(0, -1));
    }));
  });
});

describe('a sealed secret', () => {
  const box = createSecretBox(Buffer.alloc(32, 5));

  it('comes back in its own place, and nowhere else', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (text, context, other) => {
      const sealed = box.seal(text, context);
      expect(box.open(sealed, context)).toEqual({ ok: true, value: text });
      if (other !== context) expect(box.open(sealed, other).ok).toBe(false);
    }));
  });

  it('never opens after one sign was changed', () => {
    fc.assert(fc.property(fc.string({ maxLength: 30 }), fc.nat(), fc.constantFrom(...'ABCXYZabcxyz0189-_'), (text, at, sign) => {
      const sealed = box.seal(text, 'key:1');
      const place = at % sealed.length;
      const changed = sealed.slice(0, place) + sign + sealed.slice(place + 1);
      // The last sign of base64 carries bits that no byte uses.
      const isSame = Buffer.from(changed.slice(3), 'base64url').equals(Buffer.from(sealed.slice(3), 'base64url')) && changed.startsWith('v1.');
      if (!isSame) expect(box.open(changed, 'key:1').ok).toBe(false);
    }), { numRuns: 500 });
  });
});
