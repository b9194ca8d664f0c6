import { decode } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { decodeQuery, encodeAnswer, udpLimit } from '../../../main/servers/dns/codec.ts';
import { answerQuestion } from '../../../main/servers/dns/zone.ts';
import { FACTS } from '../../support/dns/bench.ts';
import { ASKED_BY, DNSMASQ, UNBOUND } from './captures.ts';

const RA = 0x0080;
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

/** The answer of this bench to captured bytes. */
function answerTo(asked: string): Buffer {
  const read = decodeQuery(hex(asked));
  if (read.kind !== 'query') throw new Error(read.kind);
  return Buffer.from(encodeAnswer(read.query, answerQuestion(read.query.question, FACTS).answer, udpLimit(read.query)));
}

function withoutRecursion(answer: string): Buffer {
  const bytes = Buffer.from(answer, 'hex');
  bytes.writeUInt16BE(bytes.readUInt16BE(2) & ~RA, 2);
  return bytes;
}

describe('answers of unbound to the same questions', () => {
  it.each(UNBOUND)('are ours byte for byte: $what', ({ asked, answer }) => {
    expect(answerTo(asked).toString('hex')).toBe(withoutRecursion(answer).toString('hex'));
  });
});

describe('answers of dnsmasq to the same questions', () => {
  it('say the same of the provisioning service: SRV, and the address of its target', () => {
    const ours = decode(answerTo(DNSMASQ.srv.asked));
    const theirs = decode(Buffer.from(DNSMASQ.srv.answer, 'hex'));
    expect(ours.answers).toEqual(theirs.answers);
    expect(ours.additionals).toEqual(theirs.additionals);
    expect(ours.answers[0]?.data).toEqual({ priority: 10, weight: 10, port: 443, target: 'bench.internal' });
  });

  it('say the same of the address read backwards', () => {
    expect(answerTo(DNSMASQ.ptr.asked).toString('hex')).toBe(withoutRecursion(DNSMASQ.ptr.answer).toString('hex'));
  });

  it('refuse a name of the internet alike', () => {
    expect(answerTo(DNSMASQ.refused.asked).toString('hex')).toBe(withoutRecursion(DNSMASQ.refused.answer).toString('hex'));
  });
});

describe('questions as programs ask them', () => {
  it.each(Object.entries(ASKED_BY))('are read: %s', (_, asked) => {
    expect(decodeQuery(hex(asked))).toMatchObject({ kind: 'query', query: { question: { name: 'bench.internal', class: 1 }, recursionDesired: true } });
  });

  it('keep their EDNS size, and a cookie is passed over', () => {
    const read = decodeQuery(hex(ASKED_BY.dig));
    expect(read).toMatchObject({ query: { edns: { size: 1232, version: 0, dnssecOk: false } } });
  });
});
