import { describe, expect, it } from 'vitest';
import type { Ipv4 } from '../../../../common/values/ip.ts';
import { RCODE, TYPE } from '../../../../main/servers/dns/message.ts';
import { answerQuestion, type ZoneFacts } from '../../../../main/servers/dns/zone.ts';
import { FACTS } from '../../../support/dns/bench.ts';

const ask = (name: string, type: keyof typeof TYPE, facts: Partial<ZoneFacts> = {}) => answerQuestion({ name, type: TYPE[type], class: 1 }, { ...FACTS, ...facts });

describe('what the bench says of itself', () => {
  it.each(['bench.internal', 'ns.bench.internal', 'tftp.bench.internal', 'phones.example.com'])('%s leads to the served address', (name) => {
    expect(ask(name, 'A')).toMatchObject({ text: '10.20.0.1', why: null, answer: { rcode: 0, authoritative: true, answers: [{ name, data: { type: 'A', address: '10.20.0.1' } }] } });
  });

  it.each([
    ['_ciscoprov-https._tls.bench.internal', 443, 'bench.internal'],
    ['_ciscoprov-http._tcp.bench.internal', 80, 'bench.internal'],
    // `[--srv]https://phones.example.com/…` looks below the host of the rule.
    ['_ciscoprov-https._tls.phones.example.com', 443, 'phones.example.com'],
  ])('%s leads to port %i of %s, with its address beside it', (name, port, target) => {
    expect(ask(name, 'SRV')).toMatchObject({
      text: `${target}:${port}`,
      answer: { answers: [{ data: { type: 'SRV', port, target } }], additional: [{ name: target, data: { type: 'A', address: '10.20.0.1' } }] },
    });
  });

  it('knows no service whose server does not listen, and says why', () => {
    expect(ask('_ciscoprov-https._tls.bench.internal', 'SRV', { https: null })).toMatchObject({ text: 'NXDOMAIN', why: 'service-off', answer: { rcode: RCODE.NXDOMAIN } });
    expect(ask('_ciscoprov-http._tcp.bench.internal', 'SRV', { https: null })).toMatchObject({ text: 'bench.internal:80' });
  });

  it('tells the real port of a server that is not on its usual one', () => {
    expect(ask('_ciscoprov-http._tcp.bench.internal', 'SRV', { http: 8080 }).text).toBe('bench.internal:8080');
  });

  it('reads its own address backwards, and no other', () => {
    expect(ask('1.0.20.10.in-addr.arpa', 'PTR').text).toBe('bench.internal');
    expect(ask('2.0.20.10.in-addr.arpa', 'PTR')).toMatchObject({ text: 'REFUSED', why: 'outside' });
    expect(ask('x.1.0.20.10.in-addr.arpa', 'PTR').text).toBe('NXDOMAIN');
  });

  it('has name server and start of authority at its top', () => {
    expect(ask('bench.internal', 'NS')).toMatchObject({ text: 'ns.bench.internal', answer: { additional: [{ name: 'ns.bench.internal' }] } });
    expect(ask('bench.internal', 'SOA').answer.answers[0]?.data).toMatchObject({ type: 'SOA', primary: 'ns.bench.internal', mailbox: 'hostmaster.bench.internal' });
  });
});

describe('what there is not', () => {
  const soa = { authority: [{ ttl: 30, data: { type: 'SOA', minimum: 30 } }] };

  it('is no data with SOA for a name that has other records: IPv6, mail (RFC 2308 §2.2)', () => {
    for (const type of ['AAAA', 'MX', 'TXT', 'HTTPS'] as const) {
      expect(ask('bench.internal', type)).toMatchObject({ text: 'no data', why: null, answer: { rcode: 0, authoritative: true, answers: [], ...soa } });
    }
  });

  it('is no data, not NXDOMAIN, for a name that only longer ones stand below (RFC 4592 §2.2.2)', () => {
    expect(ask('_tls.bench.internal', 'A')).toMatchObject({ text: 'no data', answer: { rcode: 0 } });
    expect(ask('_tls.bench.internal', 'A', { https: null })).toMatchObject({ text: 'NXDOMAIN' });
  });

  it('is NXDOMAIN with SOA for any other name of its domains', () => {
    expect(ask('nope.bench.internal', 'A')).toMatchObject({ text: 'NXDOMAIN', why: 'no-such-name', answer: { rcode: RCODE.NXDOMAIN, ...soa } });
    expect(ask('activate.cisco.com.bench.internal', 'A').text).toBe('NXDOMAIN');
  });

  it('is REFUSED outside, without a word of authority: this server asks nobody', () => {
    for (const name of ['activate.cisco.com', 'internal', '', 'example.com', 'notbench.internal']) {
      expect(ask(name, 'A')).toMatchObject({ text: 'REFUSED', why: 'outside', answer: { rcode: RCODE.REFUSED, authoritative: false, answers: [], authority: [] } });
    }
  });

  it('is one small record for ANY (RFC 8482 §4.2)', () => {
    expect(ask('bench.internal', 'ANY').answer).toMatchObject({ answers: [{ data: { type: 'HINFO', cpu: 'RFC8482', os: '' } }], additional: [] });
  });

  it('is refused as a whole: zone transfers and other classes', () => {
    expect(ask('bench.internal', 'AXFR')).toMatchObject({ text: 'REFUSED', why: 'transfer' });
    expect(answerQuestion({ name: 'version.bind', type: TYPE.TXT, class: 3 }, FACTS)).toMatchObject({ text: 'REFUSED', why: 'outside' });
  });
});

describe('names of the certificate', () => {
  it('count only where they are host names', () => {
    const names = ['*.example.com', '10.20.0.1', 'a..b', '-x.example.com', `${'l'.repeat(64)}.example.com`, 'Phones.Example.ORG.', 'single'];
    expect(ask('phones.example.org', 'A', { names }).text).toBe('10.20.0.1');
    for (const name of ['x.example.com', '10.20.0.1', 'single']) expect(ask(name, 'A', { names }).text).toBe('REFUSED');
  });

  it('below each other belong to the closest', () => {
    const names = ['example.com', 'a.example.com'];
    expect(ask('b.a.example.com', 'A', { names }).answer.authority[0]?.name).toBe('a.example.com');
    expect(ask('a.example.com', 'A', { names, address: '10.1.1.1' as Ipv4 }).text).toBe('10.1.1.1');
  });
});
