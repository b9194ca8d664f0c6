import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../common/values/mac.ts';
import type { Observation, Outcome } from '../../../../common/values/observation.ts';
import type { EvidenceRow } from '../../../../main/domain/evidence/row.ts';
import { toRequestRow, withoutBeginnings } from '../../../../main/app/live/request-row.ts';

const mac = '00562b043615' as Mac;

function row(observation: Partial<Observation> & { readonly outcome: Outcome }) {
  const full: Observation = {
    at: 1, server: 'tftp', peer: { address: '10.0.0.9', port: 2000 }, asked: 'RRQ', facts: { path: '/8841-3PCC.xml' }, ...observation,
  };
  return toRequestRow({ seq: 1, hash: '', mac, observation: full }, () => 7);
}

function evidence(seq: number, exchange: string, outcome: Outcome): EvidenceRow {
  return { seq, hash: '', mac, observation: { at: seq, server: 'tftp', peer: { address: '10.0.0.9', port: 1 }, asked: 'RRQ', facts: {}, exchange, outcome } };
}

describe('the rows of one exchange', () => {
  it('are one as soon as its end is known', () => {
    const rows = [
      evidence(3, 'b', { kind: 'started', total: 5 }),
      evidence(2, 'a', { kind: 'delivered', answer: 'DATA', bytes: 5, confirmed: true }),
      evidence(1, 'a', { kind: 'started', total: 5 }),
    ];
    expect(withoutBeginnings(rows).map(({ seq }) => seq)).toEqual([3, 2]);
  });
});

describe('a row of the activity list', () => {
  it('says that a TFTP transfer is done, and what HTTP answered', () => {
    expect(row({ outcome: { kind: 'delivered', answer: 'DATA', bytes: 10, confirmed: true } })).toMatchObject({ answer: 'done', tone: 'ok', bytes: 10 });
    expect(row({ server: 'http', outcome: { kind: 'delivered', answer: '206', bytes: 10, confirmed: true } }).answer).toBe('206');
  });

  it('is quiet about a name that the phone only tries on its way to its own, and loud about other refusals', () => {
    expect(row({ outcome: { kind: 'refused', answer: 'error 1', code: 'file.unknown-phone' } }).tone).toBe('quiet');
    expect(row({ outcome: { kind: 'refused', answer: 'error 1', code: 'file.enterprise-load' } }).tone).toBe('attention');
  });

  it('names the address that DHCP gave, and for a DISCOVER who asks', () => {
    const dhcp = { server: 'dhcp', facts: { chaddr: mac, vendorClass: 'MSFT 5.0' }, detail: { ip: '10.0.0.9' }, outcome: { kind: 'answered', answer: 'ACK' } } as const;
    expect(row({ ...dhcp, asked: 'REQUEST' }).what).toBe('10.0.0.9');
    expect(row({ ...dhcp, asked: 'DISCOVER' }).what).toBe('MSFT 5.0');
  });

  it('names what DNS was asked for, quietly: a name of the internet is nothing that a person must mend', () => {
    const dns = { server: 'dns', asked: 'A', facts: {}, detail: { name: 'activate.cisco.com' }, outcome: { kind: 'refused', answer: 'REFUSED', code: 'dns.activation' } } as const;
    expect(row(dns)).toMatchObject({ asked: 'A', what: 'activate.cisco.com', answer: 'REFUSED', code: 'dns.activation', tone: 'quiet' });
  });
});
