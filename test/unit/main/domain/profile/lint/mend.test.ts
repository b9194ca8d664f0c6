import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../../../common/values/finding.ts';
import { readDocument } from '../../../../../../main/domain/profile/document/document.ts';
import { LINT_CODES, type LintCodeFacts } from '../../../../../../main/domain/profile/lint/codes.ts';
import { lintProfile } from '../../../../../../main/domain/profile/lint/lint.ts';
import { applyFixes, isSafe, mendSafely } from '../../../../../../main/domain/profile/lint/mend.ts';
import { DICTIONARY } from '../../../../../support/lint/dictionary.ts';

function lint(text: string): readonly Finding[] {
  return lintProfile(readDocument(text), { dictionary: DICTIONARY, model: null, variables: null, bench: null });
}

function fixed(edits: readonly (readonly [number, number, string])[]): Finding {
  return {
    code: 'lint.ua-missing', params: {}, severity: 'hint', span: { from: 0, to: 0, line: 1, column: 1 }, cutsOff: false,
    fix: { code: 'lint.fix.ua', params: {}, edits: edits.map(([from, to, insert]) => ({ from, to, insert })) },
  };
}

describe('making fixes', () => {
  it('fixes that touch nothing of each other are made together', () => {
    expect(applyFixes('abcdef', [fixed([[4, 5, 'E']]), fixed([[0, 1, 'A'], [2, 3, 'C']])])).toEqual({ text: 'AbCdEf', applied: 2 });
  });

  it('of two that touch the same characters the second waits, with all of its edits', () => {
    expect(applyFixes('abcdef', [fixed([[0, 3, 'X']]), fixed([[2, 4, 'Y'], [5, 6, 'Z']])])).toEqual({ text: 'Xdef', applied: 1 });
  });

  it('an insertion right behind a replacement is made, two at one place are not', () => {
    expect(applyFixes('abc', [fixed([[0, 1, 'A']]), fixed([[1, 1, '-']])])).toEqual({ text: 'A-bc', applied: 2 });
    expect(applyFixes('abc', [fixed([[1, 1, '+']]), fixed([[1, 1, '-']])])).toEqual({ text: 'a+bc', applied: 1 });
  });

  it('a text without findings stays', () => {
    expect(applyFixes('abc', [])).toEqual({ text: 'abc', applied: 0 });
  });
});

describe('mending by itself', () => {
  it('makes what is safe until nothing is left, and leaves the rest to a person', () => {
    const text = `<flat-profile>
  <admin_password>a & b</admin_password>
  <Provision_Enable>no</Provision_Enable>
  <Sylsog_Server ua='na'>h</Sylsog_Server>
  <Station_Name>“A”</Station_Name>
</flat-profile>
`;
    expect(mendSafely(text, lint)).toEqual({
      text: `<flat-profile>
  <Admin_Password ua="na">a &amp; b</Admin_Password>
  <Provision_Enable ua="na">No</Provision_Enable>
  <Sylsog_Server ua="na">h</Sylsog_Server>
  <Station_Name ua="na">"A"</Station_Name>
</flat-profile>
`,
      mended: 8,
    });
  });

  it('never turns round what the profile says: no cut-off, no guess of a name, no other value', () => {
    const unsafe = Object.entries(LINT_CODES).filter(([, facts]: readonly [string, LintCodeFacts]) => facts.cutsOff === true || facts.severity === 'error');
    for (const [code, facts] of unsafe as readonly (readonly [string, LintCodeFacts])[]) {
      expect([code, facts.fix?.safe ?? false]).toEqual([code, code === 'lint.typographic-rule']);
    }
    expect(isSafe({ ...fixed([]), code: 'lint.name-near' })).toBe(false);
    expect(isSafe({ ...fixed([]), code: 'rule.operand.dots' })).toBe(false);
    expect(isSafe({ ...fixed([]), fix: null })).toBe(false);
  });
});
