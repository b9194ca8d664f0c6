import { describe, expect, it } from 'vitest';
import { decodeRequest, encodeReply, writeTimestamp } from '../../../main/servers/sntp/codec.ts';
import { replyTo } from '../../../main/servers/sntp/respond.ts';
import { readNtpAnswer } from '../../../main/simulator/probe/time.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

/**
 * Captured on loopback on 2026-11-22 (Debian 12): chronyd 4.3 with `local stratum 10` answers, asked by ntpsec's ntpdate
 * (which writes its time), and by chronyd (which writes random bits there).
 */
const CHRONY = {
  asked: '230006200000000000000000000000000000000000000000000000000000000000000000000000003135b857054c3eab',
  answer: '240a06e600000000000000007f7f0101eead9a846f07c2fe3135b857054c3eabeead9a877045b2b1eead9a877048c3fe',
};
const NTPDATE = 'e3000000000000000000000000000000000000000000000000000000000000000000000000000000eead9a872a326000';

describe('NTP as chrony and ntpdate speak it', () => {
  it('reads their questions', () => {
    expect(decodeRequest(hex(CHRONY.asked))).toMatchObject({ kind: 'request', request: { version: 4, poll: 6, transmit: hex('3135b857054c3eab') } });
    // ntpdate says with leap 3 that its own clock is not set: that is a question like any other.
    expect(decodeRequest(hex(NTPDATE))).toMatchObject({ kind: 'request', request: { version: 4, poll: 0, transmit: hex('eead9a872a326000') } });
  });

  it('answers as chrony does with its own clock: leap, version, mode, stratum, poll, reference, echo', () => {
    const read = decodeRequest(hex(CHRONY.asked));
    if (read.kind !== 'request') throw new Error(read.kind);
    const ours = Buffer.from(encodeReply(replyTo(read.request, 0, 0)));
    const theirs = Buffer.from(CHRONY.answer, 'hex');
    expect(ours.subarray(0, 3).toString('hex')).toBe(theirs.subarray(0, 3).toString('hex'));
    expect(ours.subarray(12, 16).toString('hex')).toBe(theirs.subarray(12, 16).toString('hex'));
    expect(ours.subarray(24, 32).toString('hex')).toBe(theirs.subarray(24, 32).toString('hex'));
  });

  it('the client of the probe reads chrony\'s answer', () => {
    const answer = readNtpAnswer(hex(CHRONY.answer), Date.UTC(2026, 0, 1));
    expect(answer).toMatchObject({ leap: 0, version: 4, stratum: 10, poll: 6 });
    expect(new Date(answer?.sentAt ?? 0).toISOString()).toBe('2026-11-22T16:44:55.438Z');
  });
});

describe('the dates of RFC 5905, figure 4', () => {
  it.each([
    ['first day of UNIX', Date.UTC(1970, 0, 1), 2_208_988_800],
    ['first day of UTC', Date.UTC(1972, 0, 1), 2_272_060_800],
    ['last day of the 20th century', Date.UTC(1999, 11, 31), 3_155_587_200],
    ['second day of era 1', Date.UTC(2036, 1, 8), 63_104],
  ])('%s', (_, at, seconds) => {
    const view = new DataView(new ArrayBuffer(8));
    writeTimestamp(view, 0, at);
    expect([view.getUint32(0), view.getUint32(4)]).toEqual([seconds, 0]);
  });

  it('era 0 ends on 7 February 2036 at 06:28:15 and all fractions, era 1 begins a moment later', () => {
    const view = new DataView(new ArrayBuffer(8));
    const turn = Date.UTC(2036, 1, 7, 6, 28, 16);
    writeTimestamp(view, 0, turn - 1);
    expect(view.getUint32(0)).toBe(0xffff_ffff);
    writeTimestamp(view, 0, turn);
    expect([view.getUint32(0), view.getUint32(4)]).toEqual([0, 0]);
  });
});
