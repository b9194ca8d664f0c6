import { describe, expect, it } from 'vitest';
import { rateWords, roomWords } from '../../../../../renderer/screens/firmware/wave-words.ts';
import { formatSize } from '../../../../../renderer/text/format.ts';

const format = { size: (bytes: number) => formatSize(bytes, 'en').replace('\u202f', ' ') } as Parameters<typeof rateWords>[2];
const t = ((key: string, places: Readonly<Record<string, string>> = {}) => [key, ...Object.values(places)].join(' ')) as Parameters<typeof rateWords>[1];
const counts = (loading: number, writing: number) => ({ loading, writing });

describe('the words of a wave', () => {
  it('tells how fast a phone loads, and nothing while no byte moves', () => {
    expect(rateWords(5_100_000, t, format)).toBe('rate 5.1 MB');
    for (const still of [0, 0.4, null]) expect(rateWords(still, t, format)).toBe('');
  });

  it('tells what the card carries, of what it can where that is known', () => {
    expect(roomWords({ rate: 61_000_000, capacity: 117_600_000 }, counts(4, 0), t, format)).toBe('room.of 61.0 MB 118');
    expect(roomWords({ rate: 61_000_000, capacity: null }, counts(4, 0), t, format)).toBe('rate 61.0 MB');
  });

  it('tells that phones restart while only that goes on, and nothing between two files', () => {
    expect(roomWords({ rate: 0, capacity: null }, counts(0, 3), t, format)).toBe('room.writing');
    expect(roomWords({ rate: null, capacity: 1 }, counts(2, 3), t, format)).toBe('');
    expect(roomWords({ rate: 0, capacity: null }, counts(0, 0), t, format)).toBe('');
  });
});
