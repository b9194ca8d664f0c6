import { describe, expect, it } from 'vitest';
import { parseSerial } from '../../../../common/values/serial.ts';
import { inOrder, matches, passes } from '../../../../renderer/model/phone-filter.ts';
import { phone } from '../phones.ts';

describe('search on the bench', () => {
  const found = phone(7, { name: 'Salle de réunion', serial: parseSerial('FCH2443D9R4'), ip: '10.20.0.107' as never });
  it.each(['7', '07', '00562b', '00:56:2B:00:00:07', '0056.2b00.0007', '2b 00 00', 'fch2443', 'réunion', '8841', '0.107', 'salle 8841'])('finds a phone by %s', (text) => {
    expect(matches(found, text)).toBe(true);
  });
  it.each(['8861', 'salle 55', 'ffffff', '17'])('does not find it by %s', (text) => {
    expect(matches(found, text)).toBe(false);
  });
  it('finds everything by nothing', () => {
    expect(matches(found, '  ')).toBe(true);
  });
});

describe('filters of the stage strip', () => {
  it('count strangers apart from the stages', () => {
    const stranger = phone(1, { enrolled: false, number: null, face: 'stranger' });
    expect(passes(stranger, 'addressed')).toBe(false);
    expect(passes(stranger, 'strangers')).toBe(true);
    expect(passes(stranger, 'all')).toBe(true);
  });
  it('take trouble across all stages', () => {
    expect(passes(phone(1, { face: 'attention', stage: 'profile' }), 'attention')).toBe(true);
    expect(passes(phone(1, { face: 'done', stage: 'resynced' }), 'attention')).toBe(false);
  });
});

describe('order', () => {
  it('by state puts trouble first and done last', () => {
    const phones = [phone(1, { face: 'done', stage: 'resynced' }), phone(2), phone(3, { face: 'attention' }), phone(4, { face: 'expected', stage: 'expected' })];
    expect(inOrder(phones, 'state').map((each) => each.number)).toEqual([3, 2, 4, 1]);
  });
  it('by name sorts numbers as numbers and puts the nameless last', () => {
    const phones = [phone(1), phone(2, { name: 'Room 10' }), phone(3, { name: 'Room 9' })];
    expect(inOrder(phones, 'name').map((each) => each.number)).toEqual([3, 2, 1]);
  });
  it('turns round, and settles equals by number', () => {
    const phones = [phone(2), phone(1), phone(3)];
    expect(inOrder(phones, 'number', 'down').map((each) => each.number)).toEqual([3, 2, 1]);
    expect(inOrder(phones, 'model', 'down').map((each) => each.number)).toEqual([1, 2, 3]);
  });
});
