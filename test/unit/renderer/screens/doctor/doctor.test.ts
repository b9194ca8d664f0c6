import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMac, type Mac } from '../../../../../common/values/mac.ts';
import type { KeyView } from '../../../../../common/values/key.ts';
import { plainName, toBase64 } from '../../../../../renderer/screens/doctor/file-source.ts';
import { hasOtherLetters, keyOf, keysFound, phonesWithout } from '../../../../../renderer/screens/doctor/ring-words.ts';

const mac = parseMac('00562b043603') as Mac;
const key = (part: Partial<KeyView>): KeyView => ({ id: 'k', owner: { kind: 'batch', name: 'Saint-Roch' }, use: 'passphrase', createdAt: 0, fingerprint: '9c1e 04b7 aa52 ef13', shownAt: null, ...part });

describe('a file for the doctor', () => {
  it('goes as base64, whatever its bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }));
    const large = new Uint8Array(200_000).fill(255);
    expect(toBase64(large)).toBe(Buffer.from(large).toString('base64'));
  });

  it('gives the plaintext a name of its own', () => {
    expect(['00562b043615.cfg', 'a.xml', 'b.xml.gz', '.cfg', 'x'].map(plainName)).toEqual(['00562b043615.xml', 'a.plain.xml', 'b.xml', 'profile.xml', 'x.xml']);
  });
});

describe('the key ring', () => {
  const phone = key({ id: 'p', owner: { kind: 'phone', mac }, fingerprint: 'd4c2 11fe 7801 93ab' });
  const words = (owner: KeyView['owner']) => (owner.kind === 'phone' ? 'Phone 03' : `Batch ${owner.name}`);

  it('is searched by owner, MAC in any spelling, and fingerprint', () => {
    const all = [key({}), phone];
    expect(keysFound(all, 'roch', words)).toEqual([all[0]]);
    expect(keysFound(all, '2B:04:36', words)).toEqual([phone]);
    expect(keysFound(all, '11fe 78', words)).toEqual([phone]);
    expect(keysFound(all, ' ', words)).toEqual(all);
    expect(keysFound(all, 'nobody', words)).toEqual([]);
  });

  it('knows which enrolled phones lack a key of that use, and which owner has one', () => {
    const phones = [{ mac, enrolled: true }, { mac: 'x', enrolled: true }, { mac: 'y', enrolled: false }];
    expect(phonesWithout(phones, [phone], 'passphrase').map((each) => each.mac)).toEqual(['x']);
    expect(phonesWithout(phones, [phone], 'ikm').map((each) => each.mac)).toEqual([mac, 'x']);
    expect(keyOf([key({})], { kind: 'batch', name: ' Saint-Roch ' }, 'passphrase')?.id).toBe('k');
    expect(keyOf([key({})], { kind: 'customer', name: 'Saint-Roch' }, 'passphrase')).toBeNull();
  });

  it('tells letters outside ASCII', () => {
    expect(['Secret 1~', 'clé', '“x”'].map(hasOtherLetters)).toEqual([false, true, true]);
  });
});
