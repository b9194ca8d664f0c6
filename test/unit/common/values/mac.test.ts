import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { macForEyes, macFromBytes, macToBytes, macWithColons, parseMac } from '../../../../common/values/mac.ts';

describe('a MAC address', () => {
  it.each(['00562b043615', '00:56:2B:04:36:15', '00-56-2b-04-36-15', '00 56 2B 04 36 15', '0056.2b04.3615', ' 00562B043615 '])(
    'is read from %j',
    (text) => expect(parseMac(text)).toBe('00562b043615'),
  );

  it.each(['', '00562b04361', '00562b0436155', '00:56:2b-04:36:15', '01005e000001', 'ffffffffffff', '000000000000', 'FCH2443D9R4'])(
    'is not seen in %j',
    (text) => expect(parseMac(text)).toBeNull(),
  );

  it('is shown in pairs and with colons', () => {
    const mac = parseMac('00562b043615');
    expect(mac && macForEyes(mac)).toBe('00 56 2B 04 36 15');
    expect(mac && macWithColons(mac)).toBe('00:56:2b:04:36:15');
  });

  it('survives the way to bytes and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (bytes) => {
        const mac = macFromBytes(bytes);
        if (mac) expect(macToBytes(mac)).toEqual(bytes);
      }),
    );
  });
});
