import { describe, expect, it } from 'vitest';
import { playOut, type PlayedPhone } from '../../../../../../main/domain/firmware/wave/play.ts';

const hop = { bytes: 10_000, rate: 1000 };
const waiting: PlayedPhone = { is: 'waiting', left: 0, hops: [hop] };
const played = { places: 2, capacity: Infinity, writing: 5000, telling: 0 };

describe('playing phones to their end', () => {
  it('is as long as the phone is slow, then it writes', () => {
    expect(playOut({ ...played, phones: [waiting] })).toEqual([15_000]);
  });

  it('shares the card: two take twice as long as one would', () => {
    expect(playOut({ ...played, capacity: 1000, phones: [waiting, waiting] })).toEqual([25_000, 25_000]);
  });

  it('frees the place while a phone writes, and takes one between two hops first', () => {
    const two = { ...waiting, hops: [hop, hop] };
    // The first is back at 15 s, when the second has five seconds to go; the third waits until the first is through its second hop.
    expect(playOut({ ...played, places: 1, phones: [two, waiting, waiting] })).toEqual([35_000, 25_000, 45_000]);
  });

  it('begins where a phone is: it loads, or writes and has its next hop before it', () => {
    expect(playOut({ ...played, phones: [{ is: 'loading', left: 0, hops: [{ bytes: 1000, rate: 1000 }] }, { is: 'writing', left: 2000, hops: [hop] }, { is: 'writing', left: 3000, hops: [] }] })).toEqual([6000, 17_000, 3000]);
  });

  it('counts the time from the order to the first request', () => {
    expect(playOut({ ...played, telling: 700, phones: [waiting] })).toEqual([15_700]);
  });

  it('ends whatever it is given', () => {
    const odd = [0, Number.NaN, -1].map((bytes): PlayedPhone => ({ is: 'waiting', left: 0, hops: [{ bytes, rate: 0 }] }));
    expect(playOut({ ...played, capacity: 0, phones: odd })).toHaveLength(3);
    expect(playOut({ ...played, places: 0, phones: odd })).toHaveLength(3);
  });
});
