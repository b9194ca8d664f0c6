import { describe, expect, it } from 'vitest';
import { findServer } from '../../../main/simulator/lease.ts';

const ORDER = '66,160,159,150,60,43,125';
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('which DHCP option names the server', () => {
  it('is the first of DHCP_Option_To_Use that holds anything', () => {
    const options = new Map([[150, Uint8Array.of(10, 20, 0, 1)], [160, text('http://10.20.0.2/x')]]);
    expect(findServer(ORDER, options)).toEqual({ option: 160, text: 'http://10.20.0.2/x' });
    expect(findServer('150,160', options)).toEqual({ option: 150, text: '10.20.0.1' });
  });

  it('reads several addresses of option 150 as values after one another', () => {
    expect(findServer(ORDER, new Map([[150, Uint8Array.of(10, 20, 0, 1, 10, 20, 0, 2)]]))?.text).toBe('10.20.0.1;10.20.0.2');
  });

  it('drops the NUL that dnsmasq puts behind option 66', () => {
    expect(findServer(ORDER, new Map([[66, text('10.20.0.1\0')]]))?.text).toBe('10.20.0.1');
  });

  it('takes option 60 only for a place to go, not for a class that is echoed', () => {
    expect(findServer(ORDER, new Map([[60, text('PXEClient')]]))).toBeNull();
    expect(findServer(ORDER, new Map([[60, text('http://10.20.0.1/')]]))?.option).toBe(60);
  });

  it('passes over empty, damaged and ACS options', () => {
    expect(findServer(ORDER, new Map([[66, text('\0')], [150, Uint8Array.of(1, 2, 3)], [43, text('http://acs/')], [125, text('x')]]))).toBeNull();
    expect(findServer('', new Map([[66, text('10.20.0.1')]]))).toBeNull();
    expect(findServer('x,,66', new Map([[66, text('10.20.0.1')]]))?.option).toBe(66);
  });
});
