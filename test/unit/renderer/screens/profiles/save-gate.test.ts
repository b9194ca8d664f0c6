import { describe, expect, it } from 'vitest';
import type { Finding, LintView } from '../../../../../common/contract/views/profiles.ts';
import { saveGate } from '../../../../../renderer/screens/profiles/save-gate.ts';

const finding = (part: Partial<Finding>): Finding => ({ code: 'lint.x', params: {}, severity: 'warning', span: { from: 0, to: 1, line: 1, column: 1 }, fix: null, cutsOff: false, ...part });
const lint = (findings: readonly Finding[], part: Partial<LintView> = {}): LintView => ({ findings, errors: 0, warnings: 0, phones: 48, unfillable: [], ...part });
const lacks = (count: number) => Array.from({ length: count }, (_, at) => ({ mac: `00562b00000${at}` as never, number: at, missing: ['ext'] }));

describe('whether a template may be saved', () => {
  it('is no while nothing differs, and open while its text is not read', () => {
    expect(saveGate(false, lint([]))).toEqual({ kind: 'same' });
    expect(saveGate(true, null)).toEqual({ kind: 'unread' });
  });

  it('is no with an error, and yes with warnings', () => {
    expect(saveGate(true, lint([finding({ severity: 'error' }), finding({})]))).toEqual({ kind: 'errors', count: 1 });
    expect(saveGate(true, lint([finding({}), finding({ severity: 'hint' })]))).toEqual({ kind: 'free' });
  });

  it('asks for the number where phones are cut off, but only when no other error is left', () => {
    const cut = finding({ severity: 'error', cutsOff: true });
    expect(saveGate(true, lint([cut]))).toEqual({ kind: 'cuts-off', phones: 48, findings: [cut] });
    expect(saveGate(true, lint([cut, finding({ severity: 'error' })]))).toMatchObject({ kind: 'errors', count: 1 });
    expect(saveGate(true, lint([cut], { phones: 0 }))).toEqual({ kind: 'free' });
  });

  it('does not wait for a column that only some phones lack; one that all lack is an error of the text', () => {
    const missing = finding({ severity: 'error', code: 'lint.variable-missing', params: { variable: 'ext' } });
    expect(saveGate(true, lint([missing], { phones: 3, unfillable: lacks(2) }))).toEqual({ kind: 'free' });
    expect(saveGate(true, lint([missing], { phones: 3, unfillable: lacks(3) }))).toMatchObject({ kind: 'errors' });
  });
});
