import { describe, expect, it } from 'vitest';
import { readAddress, writeAddresses } from '../../../../main/servers/dhcp/options/address.ts';
import { readNumber, writeNumber } from '../../../../main/servers/dhcp/options/number.ts';
import { findSubOption } from '../../../../main/servers/dhcp/options/sub-options.ts';
import { readText } from '../../../../main/servers/dhcp/options/text.ts';
import { readEnterprises, writeVendorIdentifying } from '../../../../main/servers/dhcp/options/vendor-identifying.ts';
import { ip } from '../../../support/dhcp/scene.ts';

describe('texts of strangers', () => {
  it('end at the first NUL', () => expect(readText(Buffer.from('CP-8841-3PCC\0rest'))).toBe('CP-8841-3PCC'));
  it('show control characters as question marks', () => expect(readText(Buffer.from('a\n\u001b[31mb\u007f'))).toBe('a??[31mb?'));
  it('are at most 255 characters, and any bytes are some text', () => {
    expect(readText(Buffer.alloc(600, 'x'))).toHaveLength(255);
    expect(readText(Uint8Array.of(0xff, 0xfe, 0x41))).toMatch(/A$/);
    expect(readText(undefined)).toBe('');
  });
});

describe('addresses and numbers', () => {
  it('of the wrong length are none', () => {
    expect(readAddress(Uint8Array.of(1, 2, 3))).toBeNull();
    expect(readAddress(Uint8Array.of(0, 0, 0, 0))).toBeNull();
    expect(readNumber(Uint8Array.of(1, 2, 3), 4)).toBeNull();
    expect(readNumber(undefined, 2)).toBeNull();
  });

  it('are written in network order', () => {
    expect([...writeAddresses([ip('10.20.0.1'), ip('255.255.255.0')])]).toEqual([10, 20, 0, 1, 255, 255, 255, 0]);
    expect([...writeNumber(600, 4)]).toEqual([0, 0, 2, 88]);
    expect(readNumber(writeNumber(0xffffffff, 4), 4)).toBe(0xffffffff);
  });
});

describe('sub-options', () => {
  it('are found behind others, and not beyond a cut', () => {
    const list = Buffer.from('0103414243050 40a140002'.replaceAll(' ', ''), 'hex');
    expect(findSubOption(list, 5)).toEqual(Buffer.from('0a140002', 'hex'));
    expect(findSubOption(list.subarray(0, 8), 5)).toBeUndefined();
    expect(findSubOption(undefined, 5)).toBeUndefined();
  });

  it('of one enterprise over 255 bytes stand in two instances (RFC 3925 §4)', () => {
    const part = new Uint8Array(150).fill(7);
    const bytes = writeVendorIdentifying([{ enterprise: 3561, options: [{ code: 1, bytes: part }, { code: 2, bytes: part }] }]);
    expect(readEnterprises(bytes)).toEqual([3561, 3561]);
    expect(bytes.length).toBe(2 * (5 + 2 + 150));
  });
});
