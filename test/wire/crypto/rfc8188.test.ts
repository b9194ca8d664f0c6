import { describe, expect, it } from 'vitest';
import { decodeAes128gcm, encodeAes128gcm } from '../../../main/crypto/aes128gcm.ts';
import { examineFile } from '../../../main/crypto/doctor.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');

/** RFC 8188 §3.1 and §3.2. */
const ONE = { ikm: 'yqdlZ-tYemfogSmv7Ws5PQ', body: 'I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg' };
const TWO = { ikm: 'BO3ZVPxUlnLORbVGMpbT1Q', body: 'uNCkWiNYzKTnBN9ji3-qWAAAABkCYTHOG8chz_gnvgOqdGYovxyjuqRyJFjEDyoF1Fvkj6hQPdPHI51OEUKEpgz3SsLWIqS_uA' };
const WALRUS = Buffer.from('I am the walrus');

describe('the examples of RFC 8188', () => {
  it('of one record is decoded, and encoded to the same bytes', () => {
    expect(decodeAes128gcm(bytes(ONE.body), bytes(ONE.ikm))).toEqual({ ok: true, value: WALRUS });
    const again = encodeAes128gcm(WALRUS, bytes(ONE.ikm), { salt: bytes('I1BsxtFttlv3u_Oo94xnmw') });
    expect(Buffer.from(again).toString('base64url')).toBe(ONE.body);
  });

  it('of two padded records is decoded, its key found by its id', () => {
    const asked: string[] = [];
    const found = decodeAes128gcm(bytes(TWO.body), (keyId) => {
      asked.push(keyId);
      return bytes(TWO.ikm);
    });
    expect(found).toEqual({ ok: true, value: WALRUS });
    expect(asked).toEqual(['a1']);
  });

  it('are told by the key doctor, with record size, key id and number of records', () => {
    const { verdict, plain } = examineFile(bytes(TWO.body), TWO.ikm);
    expect(verdict).toMatchObject({ verdict: 'opened', layers: [{ kind: 'aes128gcm', recordSize: 25, keyId: 'a1', records: 2 }, { kind: 'unknown', bytes: 15 }] });
    expect(plain).toEqual(WALRUS);
  });
});
