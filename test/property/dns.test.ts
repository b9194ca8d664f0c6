import { decode } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeQuery, encodeAnswer, LARGEST_UDP, SMALLEST_LIMIT, udpLimit } from '../../main/servers/dns/codec.ts';
import { DNS_LIMITS } from '../../main/servers/dns/config.ts';
import { TYPE } from '../../main/servers/dns/message.ts';
import { nameBytes, readName, skipName } from '../../main/servers/dns/name.ts';
import { createResponder } from '../../main/servers/dns/respond.ts';
import { answerQuestion } from '../../main/servers/dns/zone.ts';
import { FACTS } from '../support/dns/bench.ts';
import { questionBytes } from '../support/dns/questions.ts';

const PEER = { address: '10.20.0.101', port: 40_000 };
const types = fc.constantFrom(...Object.values(TYPE));
const label = fc.stringMatching(/^[a-z0-9_-]{1,20}$/);
const own = fc.constantFrom(
  'bench.internal', 'ns.bench.internal', 'BENCH.internal', '_ciscoprov-https._tls.bench.internal', '_ciscoprov-http._tcp.phones.example.com', '_tls.bench.internal',
  'phones.example.com', '1.0.20.10.in-addr.arpa', 'tftp.bench.internal',
);
const name = fc.oneof(own, fc.array(label, { minLength: 1, maxLength: 6 }).map((labels) => labels.join('.')), fc.tuple(label, own).map((parts) => parts.join('.')));
const question = fc.record({ name, type: types, edns: fc.option(fc.integer({ min: 0, max: 65_535 }), { nil: undefined }) }).map(({ name, type, edns }) =>
  questionBytes(name, edns === undefined ? { type } : { type, edns }),
);

function responder() {
  return createResponder({ ...DNS_LIMITS, perAddress: { rate: 1e9, burst: 1e9, senders: 10 } }, { facts: () => FACTS, observe: () => undefined, now: () => 0 });
}

describe('the DNS codec', () => {
  it('reads any bytes without a throw, and answers at most what could be a question', () => {
    const server = responder();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        const answer = server.answer(bytes, PEER, 'udp');
        if (bytes.length < 12) expect(answer).toBeNull();
        if (answer !== null) expect(answer.length).toBeLessThanOrEqual(LARGEST_UDP);
      }),
      { numRuns: 3000 },
    );
  });

  it('reads mangled questions without a throw, and every answer is one that dns-packet can read', () => {
    const server = responder();
    const mangled = fc.tuple(question, fc.array(fc.tuple(fc.nat({ max: 80 }), fc.nat({ max: 255 })), { maxLength: 5 }), fc.nat({ max: 90 }));
    fc.assert(
      fc.property(mangled, ([bytes, changes, cut]) => {
        const torn = Uint8Array.from(bytes.subarray(0, cut % 3 === 0 ? cut : bytes.length));
        for (const [at, value] of changes) if (at < torn.length) torn[at] = value;
        const answer = server.answer(torn, PEER, 'udp');
        if (answer === null) return;
        const read = decode(Buffer.from(answer));
        expect(read.type).toBe('response');
        expect(read.id).toBe(((torn[0] ?? 0) << 8) | (torn[1] ?? 0));
      }),
      { numRuns: 5000 },
    );
  });

  it('never answers an answer, so that no two servers talk for ever', () => {
    const server = responder();
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 200 }), (bytes) => {
        bytes[2] = (bytes[2] ?? 0) | 0x80;
        expect(server.answer(bytes, PEER, 'udp')).toBeNull();
      }),
    );
    fc.assert(
      fc.property(question, (bytes) => {
        const answer = server.answer(bytes, PEER, 'udp');
        expect(answer === null ? null : server.answer(answer, PEER, 'udp')).toBeNull();
      }),
    );
  });

  it('repeats the question byte for byte, and never sends more over UDP than was asked for', () => {
    fc.assert(
      fc.property(question, (bytes) => {
        const read = decodeQuery(bytes);
        if (read.kind !== 'query') throw new Error(read.kind);
        const limit = udpLimit(read.query);
        expect(limit).toBeGreaterThanOrEqual(SMALLEST_LIMIT);
        expect(limit).toBeLessThanOrEqual(LARGEST_UDP);
        const answer = encodeAnswer(read.query, answerQuestion(read.query.question, FACTS).answer, limit);
        expect(answer.length).toBeLessThanOrEqual(limit);
        expect(Buffer.compare(answer.subarray(12, 12 + read.query.questionBytes.length), read.query.questionBytes)).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('makes of no question more than four times its size', () => {
    const server = responder();
    fc.assert(
      fc.property(question, (bytes) => {
        expect(server.answer(bytes, PEER, 'udp')?.length ?? 0).toBeLessThanOrEqual(4 * bytes.length);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a name', () => {
  it('is the same after bytes and back, whatever its labels hold', () => {
    const anyLabel = fc.uint8Array({ minLength: 1, maxLength: 63 });
    fc.assert(
      fc.property(fc.array(anyLabel, { maxLength: 3 }), (labels) => {
        const bytes = Uint8Array.from([...labels.flatMap((each) => [each.length, ...each]), 0]);
        const read = readName(bytes, 0);
        expect(read?.end).toBe(bytes.length);
        const lower = Buffer.from(nameBytes(read?.name ?? 'x') ?? []).toString('latin1');
        expect(lower).toBe(Buffer.from(bytes).toString('latin1').replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()));
      }),
    );
  });

  it('is left behind or refused wherever its pointers lead, in at most 255 steps', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat({ max: 400 }), (bytes, from) => {
        const end = skipName(bytes, from);
        if (end !== null) expect(end).toBeLessThanOrEqual(bytes.length);
        const read = readName(bytes, from);
        if (read !== null) expect(read.end).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 3000 },
    );
  });
});
