import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSntpResponder, SNTP_LIMITS } from '../../main/servers/sntp/respond.ts';
import { writeTimestamp } from '../../main/servers/sntp/codec.ts';
import { ntpQuestion, readNtpAnswer } from '../../main/simulator/probe/time.ts';

const PEER = { address: '10.20.0.101', port: 123 };
const AT = Date.UTC(2026, 0, 1);

describe('the SNTP server', () => {
  it('takes any bytes, never answers with more than it was sent, and never answers an answer', () => {
    const limits = { ...SNTP_LIMITS, perAddress: { rate: 1e9, burst: 1e9, senders: 10 } };
    const server = createSntpResponder(limits, { observe: () => undefined, now: () => AT });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        const answer = server.answer(bytes, PEER, AT);
        if (answer === null) return;
        expect(answer.length).toBeLessThanOrEqual(bytes.length);
        expect(server.answer(answer, PEER, AT)).toBeNull();
      }),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (mark) => {
        const answer = readNtpAnswer(server.answer(ntpQuestion(mark), PEER, AT) ?? new Uint8Array(), AT);
        expect(Array.from(answer?.originate ?? [])).toEqual(Array.from(mark));
      }),
    );
  });

  it('writes times of every era that come back to the millisecond for a client that knows its own century', () => {
    const answer = Uint8Array.from(ntpQuestion(new Uint8Array(8)));
    answer[0] = 0x24;
    const view = new DataView(answer.buffer);
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1900, 0, 2), max: Date.UTC(2190, 0, 1) }), fc.integer({ min: -60, max: 60 }), (at, years) => {
        writeTimestamp(view, 40, at);
        expect(Math.round(readNtpAnswer(answer, at + years * 365 * 86_400_000)?.sentAt ?? 0)).toBe(at);
      }),
      { numRuns: 2000 },
    );
  });
});
