import { describe, expect, it } from 'vitest';
import { parseIpv4, type Ipv4 } from '../../../../common/values/ip.ts';
import type { ServerName, ServerStatus } from '../../../../common/values/server.ts';
import { defaultPool, toldOptions, toldRows } from '../../../../main/app/station/told.ts';

const ip = (text: string): Ipv4 => {
  const parsed = parseIpv4(text);
  if (!parsed) throw new Error(text);
  return parsed;
};
const bench = ip('10.20.0.1');

function listening(name: ServerName, port: number): ServerStatus {
  return { name, state: 'listening', address: bench, port, error: null, figures: {} };
}

describe('what phones are told about the bench', () => {
  it('is a bare address in 66, 150 and siaddr when TFTP listens on 69', () => {
    expect(toldOptions(bench, [listening('tftp', 69), listening('http', 80)])).toMatchObject({
      tftpName: '10.20.0.1', tftpServers: ['10.20.0.1'], nextServer: '10.20.0.1', provisioningUrl: 'http://10.20.0.1',
    });
  });

  it('is a URL with its port as soon as TFTP is not on 69', () => {
    const told = toldOptions(bench, [listening('tftp', 6969), listening('http', 8080)]);
    expect(told).toMatchObject({ tftpName: 'tftp://10.20.0.1:6969;http://10.20.0.1:8080', provisioningUrl: 'http://10.20.0.1:8080' });
    expect(told).not.toHaveProperty('tftpServers');
    expect(toldOptions(bench, [listening('tftp', 6969)])).toMatchObject({ tftpName: 'tftp://10.20.0.1:6969' });
    expect(toldOptions(bench, [listening('http', 80)])).toMatchObject({ tftpName: 'http://10.20.0.1' });
  });

  it('names no server that does not listen', () => {
    const told = toldOptions(bench, [{ ...listening('tftp', 69), state: 'failed' }]);
    expect(Object.keys(told)).toEqual(['domain']);
  });

  it('is shown by option number', () => {
    const rows = toldRows(toldOptions(bench, [listening('tftp', 69)]), 600);
    expect(rows).toContainEqual({ option: '66', value: '10.20.0.1' });
    expect(rows).toContainEqual({ option: '51', value: '600 s' });
  });
});

describe('the pool nobody chose', () => {
  it.each([
    ['10.20.0.1', 24, '10.20.0.128', '10.20.0.227'],
    ['10.20.0.130', 24, '10.20.0.131', '10.20.0.230'],
    ['10.0.0.1', 8, '10.128.0.0', '10.128.0.99'],
    ['192.168.1.1', 29, '192.168.1.4', '192.168.1.6'],
  ])('of %s/%i is %s to %s', (address, prefix, from, to) => {
    expect(defaultPool({ address: ip(address), prefix })).toEqual({ from, to });
  });

  it('does not exist in a subnet without room', () => {
    expect(defaultPool({ address: ip('10.0.0.1'), prefix: 32 })).toBeNull();
  });
});
