import { describe, expect, it } from 'vitest';
import type { Ipv4 } from '../../../../common/values/ip.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import { toldTo } from '../../../../main/app/station/told-to-phone.ts';
import { newDevice } from '../../../../main/domain/device/enrol.ts';

const bench = '10.20.0.1' as Ipv4;
const all = { domain: 'bench.internal', tftpName: bench, tftpServers: [bench], nextServer: bench, provisioningUrl: 'http://10.20.0.1' };

function phone(variables: Record<string, string>) {
  return { ...newDevice('00562b043615' as Mac, 0, 1), variables };
}

describe('what one phone is told by DHCP', () => {
  it('is what all are told, unless its row says otherwise', () => {
    expect(toldTo(phone({ extension: '3001', dhcp_66: '' }), all)).toBe(all);
    expect(toldTo(undefined, all)).toBe(all);
  });

  it('is its fixed address', () => {
    expect(toldTo(phone({ dhcp_ip: '10.20.0.77' }), all)).toEqual({ ...all, fixedAddress: '10.20.0.77' });
    expect(toldTo(phone({ dhcp_ip: 'somewhere' }), all)).toEqual(all);
  });

  it('is its own server, with 150 and siaddr in accord', () => {
    expect(toldTo(phone({ dhcp_66: '10.20.0.9' }), all)).toMatchObject({ tftpName: '10.20.0.9', tftpServers: ['10.20.0.9'], nextServer: '10.20.0.9' });
    const byUrl = toldTo(phone({ dhcp_66: 'https://p.example/x' }), all);
    expect(byUrl.tftpName).toBe('https://p.example/x');
    expect(byUrl).not.toHaveProperty('tftpServers');
    expect(byUrl).not.toHaveProperty('nextServer');
  });

  it('is any further option as text, but none that the protocol itself lives on', () => {
    const told = toldTo(phone({ dhcp_132: '42', dhcp_53: 'x', dhcp_54: 'x', dhcp_999: 'x', dhcp_160: 'http://other' }), all);
    expect(told.free).toEqual([{ code: 132, bytes: new TextEncoder().encode('42'), always: true }]);
    expect(told.provisioningUrl).toBe('http://other');
  });
});
