import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleParts, waitUnit } from '../../../../../../renderer/screens/profiles/debugger/rule-parts.ts';

const span = (from: number, to: number) => ({ from, to, line: 1, column: from + 1 });

describe('the coloured parts of a rule', () => {
  it('say of each letter its alternative, whether it is a macro, and what is wrong with it', () => {
    const text = '/a.cfg | /$MA.cfg';
    const parts = ruleParts(text, { alternatives: [{ span: span(0, 6), verdict: 'false' }, { span: span(9, 17), verdict: 'wins' }], problems: [{ code: 'x', params: {}, severity: 'error', span: span(6, 6) }] }, span(9, 17));
    expect(parts.find((part) => part.text === '$MA')).toEqual({ text: '$MA', verdict: 'wins', macro: true, problem: null, lit: true });
    expect(parts.find((part) => part.problem === 'error')?.text).toBe(' ');
    expect(parts[0]).toMatchObject({ text: '/a.cfg', verdict: 'false', lit: false });
  });

  it('mark the last letter where a problem stands behind the end', () => {
    expect(ruleParts('abc', { alternatives: [], problems: [{ code: 'x', params: {}, severity: 'warning', span: span(3, 3) }] }, null).at(-1)).toMatchObject({ text: 'c', problem: 'warning' });
  });

  it('join to the text again, whatever the text and wherever the spans lie', () => {
    const spans = fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => span(Math.min(a, b), Math.max(a, b)));
    fc.assert(fc.property(fc.string({ maxLength: 50 }), fc.array(spans, { maxLength: 5 }), (text, places) => {
      const trace = { alternatives: places.map((each) => ({ span: each, verdict: 'wins' as const })), problems: places.map((each) => ({ code: 'x', params: {}, severity: 'error' as const, span: each })) };
      expect(ruleParts(text, trace, places[0] ?? null).map((part) => part.text).join('')).toBe(text);
    }));
  });
});

describe('a wait in words', () => {
  it('takes the largest unit that is whole, so that nothing is rounded away', () => {
    expect([60, 119, 120, 3600, 3640, 86_400, 172_800, 0].map((seconds) => Object.values(waitUnit(seconds)).join(' '))).toEqual(['60 s', '119 s', '2 min', '1 h', '3640 s', '24 h', '2 d', '0 s']);
  });
});
