import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { english } from '../../../../../../common/contract/sentences/en.ts';
import { lintEn, lintFr } from '../../../../../../common/contract/sentences/lint.ts';
import { LINT_CODES, type LintCodeFacts } from '../../../../../../main/domain/profile/lint/codes.ts';

const TABLE = Object.entries(LINT_CODES) as readonly (readonly [keyof typeof LINT_CODES, LintCodeFacts])[];
const PLACE = /\{(\w+)\}/g;

describe('the sentences of the lint', () => {
  it('every code and every fix has one, and there is none too many', () => {
    const needed = new Set(TABLE.flatMap(([code, { fix }]) => (fix === undefined ? [code] : [code, fix.code])));
    const extra = new Set(['lint.fix.escape', 'lint.fix.macro', 'lint.fix.space', 'lint.fix.comment', 'lint.fix.backslash', 'lint.unreadable']);
    expect(Object.keys(lintEn).filter((code) => !needed.has(code as keyof typeof LINT_CODES) && !extra.has(code))).toEqual([]);
    expect([...needed].filter((code) => !(code in lintEn))).toEqual([]);
  });

  it('each part of a sentence stays under 90 characters, and both languages name the same things', () => {
    for (const [code, text] of Object.entries(lintEn)) {
      const other = lintFr[code as keyof typeof lintEn];
      for (const part of [...text.split(/(?<=\.) /), ...other.split(/(?<=\.) /)]) expect([part, part.length < 90]).toEqual([part, true]);
      const names = (sentence: string): readonly string[] => Array.from(sentence.matchAll(PLACE), ([place]) => place).toSorted();
      if (code.startsWith('lint.') && !code.startsWith('lint.unreadable')) expect([code, new Set(names(other))]).toEqual([code, new Set(names(text))]);
    }
  });
});

/** The page lists the readers' codes too; those may only not be stale. */
describe('docs/lint.md', () => {
  const page = readFileSync(new URL('../../../../../../docs/lint.md', import.meta.url), 'utf8');

  it.each(TABLE.map(([code, facts]) => [code, row(code, facts)]))('tells %s as it is', (_code, line) => {
    expect(page).toContain(line);
  });

  it('names no code that is gone', () => {
    const named = Array.from(page.matchAll(/^\| `([\w.-]+)`/gm), ([, code]) => code ?? '');
    expect(named.filter((code) => !(code in english))).toEqual([]);
    expect(named.length).toBeGreaterThan(TABLE.length);
  });
});

/** `| code | severity | what it says | fix |` */
function row(code: keyof typeof LINT_CODES, { severity, cutsOff, fix }: LintCodeFacts): string {
  const mends = fix === undefined ? '' : `${cell(lintEn[fix.code as keyof typeof lintEn])}${fix.safe ? ', safe' : ''}`;
  return `| \`${code}\` | ${severity}${cutsOff === true ? ', cuts off' : ''} | ${cell(lintEn[code])} | ${mends} |`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
