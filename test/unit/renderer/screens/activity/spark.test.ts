import { describe, expect, it } from 'vitest';
import { perMinute, perSecond, sparkPoints } from '../../../../../renderer/screens/activity/spark.ts';

const heights = (points: string) => points.split(' ').map((point) => Number(point.split(',')[1]));
const places = (points: string) => points.split(' ').map((point) => Number(point.split(',')[0]));

describe('the line of a rate', () => {
  it('spans the whole width, oldest left', () => {
    expect(places(sparkPoints([1, 2, 3], 84, 26))).toEqual([0, 42, 84]);
  });

  it('touches top and ground with room for its stroke', () => {
    const drawn = heights(sparkPoints([0, 5, 10], 84, 26, 2));
    expect(drawn).toEqual([24, 13, 2]);
  });

  it('lies on the ground for zeros, and does not blow up a single event', () => {
    expect(heights(sparkPoints([0, 0, 0], 84, 26, 2))).toEqual([24, 24, 24]);
    expect(heights(sparkPoints([0, 1], 84, 26, 2))).toEqual([24, 2]);
  });

  it('draws nothing of nothing', () => {
    expect(sparkPoints([], 84, 26)).toBe('');
  });

  it('tells the mean of the newest five seconds and the sum of the minute', () => {
    expect(perSecond([100, 1, 2, 3, 4, 5])).toBe(3);
    expect(perSecond([])).toBe(0);
    expect(perMinute(Array.from({ length: 90 }, () => 1))).toBe(60);
  });
});
