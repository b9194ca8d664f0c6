import { decode } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { sentence } from '../../../../common/contract/sentences/sentence.ts';
import type { Observation } from '../../../../common/values/observation.ts';
import { DNS_LIMITS, type DnsLimits } from '../../../../main/servers/dns/config.ts';
import { TYPE } from '../../../../main/servers/dns/message.ts';
import { createResponder } from '../../../../main/servers/dns/respond.ts';
import type { ZoneFacts } from '../../../../main/servers/dns/zone.ts';
import { FACTS } from '../../../support/dns/bench.ts';
import { questionBytes, type Asked } from '../../../support/dns/questions.ts';

function names(limits: Partial<DnsLimits> = {}, facts: Partial<ZoneFacts> = {}) {
  const observed: Observation[] = [];
  let now = 1_000_000;
  const server = createResponder({ ...DNS_LIMITS, ...limits }, { facts: () => ({ ...FACTS, ...facts }), observe: (each) => observed.push(each), now: () => now });
  const raw = (bytes: Uint8Array, address = '10.20.0.101', transport: 'udp' | 'tcp' = 'udp') => server.answer(bytes, { address, port: 40_000 }, transport);
  return {
    server, observed, raw,
    ask: (name: string, asked: Asked = {}, address?: string, transport?: 'udp' | 'tcp') => {
      const answer = raw(questionBytes(name, asked), address, transport);
      return answer === null ? null : decode(Buffer.from(answer));
    },
    pass: (ms: number) => (now += ms),
  };
}

describe('the evidence of a question', () => {
  it('tells on a phone\'s timeline that it looked for Cisco, and that there is no internet here', () => {
    const { ask, observed } = names();
    expect(ask('activate.cisco.com')).toMatchObject({ rcode: 'REFUSED' });
    expect(observed).toMatchObject([
      { server: 'dns', asked: 'A', peer: { address: '10.20.0.101' }, outcome: { kind: 'refused', answer: 'REFUSED', code: 'dns.activation' }, detail: { name: 'activate.cisco.com' } },
    ]);
    expect(sentence('dns.activation', { name: 'activate.cisco.com' })).toBe('It looks for Cisco’s activation at activate.cisco.com. Refused: this bench has no internet.');
  });

  it.each([
    ['webapps.cisco.com', 'dns.activation'], ['activation.webex.com', 'dns.activation-code'], ['idbroker.webex.com', 'dns.webex'],
    ['sudirenewal.cisco.com', 'dns.certificate-renewal'], ['0.ciscoipphone.pool.ntp.org', 'dns.time'], ['ntp.example.com', 'dns.time'], ['ntp1.example.com', 'dns.time'],
    ['www.example.com', 'dns.outside'], ['notactivate.cisco.com', 'dns.outside'], ['xntp.example.com', 'dns.outside'],
  ])('knows %s as %s', (name, code) => {
    const { ask, observed } = names();
    ask(name);
    expect(observed[0]?.outcome).toMatchObject({ code });
    expect(sentence(code, { name })).not.toBe(code);
  });

  it('is one row a minute for the same name of the same peer, with the number of the others', () => {
    const { ask, observed, pass } = names();
    for (let second = 0; second < 90; second += 1) {
      ask('activate.cisco.com');
      pass(1000);
    }
    expect(observed).toHaveLength(2);
    expect(observed[1]?.detail).toEqual({ name: 'activate.cisco.com', again: 59 });
    ask('activate.cisco.com', {}, '10.20.0.102');
    ask('activate.cisco.com', { type: TYPE.AAAA });
    expect(observed).toHaveLength(4);
  });

  it('stays bounded when every question is another one', () => {
    const { ask, observed, server } = names({ perAddress: { rate: 1e9, burst: 1e9, senders: 10 } });
    for (let index = 0; index < 2000; index += 1) ask(`x${index}.example.com`);
    expect(observed).toHaveLength(500);
    expect(server.figures()).toMatchObject({ queries: 2000, refused: 2000, unread: 1500 });
  });
});

describe('one address that asks without end', () => {
  it('gets "ask by TCP" or silence beyond its allowance, and never more bytes than it sent', () => {
    const { raw, server } = names();
    const question = questionBytes('bench.internal', { edns: 1232 });
    const answers = Array.from({ length: 1000 }, () => raw(question));
    const beyond = answers.slice(DNS_LIMITS.perAddress.burst);
    const cut = beyond.filter((answer) => answer !== null);
    expect(beyond).toHaveLength(800);
    expect(cut).toHaveLength(400);
    for (const answer of cut) {
      expect(answer.length).toBeLessThanOrEqual(question.length);
      expect(decode(Buffer.from(answer))).toMatchObject({ flag_tc: true, answers: [], rcode: 'NOERROR' });
    }
    expect(server.figures()).toMatchObject({ queries: 1000, answered: 200, limited: 800 });
  });

  it('keeps nobody else waiting, and is answered again after a pause', () => {
    const { ask, pass } = names();
    for (let index = 0; index < 300; index += 1) ask('bench.internal');
    expect(ask('bench.internal', {}, '10.20.0.102')?.answers).toHaveLength(1);
    pass(1000);
    expect(ask('bench.internal')?.answers).toHaveLength(1);
  });
});

describe('what is no plain question', () => {
  const header = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);

  it.each([
    ['an update', [0, 7, 0x28, 0, 0, 1, 0, 0, 0, 0, 0, 0], 'NOTIMP'],
    ['no question', [0, 7, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], 'FORMERR'],
    ['two questions', [0, 7, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1], 'FORMERR'],
    ['a question cut short', [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 5, 98, 101], 'FORMERR'],
    ['a label of 64 bytes', [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 64, ...new Array<number>(64).fill(97), 0, 0, 1, 0, 1], 'FORMERR'],
    ['a name that points to itself', [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xc0, 12, 0, 1, 0, 1], 'FORMERR'],
    ['a record that runs over the end', [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 41, 4, 208, 0, 0, 0, 0, 255, 255], 'FORMERR'],
    ['65,535 records', [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 255, 255, 0, 0, 1, 0, 1], 'FORMERR'],
  ])('%s is answered with twelve bytes', (_, bytes, rcode) => {
    const answer = names().raw(header(...bytes));
    expect(answer).toHaveLength(12);
    expect(decode(Buffer.from(answer ?? []))).toMatchObject({ type: 'response', id: 7, rcode });
  });

  it('a name of more than 255 bytes is refused, one of 255 is read', () => {
    const { raw } = names();
    const long = Array.from({ length: 4 }, () => 'a'.repeat(63)).join('.');
    expect(raw(questionBytes(long))).toHaveLength(12);
    expect(raw(questionBytes(long.slice(2)))?.length).toBeGreaterThan(12);
  });

  it('a second OPT record is refused, a version of EDNS that nobody has is named (RFC 6891 §6.1)', () => {
    const { raw, observed, server } = names();
    const two = Uint8Array.from([...questionBytes('bench.internal', { edns: 1232 }), 0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0]);
    two[11] = 2;
    expect(raw(two)).toHaveLength(12);
    const version = questionBytes('bench.internal', { edns: 1232 });
    version[version.length - 5] = 1;
    const answer = raw(version) ?? new Uint8Array();
    // BADVERS is 16: 1 in the OPT record, 0 in the header.
    expect([(answer[3] ?? 0) & 15, answer[answer.length - 6]]).toEqual([0, 1]);
    expect(observed.at(-1)).toMatchObject({ asked: 'A', outcome: { kind: 'refused', answer: 'BADVERS', code: 'dns.edns-version' }, detail: { name: 'bench.internal' } });
    expect(server.figures()).toMatchObject({ queries: 2, bad: 1, refused: 1 });
    expect(sentence('dns.edns-version')).not.toBe('dns.edns-version');
  });

  it('an answer, and anything shorter than a header, gets silence', () => {
    const { raw, server } = names();
    expect(raw(questionBytes('bench.internal', { flags: 0x8180 }))).toBeNull();
    expect(raw(header(1, 2, 3))).toBeNull();
    expect(server.figures()).toMatchObject({ queries: 0, bad: 2 });
  });
});

describe('an answer that does not fit', () => {
  // A name as long as a certificate may carry it: SRV repeats it uncompressed (RFC 2782).
  const host = [63, 63, 63, 38].map((length) => 'h'.repeat(length)).join('.');
  const service = `_ciscoprov-https._tls.${host}`;

  it('is cut whole over UDP, with the sign to come again over TCP', () => {
    const { ask } = names({}, { names: [host] });
    expect(ask(service, { type: TYPE.SRV })).toMatchObject({ flag_tc: true, answers: [], additionals: [] });
  });

  it('comes in full over TCP, and to one that takes more over UDP', () => {
    const { ask } = names({}, { names: [host] });
    expect(ask(service, { type: TYPE.SRV }, undefined, 'tcp')).toMatchObject({ flag_tc: false, answers: [{ data: { target: host } }] });
    expect(ask(service, { type: TYPE.SRV, edns: 1232 })).toMatchObject({ flag_tc: false, answers: [{ data: { target: host } }] });
  });

  it('loses its additional records first, of which nobody is told', () => {
    const short = [63, 63, 63, 33].map((length) => 'h'.repeat(length)).join('.');
    const { ask } = names({}, { names: [short] });
    const answer = ask(`_ciscoprov-https._tls.${short}`, { type: TYPE.SRV });
    expect(answer).toMatchObject({ flag_tc: false, answers: [{ data: { target: short } }], additionals: [] });
  });
});
