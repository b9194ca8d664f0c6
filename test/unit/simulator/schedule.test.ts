import { describe, expect, it } from 'vitest';
import { delayFor, delayUntilClock, powerUpDelay, readDelays } from '../../../main/simulator/schedule.ts';

const middle = (): number => 0.5;
const none = (): number => 0;

describe('Resync_Periodic and Resync_Error_Retry_Delay', () => {
  it.each([
    ['3600', 0, 3600],
    ['60,120,240', 0, 60],
    ['60,120,240', 1, 120],
    ['60,120,240', 9, 240],
    ['3600+600', 0, 3900],
    ['60, 120 + 100', 1, 170],
    ['0', 0, null],
    ['60,0', 1, null],
    ['', 0, null],
    ['soon', 0, null],
    ['-5', 0, null],
  ])('%j gives for try %i: %j seconds', (text, turn, expected) => {
    expect(delayFor(readDelays(text), turn, middle)).toBe(expected);
  });
});

describe('Resync_Random_Delay', () => {
  it('counts in units of 20 s', () => {
    expect(powerUpDelay('2', middle)).toBe(20);
    expect(powerUpDelay('0', middle)).toBe(0);
    expect(powerUpDelay('many', middle)).toBe(0);
  });
});

describe('Resync_At__HHmm_', () => {
  const noon = new Date(2026, 10, 22, 12, 0, 0);

  it('waits for that time today, or tomorrow when it has passed', () => {
    expect(delayUntilClock('1230', '0', noon, none)).toBe(1800);
    expect(delayUntilClock('1200', '0', noon, none)).toBe(24 * 3600);
    expect(delayUntilClock('2400', '0', noon, none)).toBe(12 * 3600);
  });

  it('adds Resync_At_Random_Delay by chance', () => {
    expect(delayUntilClock('1230', '600', noon, middle)).toBe(2100);
  });

  it.each(['', '730', '2401', '1260', 'noon'])('leaves %j aside', (text) => {
    expect(delayUntilClock(text, '600', noon, middle)).toBeNull();
  });
});
