import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeAes128gcm } from '../../../main/crypto/aes128gcm.ts';
import { examineFile } from '../../../main/crypto/doctor.ts';
import { tryKey } from '../../../main/crypto/doctor/open-salted.ts';
import { gzip } from '../../../main/crypto/gzip.ts';
import { deriveKey, opensslEncrypt, splitContainer } from '../../../main/crypto/openssl-container.ts';

const LINES = Array.from({ length: 20 }, (_, index) => `  <Line_Enable_${index}_ ua="na">Yes</Line_Enable_${index}_>\n`).join('');
const PROFILE = Buffer.from(`<flat-profile>\n${LINES}</flat-profile>\n`);
const KEY = 'SecretPhrase1234';
const isOpen = ({ verdict, plain, unpacked }: ReturnType<typeof examineFile>): boolean =>
  verdict.verdict.startsWith('opened') || plain !== null || unpacked !== null;

describe('the key doctor', () => {
  it('opens nothing with a wrong key, however short the file', () => {
    const files = [Buffer.from('<a/>'), Buffer.from('<a>text</a>'), PROFILE, gzip(PROFILE), Buffer.alloc(0)].map((plain) => opensslEncrypt(plain, KEY, 'md5'));
    for (const file of files) {
      const { salt, ciphertext } = splitContainer(file);
      for (let round = 0; round < 1_500; round += 1) {
        expect(tryKey({ salt, bytes: ciphertext, cap: 100_000 }, deriveKey(randomBytes(12), salt, 'md5'))).toBeNull();
      }
    }
  });

  it('opens nothing with a wrong key after all its accidents', () => {
    const files = [opensslEncrypt(PROFILE, KEY, 'sha256'), opensslEncrypt(Buffer.from('<a/>'), KEY, 'md5'), encodeAes128gcm(PROFILE, Buffer.from(KEY)), randomBytes(160), randomBytes(99)];
    fc.assert(fc.property(fc.constantFrom(...files), fc.string({ unit: 'binary', minLength: 1, maxLength: 24 }), (file, key) => {
      expect(isOpen(examineFile(file, key))).toBe(false);
    }), { numRuns: 25 });
  });

  it('calls no changed or cut file whole: what it hands out is what was encrypted', () => {
    const coded = encodeAes128gcm(PROFILE, Buffer.from(KEY), { recordSize: 200 });
    const files = [opensslEncrypt(gzip(PROFILE), KEY, 'md5'), coded];
    fc.assert(fc.property(fc.constantFrom(...files), fc.nat(), fc.integer({ min: 1, max: 255 }), fc.integer({ min: 0, max: 40 }), (file, at, by, cut) => {
      const broken = Buffer.from(file.subarray(0, file.length - cut));
      const place = at % broken.length;
      broken[place] = (broken[place] ?? 0) ^ by;
      const { unpacked } = examineFile(broken, KEY);
      if (unpacked !== null) expect(Buffer.from(unpacked).equals(PROFILE)).toBe(true);
    }), { numRuns: 25 });
  });

  it('survives any file', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('', 'Salted__12345678', 'U2FsdGVkX1', '\u001f\u008b\b', '<a>', '\ufeff<'), fc.option(fc.string({ maxLength: 5 })), (junk, start, key) => {
      const { verdict } = examineFile(Buffer.concat([Buffer.from(start, 'utf8'), junk]), key === '' ? null : key);
      expect(verdict.verdict.startsWith('opened')).toBe(false);
      expect(verdict.layers.length).toBeGreaterThan(0);
    }), { numRuns: 25 });
  });
});
