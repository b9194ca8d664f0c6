import { describe, expect, it } from 'vitest';
import { reportKind } from '../../../../main/app/serve/report-kind.ts';

const served = (rule: string) => `<flat-profile><Report_Rule ua="na">${rule}</Report_Rule></flat-profile>`;
const BOTH = served('[--delta]http://10.20.0.1/reports/d-$MA.xml [--status]http://10.20.0.1/reports/s-$MA.xml');

describe('what a phone reported', () => {
  it.each([
    ['/reports/d-00562b043615.xml', BOTH, true, 'delta'],
    ['/reports/s-00562b043615.xml', BOTH, true, 'status'],
    ['/reports/s-00562b043615.xml', BOTH, false, 'status'],
    ['/reports/00562b043615.xml', served('http://10.20.0.1/reports/$MA.xml'), true, 'report'],
    ['/reports/00562b043615.xml', served('http://10.20.0.1/reports/$(MA).xml'), false, 'other'],
    ['/reports/x.xml', null, true, 'report'],
    ['/prt/log.tar.gz', null, false, 'other'],
  ])('%s is told by the rule that it was served', (path, profile, isProfile, kind) => {
    expect(reportKind(path, profile, isProfile)).toBe(kind);
  });
});
