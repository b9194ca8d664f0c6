import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleKind } from '../../../common/values/rule.ts';
import { traceKeypad } from '../../../main/domain/rule/keypad.ts';
import { expandMacros } from '../../../main/domain/rule/macros.ts';
import { parseRule } from '../../../main/domain/rule/parse.ts';
import { traceRule } from '../../../main/domain/rule/trace.ts';
import { compareVersions } from '../../../main/domain/rule/version.ts';
import { factsWith } from '../../support/rule-facts.ts';

const PIECES = [
  '(', ')', '?', '!', '|', '[', ']', '"', ' ', '=', '!=', 'eq', 'lt', 'and', 'or', '$', '$$', '$SWVER', '$A', '$B', '$(A:1:2)', '$SA', '$ZZ', '--key',
  '--uid', '--pwd', '--post', '--srv', '--x', 'a', ';', 'Name = "v";', 'http://', 'tftp://h/x', '/x.cfg', 'gds://', ':', '80', '-1', '11-3-2MPP0001-609',
  'sip88xx.11-0-0MPP-1', '“', '–', '\\043', '&lt;', '&PN', '\r\n', '\u0000', '\ud800', 'é', '@',
];
const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((parts) => parts.join(''));
const ruleText = fc.oneof(pieces, fc.string(), fc.string({ unit: 'binary' }));
const kinds = fc.constantFrom<RuleKind>('profile', 'upgrade', 'report', 'ca', 'trigger');
const facts = fc.record({ a: ruleText, b: ruleText, server: fc.option(ruleText), ikm: fc.boolean(), timing: fc.dictionary(fc.constantFrom('Resync_Periodic', 'Resync_At__HHmm_', 'Resync_Error_Retry_Delay'), fc.string()) });

describe('rules', () => {
  it('any text gives a parsed rule, with problems inside of the text', () => {
    fc.assert(fc.property(kinds, ruleText, (kind, text) => {
      const { problems, alternatives } = parseRule(kind, text);
      for (const { span } of [...problems, ...alternatives]) {
        expect(span.from).toBeGreaterThanOrEqual(0);
        expect(span.to).toBeGreaterThanOrEqual(span.from);
        expect(span.to).toBeLessThanOrEqual(text.length);
      }
      if (text.trim() !== '' && alternatives.length === 0) expect(problems).not.toEqual([]);
    }), { numRuns: 1000 });
  });

  it('any text and any facts give a trace: requests or an end, spans inside of what was written, one winner at most', () => {
    fc.assert(fc.property(kinds, ruleText, facts, (kind, text, { a, b, server, ikm, timing }) => {
      const trace = traceRule(kind, text, factsWith({ macros: { A: a, B: b }, server, ikm, timing, secrets: { SA: 'S' } }));
      expect(trace.ends === null).toBe(trace.requests.length > 0);
      expect(trace.alternatives.filter(({ verdict }) => verdict === 'wins').length).toBeLessThanOrEqual(1);
      for (const span of [...trace.problems, ...trace.steps, ...trace.alternatives].map((one) => one.span)) {
        if (span === null) continue;
        expect(span.from).toBeLessThanOrEqual(span.to);
        expect(span.to).toBeLessThanOrEqual(text.length);
      }
      for (const { from, to } of trace.next) if (from !== null) expect(to).toBeGreaterThanOrEqual(from);
      if (trace.problems.some(({ severity }) => severity === 'error')) expect(trace.requests).toEqual([]);
      expect(traceKeypad(text, factsWith()).kind).toBe('profile');
    }), { numRuns: 1000 });
  });

  it('a secret register is never shown', () => {
    fc.assert(fc.property(kinds, pieces, (kind, text) => {
      const trace = traceRule(kind, `${text}[--key $SA --uid $SB --pwd "$SA"] ${text}`, factsWith({ secrets: { SA: 'QqSecretQq', SB: 'ZzSecretZz' } }));
      expect(JSON.stringify(trace)).not.toMatch(/QqSecretQq|ZzSecretZz/);
    }), { numRuns: 500 });
  });

  it('expansion takes each place once and leaves the rest alone', () => {
    fc.assert(fc.property(ruleText, (text) => {
      const { text: filled, uses } = expandMacros(text, { macros: {}, secrets: {} }, { secretsAllowed: false });
      expect(filled).toBe(text.replaceAll('$$', '$'));
      for (const [index, use] of uses.entries()) expect(use.from).toBeGreaterThanOrEqual(uses[index - 1]?.to ?? 0);
    }));
  });

  it('the order of loads turns round with its sides', () => {
    const version = fc.oneof(fc.string(), fc.tuple(fc.nat(20), fc.nat(9), fc.nat(9), fc.constantFrom('', 'MPP', 'MSR1', 'MPP0201'), fc.nat(999)).map(([a, b, c, d, e]) => `sip88xx.${a}-${b}-${c}${d}-${e}`));
    const turned = { lower: 'higher', higher: 'lower', equal: 'equal', 'not-comparable': 'not-comparable' } as const;
    fc.assert(fc.property(version, version, (a, b) => {
      expect(compareVersions(b, a)).toBe(turned[compareVersions(a, b)]);
      expect(compareVersions(a, a)).toBe('equal');
    }));
  });
});
