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

interface Failure {
  readonly where: string;
  readonly name: string;
  readonly message: string;
}

const { vitestFailures, playwrightFailures, readFailures, failureLines } = (await import(new URL('../../../scripts/setup/failures.mjs', import.meta.url).href)) as {
  readonly vitestFailures: (modules: readonly object[], unhandled: readonly object[], root: string) => readonly Failure[];
  readonly playwrightFailures: (report: object) => readonly Failure[];
  readonly readFailures: (file: string) => readonly Failure[];
  readonly failureLines: (part: string, tally: { readonly failed: number }, failures: readonly Failure[]) => readonly string[];
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

describe('what failed', () => {
  const failing = (fullName: string, error: object) => ({ fullName, result: () => ({ errors: [error] }) });
  const moduleOf = (moduleId: string, tests: readonly object[], suites: readonly object[] = [], errors: readonly object[] = []) =>
    ({ moduleId, errors: () => errors, children: { allSuites: () => suites, allTests: () => tests } });

  it('is named with its file, its line, its full name and the change that was seen', () => {
    const error = { name: 'AssertionError', message: 'expected 1 to be 2', diff: '\u001b[32m- Expected\u001b[39m\n\u001b[31m+ Received\u001b[39m\n\n\u001b[32m- 2\u001b[39m\n\u001b[31m+ 1\u001b[39m', stacks: [{ file: '/root/common/x.ts', line: 3 }, { file: '/root/test/unit/a.test.ts', line: 41 }] };
    const failures = vitestFailures([moduleOf('/root/test/unit/a.test.ts', [failing('a door > opens', error)])], [], '/root');
    expect(failureLines('quick', { failed: 1 }, failures)).toEqual(['FAILED quick: test/unit/a.test.ts:41: a door > opens', '         AssertionError: expected 1 to be 2', '         - 2', '         + 1']);
  });

  it('is also a file that cannot be loaded, a hook and an error that nobody handled', () => {
    const modules = [
      moduleOf('/root/test/unit/a.test.ts', [], [{ fullName: 'a door', errors: () => [{ message: 'hook broke' }] }]),
      moduleOf('/root/test/unit/b.test.ts', [], [], [{ message: 'Cannot find module' }]),
    ];
    expect(vitestFailures(modules, [{ name: 'TypeError', message: 'late', VITEST_TEST_PATH: '/root/test/unit/a.test.ts' }], '/root')).toEqual([
      { where: 'test/unit/a.test.ts', name: 'a door (a hook)', message: 'hook broke' },
      { where: 'test/unit/b.test.ts', name: 'the file itself', message: 'Cannot find module' },
      { where: 'test/unit/a.test.ts', name: 'an error that nobody handled', message: 'TypeError: late' },
    ]);
  });

  it('is read from the report of the browser tests, without colours and without places in the code', () => {
    const results = [{ error: { message: '\u001b[31mError: not visible\u001b[39m\n\n    at eval (x:1:1)\nTimeout: 100ms', location: { file: '/root/test/e2e/a.spec.ts', line: 7 } } }];
    const spec = (title: string, status: string) => ({ file: 'a.spec.ts', title, tests: [{ status, results }] });
    const report = { suites: [{ title: 'a.spec.ts', file: 'a.spec.ts', specs: [spec('runs', 'expected')], suites: [{ title: 'outer', file: 'a.spec.ts', specs: [spec('opens', 'unexpected')] }] }], errors: [{ message: 'Cannot find module' }] };
    expect(failureLines('e2e', { failed: 2 }, playwrightFailures(report))).toEqual([
      'FAILED e2e: test/e2e/a.spec.ts:7: outer > opens',
      '         Error: not visible',
      '         Timeout: 100ms',
      'FAILED e2e: test/e2e: the run itself',
      '         Cannot find module',
    ]);
  });

  it('is named to the last one where there are many, with few lines in all', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({ where: 'a.test.ts', name: `test ${index}`, message: `one\ntwo\n${'x'.repeat(999)}` }));
    const lines = failureLines('quick', { failed: 40 }, many);
    expect(lines.filter((each) => each.startsWith('FAILED'))).toHaveLength(40);
    expect(lines.length).toBeLessThan(70);
    expect(Math.max(...failureLines('quick', { failed: 1 }, many.slice(0, 1)).map((each) => each.length))).toBeLessThan(220);
  });

  it('says so where a part failed and no report names a test', () => {
    expect(failureLines('soak', { failed: 1 }, readFailures('/nowhere/report.json'))).toEqual(['FAILED soak: no report names it: see the output above']);
    expect(failureLines('soak', { failed: 0 }, [])).toEqual([]);
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
