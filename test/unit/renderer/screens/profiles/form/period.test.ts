import { expect, it } from 'vitest';
import { periodOf, secondsOf } from '../../../../../../renderer/screens/profiles/form/period.ts';

it.each([
  ['86400', null, { text: '24', unit: 'h' }],
  ['5400', null, { text: '90', unit: 'min' }],
  ['86400', 'min', { text: '1440', unit: 'min' }],
  ['90', 'h', { text: '90', unit: 's' }],
  ['0', null, { text: '0', unit: 's' }],
  ['', null, { text: '', unit: 'h' }],
  ['3600,7200', null, { text: '3600,7200', unit: 's' }],
  ['{{period}}', 'h', { text: '{{period}}', unit: 's' }],
] as const)('%j, wanted in %j, is shown as %j', (value, wanted, shown) => {
  expect(periodOf(value, wanted)).toEqual(shown);
});

it('what is typed becomes seconds, and a text stays a text', () => {
  expect(secondsOf('24', 'h')).toBe('86400');
  expect(secondsOf(' 3600+60 ', 'h')).toBe('3600+60');
  expect(secondsOf('', 'h')).toBe('');
});
