import { describe, expect, it } from 'vitest';
import { barsOf, wayPercent } from '../../../../renderer/parts/stages.ts';
import { phone } from '../phones.ts';

const drawn = (change: Parameters<typeof phone>[1]) => barsOf(phone(1, change)).map((bar) => ({ full: '#', current: '>', 'to-come': '.', broken: 'x', hollow: 'o' })[bar]).join('');
const trouble = (code: string) => ({ face: 'attention' as const, attention: { code, params: {}, since: 0 } });

describe('the eight bars', () => {
  it('are hollow while the phone is only expected', () => {
    expect(drawn({ face: 'expected', stage: 'expected' })).toBe('oooooooo');
  });
  it('show the stage after the one reached as current', () => {
    expect(drawn({ stage: 'profile' })).toBe('###>....');
  });
  it('show the stage whose bytes move as current', () => {
    expect(drawn({ stage: 'addressed', face: 'writing', moving: { what: 'firmware', file: 'f', bytes: 1, percent: 3 } })).toBe('##.>....');
  });
  it('stop at what was reached when it counts as done', () => {
    expect(drawn({ stage: 'resynced', face: 'done' })).toBe('######..');
    expect(drawn({ stage: 'proved', face: 'done' })).toBe('########');
  });
  it('break where the trouble is: a refused profile at the profile, a load at the firmware', () => {
    expect(drawn({ stage: 'profile', ...trouble('phone.resync-failed') })).toBe('##x.....');
    expect(drawn({ stage: 'profile', ...trouble('phone.upgrade-failed') })).toBe('###x....');
    expect(drawn({ stage: 'addressed', ...trouble('profile.no-template') })).toBe('##x.....');
  });
  it('give the whole way in percent, bytes included', () => {
    expect(wayPercent(phone(1, { stage: 'expected' }))).toBe(13);
    expect(wayPercent(phone(1, { stage: 'proved' }))).toBe(100);
    expect(wayPercent(phone(1, { stage: 'profile', moving: { what: 'firmware', file: 'f', bytes: 0, percent: 50 } }))).toBe(44);
  });
});
