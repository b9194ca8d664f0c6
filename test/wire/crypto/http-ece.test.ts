import * as ece from 'http_ece';
import { describe, expect, it } from 'vitest';
import { decodeAes128gcm, encodeAes128gcm } from '../../../main/crypto/aes128gcm.ts';
import { junkOf } from '../../support/junk.ts';

const IKM = junkOf(1, 16);

/** Both ways against npm `http_ece` 1.2.1, the library of the RFC's author. Its keys have 16 bytes. */
describe('aes128gcm beside http_ece', () => {
  const sizes = [0, 1, 2, 17, 24, 25, 26, 4078, 4079, 4080, 8158, 100_000];
  const recordSizes = [18, 19, 25, 100, 1000, 4096, 65_537];

  it.each(recordSizes)('decodes what it encodes with records of %i bytes, padded and not', (rs) => {
    for (const size of sizes.filter((each) => each / (rs - 17) < 3000)) {
      // With more padding than data it writes a short record before the last one, which it does not read itself.
      for (const pad of [0, 1, 7, 300].filter((each) => each <= size)) {
        const plain = junkOf(size + 1, size);
        const coded = ece.encrypt(plain, { key: IKM, rs, pad, keyid: '' });
        expect(decodeAes128gcm(coded, IKM)).toEqual({ ok: true, value: plain });
      }
    }
  });

  it.each(recordSizes)('is decoded by it with records of %i bytes', (recordSize) => {
    for (const size of sizes.filter((each) => each / (recordSize - 17) < 3000)) {
      const plain = junkOf(size + 1, size);
      expect(ece.decrypt(encodeAes128gcm(plain, IKM, { recordSize }), { key: IKM })).toEqual(plain);
    }
  });

  it('carries the key id to the one who looks for the key', () => {
    const coded = encodeAes128gcm(Buffer.from('text'), IKM, { keyId: 'Müller 7' });
    const asked: string[] = [];
    ece.decrypt(coded, {}, (keyId) => {
      asked.push(keyId.toString());
      return IKM;
    });
    expect(asked).toEqual(['Müller 7']);
  });

  it('is refused by both without its last record', () => {
    const coded = Buffer.from(encodeAes128gcm(junkOf(3, 200), IKM, { recordSize: 117 }));
    const cut = coded.subarray(0, 21 + 117);
    expect(() => ece.decrypt(cut, { key: IKM })).toThrow();
    expect(decodeAes128gcm(cut, IKM)).toMatchObject({ ok: false, failure: { code: 'crypto.ece-cut', params: { records: 1 } } });
  });
});
