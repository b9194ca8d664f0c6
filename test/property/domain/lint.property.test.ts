import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../common/values/finding.ts';
import type { Model } from '../../../common/values/model.ts';
import { readDocument } from '../../../main/domain/profile/document/document.ts';
import { lintProfile } from '../../../main/domain/profile/lint/lint.ts';
import { applyFixes, mendSafely } from '../../../main/domain/profile/lint/mend.ts';
import { DICTIONARY } from '../../support/lint/dictionary.ts';

const NAMES = DICTIONARY.entries.map(({ name }) => name.replaceAll('{n}', '3'));
const WRONG = ['profile_rule', 'Sylsog_Server', 'Admin_Passwd', 'License_Keys', 'Proxy', 'Nothing_At_All', 'Proxy_99_'];
const name = fc.oneof(fc.constantFrom(...NAMES), fc.constantFrom('Profile_Rule', 'Upgrade_Rule', 'Report_Rule', 'Resync_Trigger_1', 'Proxy_Mode'), fc.constantFrom(...WRONG));
const attribute = fc.constantFrom('', ' ua="na"', ' ua="rw"', " ua='ro'", ' ua="x"', ' group="A/B" ua="na"');
/** Values as they stand in a file: escaped, with the signs that people and programs leave in them. */
const value = fc.oneof(
  fc.array(fc.constantFrom('a', ' ', '\n', '\r\n', '/', '[', ']', '(', ')', '?', '|', '$MA', '$A', '--key', '"', '“', '–', 'é', '😀', '&amp;', '&lt;', '&#x41;', '>', '{{name}}', '{{x', '}}', 'gds://', 'http://', '12', '\\057', 'yes', ','), { maxLength: 14 }).map((pieces) => pieces.join('')),
  fc.constantFrom('', '""', 'No', 'yes', '0', '/$PSN.xml', '($A eq "x")? http://h/x | /y', '123456', 'http://10.20.0.1/a', '<![CDATA[a<b]]>', 'a<!-- c -->b'),
);
const element = fc.tuple(name, attribute, value).map(([each, ua, text]) => (text === '' ? `<${each}${ua}/>` : `<${each}${ua}>${text}</${each}>`));
const profile = fc.array(element, { maxLength: 12 }).map((elements) => `<flat-profile>\n${elements.join('\n')}\n</flat-profile>\n`);
/** Anything, most of it nearly a profile. */
const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.tuple(profile, fc.nat(), fc.nat(), fc.string({ maxLength: 6 })).map(([text, from, length, put]) => {
    const at = from % (text.length + 1);
    return text.slice(0, at) + put + text.slice(at + (length % 20));
  }),
);

function lint(text: string): readonly Finding[] {
  return lintProfile(readDocument(text), {
    dictionary: DICTIONARY, model: 'CP-8841-3PCC' as Model, variables: new Set(['name']), bench: { address: '10.20.0.1', names: ['bench.internal'] },
  });
}

describe('the lint of any text', () => {
  it('never throws, and every place and edit lies inside the text, in order', () => {
    fc.assert(fc.property(fc.oneof(profile, junk), (text) => {
      let before = 0;
      for (const { span, fix } of lint(text)) {
        expect(span.from).toBeGreaterThanOrEqual(before);
        expect(span.to).toBeGreaterThanOrEqual(span.from);
        expect(span.to).toBeLessThanOrEqual(text.length);
        const lineStart = text.slice(0, span.from).lastIndexOf('\n') + 1;
        if (!text.includes('\r')) expect([span.line, span.column]).toEqual([text.slice(0, span.from).split('\n').length, span.from - lineStart + 1]);
        before = span.from;
        for (const edit of fix?.edits ?? []) expect(0 <= edit.from && edit.from <= edit.to && edit.to <= text.length).toBe(true);
      }
    }), { numRuns: 600 });
  });

  it('no fix breaks a profile that an XML parser reads', () => {
    fc.assert(fc.property(profile, (text) => {
      fc.pre(readDocument(text).problems.every(({ severity }) => severity !== 'error'));
      for (const finding of lint(text)) {
        if (finding.fix === null) continue;
        const after = applyFixes(text, [finding]).text;
        expect(readDocument(after).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      }
    }), { numRuns: 400 });
  });

  it('mending comes to rest, and mends what it says that it can', () => {
    fc.assert(fc.property(profile, (text) => {
      const { text: mended } = mendSafely(text, lint);
      expect(mendSafely(mended, lint)).toEqual({ text: mended, mended: 0 });
    }), { numRuns: 300 });
  });
});
