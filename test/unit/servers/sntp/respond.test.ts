import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../../common/values/observation.ts';
import { createSntpResponder, SNTP_LIMITS } from '../../../../main/servers/sntp/respond.ts';
import { ntpQuestion, readNtpAnswer } from '../../../../main/simulator/probe/time.ts';

const AT = Date.UTC(2026, 10, 22, 16, 30, 0, 250);
const MARK = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const PEER = { address: '10.20.0.101', port: 40_123 };

function clock(later = 0) {
  const observed: Observation[] = [];
  const responder = createSntpResponder(SNTP_LIMITS, { observe: (each) => observed.push(each), now: () => AT + later });
  return { responder, observed, ask: (bytes: Uint8Array, at = AT, peer = PEER) => responder.answer(bytes, peer, at) };
}

describe('the answer to a client', () => {
  it.each([1, 2, 3, 4])('of version %i has its version, its poll and its mark, and this computer\'s time', (version) => {
    const question = ntpQuestion(MARK, version);
    question[2] = 6;
    const bytes = clock(3).ask(question) ?? new Uint8Array();
    expect(bytes).toHaveLength(48);
    const answer = readNtpAnswer(bytes, AT);
    expect(answer).toMatchObject({ leap: 0, version, stratum: 10, poll: 6, rootDispersion: 1 });
    expect(Array.from(answer?.originate ?? [])).toEqual(Array.from(MARK));
    expect(Array.from(answer?.reference ?? [])).toEqual([127, 127, 1, 1]);
    expect(answer?.receivedAt).toBeCloseTo(AT, 3);
    expect(answer?.sentAt).toBeCloseTo(AT + 3, 3);
  });

  it('comes also to version 1 without a mode, and to a client that signs', () => {
    const { ask } = clock();
    expect(ask(Uint8Array.from([8, ...new Array<number>(47).fill(0)]))).toHaveLength(48);
    for (const length of [52, 68, 72]) expect(ask(Uint8Array.from([0x23, ...new Array<number>(length - 1).fill(0)]))).toHaveLength(48);
  });

  it('never says that it left before the question came, even when the clock is set back between', () => {
    const answer = readNtpAnswer(clock(-5000).ask(ntpQuestion(MARK)) ?? new Uint8Array(), AT);
    expect(answer?.sentAt).toBe(answer?.receivedAt);
  });
});

describe('the evidence of what is ignored', () => {
  it('is a row for each cause: noise does not hide a control query', () => {
    const { ask, observed } = clock();
    for (const first of [0x24, 0x24, 0x16, 0x16, 0x24]) ask(Uint8Array.from([first, ...new Array<number>(47).fill(0)]));
    expect(observed.map(({ outcome }) => outcome)).toEqual([{ kind: 'ignored', code: 'sntp.bad-query' }, { kind: 'ignored', code: 'sntp.control' }]);
  });
});

describe('what gets no answer', () => {
  it.each([
    ['a control query (mode 6)', 0x16, 48, 'sntp.control'], ['a private query (mode 7, monlist)', 0x17, 8, 'sntp.control'], ['a server\'s answer', 0x24, 48, 'sntp.bad-query'],
    ['a broadcast', 0x25, 48, 'sntp.bad-query'], ['a peer', 0x21, 48, 'sntp.bad-query'], ['version 0', 0x03, 48, 'sntp.bad-query'], ['version 5', 0x2b, 48, 'sntp.bad-query'],
    ['47 bytes', 0x23, 47, 'sntp.bad-query'], ['49 bytes', 0x23, 49, 'sntp.bad-query'], ['516 bytes', 0x23, 516, 'sntp.bad-query'], ['nothing at all', 0, 0, 'sntp.bad-query'],
  ])('%s', (_, first, length, code) => {
    const { ask, observed, responder } = clock();
    const bytes = new Uint8Array(length);
    if (length > 0) bytes[0] = first;
    expect(ask(bytes)).toBeNull();
    expect(observed[0]?.outcome).toEqual({ kind: 'ignored', code });
    expect(responder.figures()).toMatchObject({ ignored: 1, answered: 0 });
  });

  it('anybody, while this computer\'s clock cannot be right', () => {
    for (const at of [Date.UTC(1970, 0, 1), Date.UTC(2019, 11, 31, 23, 59, 59), Date.UTC(2100, 0, 1)]) {
      const { ask, observed } = clock();
      expect(ask(ntpQuestion(MARK), at)).toBeNull();
      expect(observed[0]).toMatchObject({ outcome: { kind: 'ignored', code: 'sntp.clock-wrong' }, detail: { year: new Date(at).getUTCFullYear() } });
    }
  });
});

describe('one that asks without end', () => {
  it('is told RATE once in a while, and otherwise nothing', () => {
    const { ask, responder, observed } = clock();
    const answers = Array.from({ length: 500 }, () => ask(ntpQuestion(MARK)));
    const read = answers.map((bytes) => (bytes === null ? null : readNtpAnswer(bytes, AT)));
    expect(read.filter((answer) => answer?.stratum === 10)).toHaveLength(SNTP_LIMITS.perAddress.burst);
    const kisses = read.filter((answer) => answer?.stratum === 0);
    expect(kisses).toHaveLength(1);
    expect(kisses[0]).toMatchObject({ leap: 3 });
    expect(Buffer.from(kisses[0]?.reference ?? []).toString()).toBe('RATE');
    expect(Array.from(kisses[0]?.originate ?? [])).toEqual(Array.from(MARK));
    expect(responder.figures()).toMatchObject({ queries: 500, answered: 32, limited: 468 });
    expect(observed.map(({ outcome }) => outcome.kind)).toEqual(['answered', 'refused']);
  });

  it('keeps nobody else from the time', () => {
    const { ask } = clock();
    for (let index = 0; index < 100; index += 1) ask(ntpQuestion(MARK));
    expect(ask(ntpQuestion(MARK), AT, { address: '10.20.0.102', port: 123 })).not.toBeNull();
  });
});
