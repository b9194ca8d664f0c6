import { describe, expect, it } from 'vitest';
import { reportKind } from '../../../../../main/domain/profile/report-kind.ts';

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

  it('an alternative or a query of the rule, other cases, and a server that only macros name are no hindrance', () => {
    expect(reportKind('/r/x.xml', served('($PRVST eq 1)? http://h/o.xml | [--status] http://h/r/$MA.xml?a=1'), true)).toBe('status');
    expect(reportKind('r/SEP00.XML', served('[--delta] tftp://h/R/sep$MA.xml'), true)).toBe('delta');
    expect(reportKind('/r/x.xml', served('[--delta] $SCHEME://$SERVIP:$PORT/r/$MA.xml'), true)).toBe('delta');
    expect(reportKind('/r/x/y.xml', served('[--delta] http://h/r/$MA.xml'), true)).toBe('report');
  });

  it('a register of the same profile is filled, as the phone does', () => {
    const profile = '<flat-profile><GPP_B>out/d</GPP_B><Report_Rule>[--delta] http://h/$B/$MA.xml</Report_Rule></flat-profile>';
    expect(reportKind('/out/d/0.xml', profile, true)).toBe('delta');
    expect(reportKind('/out/0.xml', profile, true)).toBe('report');
  });

  it('of several rules the last counts, one in a comment never', () => {
    const two = '<flat-profile><!--<Report_Rule>[--status] http://h/r.xml</Report_Rule>--><Report_Rule>[--status] http://h/r.xml</Report_Rule><Report_Rule>[--delta] http://h/r.xml</Report_Rule></flat-profile>';
    expect(reportKind('/r.xml', two, true)).toBe('delta');
    expect(reportKind('/r.xml', '<flat-profile><!--<Report_Rule>[--status] http://h/r.xml</Report_Rule>--></flat-profile>', true)).toBe('report');
  });

  it('a rule full of macros and a path made for it do not hold the bench up', { timeout: 5000 }, () => {
    const rule = served(`[--delta] http://h/${'$MA'.repeat(2000)}b$(PN)!`);
    expect(reportKind(`/${'0'.repeat(100_000)}`, rule, true)).toBe('report');
    expect(reportKind(`/${'a'.repeat(50_000)}b!`, rule, true)).toBe('delta');
    const letters = served(`[--delta] http://h/${'a$MA'.repeat(2000)}!`);
    expect(reportKind(`/${'a'.repeat(100_000)}`, letters, true)).toBe('report');
    expect(reportKind(`/${'/'.repeat(100_000)}`, letters, true)).toBe('report');
  });
});
