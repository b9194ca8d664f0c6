import { describe, expect, it } from 'vitest';
import { formatCount, formatDuration, formatMoment, formatNumber, formatPercent, formatRanges, formatSize, formatTook, formatWhen } from '../../../../renderer/text/format.ts';

/** Narrow no-break space. */
const S = '\u202f';

describe('numbers for people', () => {
  it('group thousands in the language of the reader', () => {
    expect(formatCount(1284903, 'en')).toBe('1,284,903');
    expect(formatCount(1284903, 'fr')).toBe(`1${S}284${S}903`);
  });
  it('give whole percent that never say 100 too early', () => {
    expect(formatPercent(62.9, 'en')).toBe('62%');
    expect(formatPercent(99.9, 'en')).toBe('99%');
    expect(formatPercent(62, 'fr')).toBe(`62${S}%`);
    expect(formatPercent(140, 'en')).toBe('100%');
  });
  it.each([
    [0, `0${S}B`, `0${S}o`], [312, `312${S}B`, `312${S}o`], [1000, `1.0${S}kB`, `1,0${S}ko`], [19_872, `19.9${S}kB`, `19,9${S}ko`], [999_600, `1.0${S}MB`, `1,0${S}Mo`], [44_800_000, `44.8${S}MB`, `44,8${S}Mo`], [118_000_000, `118${S}MB`, `118${S}Mo`], [2_300_000_000, `2.3${S}GB`, `2,3${S}Go`],
  ])('give %i bytes as %s and %s', (bytes, english, french) => {
    expect(formatSize(bytes, 'en')).toBe(english);
    expect(formatSize(bytes, 'fr')).toBe(french);
  });
  it.each([
    [-5, `0${S}s`], [8900, `8${S}s`], [660_000, `11${S}min`], [6_120_000, `1${S}h${S}42`], [3_660_000, `1${S}h${S}01`], [200_000_000, `2${S}d`],
  ])('give %i ms as %s', (ms, text) => {
    expect(formatDuration(ms, 'en')).toBe(text);
  });
  it('say days in French with their letter', () => {
    expect(formatDuration(200_000_000, 'fr')).toBe(`2${S}j`);
  });
  it('tell how long an exchange took', () => {
    expect(formatTook(0.34, 'en')).toBe(`0.3${S}ms`);
    expect(formatTook(11.4, 'fr')).toBe(`11${S}ms`);
    expect(formatTook(2440, 'fr')).toBe(`2,4${S}s`);
  });
  it('date what is not of today', () => {
    const now = new Date(2026, 10, 22, 14, 51).getTime();
    expect(formatWhen(new Date(2026, 10, 22, 9, 5).getTime(), now, 'en')).toBe('09:05');
    expect(formatWhen(new Date(2026, 10, 21, 9, 5).getTime(), now, 'en')).toBe('21 Nov, 09:05');
    expect(formatWhen(new Date(2026, 10, 21, 9, 5).getTime(), now, 'fr')).toBe('21 nov., 09:05');
  });
  it('write a tile number with two digits, a stranger with a dash', () => {
    expect([formatNumber(7), formatNumber(120), formatNumber(null)]).toEqual(['07', '120', '—']);
  });
  it('fold numbers into ranges and count what is left out', () => {
    expect(formatRanges([48, 44, 45, 46, 47, 3, 9, 10])).toEqual({ text: '3, 9, 10, 44–48', rest: 0 });
    expect(formatRanges([1, 3, 5, 7], 2)).toEqual({ text: '1, 3', rest: 2 });
  });

  it('say a moment inside a sentence, with the day only where it is another', () => {
    const now = new Date(2026, 10, 22, 15, 0).getTime();
    const today = new Date(2026, 10, 22, 14, 51).getTime();
    const before = new Date(2026, 10, 21, 9, 5).getTime();
    expect(formatMoment(today, now, 'en')).toBe('at 14:51');
    expect(formatMoment(before, now, 'en')).toBe('on 21 Nov at 09:05');
    expect(formatMoment(today, now, 'fr')).toBe('à 14:51');
    expect(formatMoment(before, now, 'fr')).toBe('le 21 nov. à 09:05');
  });
});
