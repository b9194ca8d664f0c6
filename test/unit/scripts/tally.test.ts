import { describe, expect, it } from 'vitest';

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
type Read = (report: object, exitCode: number) => Tally;

const { vitestTally, playwrightTally, vitestSkipped, playwrightSkipped, tallyFile, line } = (await import(
  new URL('../../../scripts/setup/tally.mjs', import.meta.url).href
)) as {
  readonly vitestTally: Read;
  readonly playwrightTally: Read;
  readonly vitestSkipped: (report: object) => readonly string[];
  readonly playwrightSkipped: (report: object) => readonly string[];
  readonly tallyFile: (file: string, exitCode: number, read: Read) => Tally;
  readonly line: (tally: Tally) => string;
};

describe('the closing line of npm test', () => {
  it('adds what Vitest passed, failed and skipped', () => {
    const report = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] };
    expect(line(vitestTally(report, 1))).toBe('7 passed, 1 failed, 3 skipped');
  });

  it('counts a test file that could not be loaded as a failure', () => {
    const report = { numPassedTests: 7, testResults: [{ status: 'failed', assertionResults: [] }, { status: 'passed', assertionResults: [] }] };
    expect(vitestTally(report, 1)).toEqual({ passed: 7, failed: 1, skipped: 0 });
  });

  it('counts a runner that failed without a failed test, such as an unhandled error', () => {
    expect(vitestTally({ numPassedTests: 7, testResults: [] }, 1)).toEqual({ passed: 7, failed: 1, skipped: 0 });
    expect(playwrightTally({ stats: { expected: 3 }, errors: [] }, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  it('takes a flaky end-to-end test for a failure', () => {
    expect(playwrightTally({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 } }, 1)).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  it('never takes a report that lacks for success', () => {
    expect(tallyFile('/nowhere/report.json', 0, vitestTally)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('what was skipped', () => {
  it('is named, file by file', () => {
    const report = {
      testResults: [
        { name: '/home/me/dialbench/test/integration/a.test.ts', assertionResults: [{ status: 'passed', fullName: 'runs' }, { status: 'skipped', fullName: 'needs root' }] },
        { name: 'C:\\dialbench\\test\\unit\\b.test.ts', assertionResults: [{ status: 'todo', fullName: 'comes later' }] },
      ],
    };
    expect(vitestSkipped(report)).toEqual(['test/integration/a.test.ts: needs root', 'test/unit/b.test.ts: comes later']);
  });

  it('is named with its reason where the browser tests give one', () => {
    const tests = (status: string, annotations: object[] = []) => [{ status, annotations }];
    const report = {
      suites: [{
        specs: [{ file: 'a.spec.ts', title: 'runs', tests: tests('expected') }],
        suites: [{ specs: [{ file: 'a.spec.ts', title: 'opens', tests: tests('skipped', [{ type: 'skip', description: 'no openssl' }]) }, { file: 'a.spec.ts', title: 'bare', tests: tests('skipped') }] }],
      }],
    };
    expect(playwrightSkipped(report)).toEqual(['test/e2e/a.spec.ts: opens (no openssl)', 'test/e2e/a.spec.ts: bare']);
  });
});
