import { describe, expect, it } from 'vitest';
import type { Ipv4 } from '../../../../common/values/ip.ts';
import type { ServerName, ServerState, ServerStatus } from '../../../../common/values/server.ts';
import { namesOfBench } from '../../../../main/app/station/names.ts';
import { toldOptions } from '../../../../main/app/station/told.ts';

const BENCH = '10.20.0.1' as Ipv4;
const server = (name: ServerName, port: number, state: ServerState = 'listening'): ServerStatus => ({ name, state, address: BENCH, port, error: null, figures: {} });

describe('what DNS says of the bench', () => {
  it('is the served address, and the real ports of what listens', () => {
    expect(namesOfBench(BENCH, [server('http', 8080), server('https', 443, 'failed')], ['phones.example.com'])).toEqual({
      address: '10.20.0.1', domain: 'bench.internal', names: ['phones.example.com'], http: 8080, https: null,
    });
    expect(namesOfBench(BENCH, [server('https', 8443, 'degraded')]).https).toBe(8443);
  });
});

describe('options 6 and 42', () => {
  it('name the bench while DNS and SNTP listen', () => {
    expect(toldOptions(BENCH, [server('dns', 53), server('sntp', 123)])).toMatchObject({ dns: [BENCH], ntp: [BENCH] });
    expect(toldOptions(BENCH, [server('dns', 53, 'failed'), server('sntp', 123, 'stopped')])).not.toHaveProperty('dns');
  });

  it('name nobody on another port: an option carries an address alone', () => {
    const told = toldOptions(BENCH, [server('dns', 5353), server('sntp', 1123)]);
    expect(told).not.toHaveProperty('dns');
    expect(told).not.toHaveProperty('ntp');
  });

  it('name no time server that keeps silent because of its clock', () => {
    expect(toldOptions(BENCH, [server('sntp', 123, 'degraded')])).not.toHaveProperty('ntp');
  });
});
