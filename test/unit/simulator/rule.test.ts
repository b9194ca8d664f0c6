import { describe, expect, it } from 'vitest';
import { readRule } from '../../../main/simulator/rule.ts';

describe('a profile rule', () => {
  it.each([
    ['/$PSN.xml', { kind: 'path', path: '/$PSN.xml' }],
    ['http://h/a.xml', { kind: 'url', text: 'http://h/a.xml' }],
    ['  h/a.xml ', { kind: 'url', text: 'h/a.xml' }],
    ['http://h/a.xml | http://h/b.xml', { kind: 'url', text: 'http://h/a.xml' }],
    ['', { kind: 'empty' }],
    ['   ', { kind: 'empty' }],
  ])('%j is read', (text, expected) => {
    expect(readRule(text)).toEqual(expected);
  });

  it.each(['($A = "1")? http://h/a.xml', '(Line_Enable_1_ = "No";)! /x', '[--key $SA] http://h/a.xml', 'gds://', '| http://h/a.xml', 'two words'])(
    '%j is told as unread, never passed over',
    (text) => {
      expect(readRule(text)).toMatchObject({ kind: 'unread', error: expect.stringMatching(/\w/) as string });
    },
  );
});
