// What the test runners wrote, as numbers: a report that lacks counts as one failure, never as none.
import { readFileSync } from 'node:fs';

export const NOTHING = { passed: 0, failed: 0, skipped: 0 };

export function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

export function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Vitest's JSON report. A file that could not be loaded has no tests in it and counts as one failure. */
export function vitestTally(report, exitCode) {
  const brokenFiles = (report.testResults ?? []).filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')).length;
  const tally = {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + brokenFiles,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
  return noLessThanExitCode(tally, exitCode);
}

/** Playwright's JSON report. A test that passed only at the second try is a failure here: retries are off. */
export function playwrightTally(report, exitCode) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report.stats ?? {};
  const tally = { passed: expected, failed: unexpected + flaky + (report.errors?.length ?? 0), skipped };
  return noLessThanExitCode(tally, exitCode);
}

/** What vitest did not run, `file: name`. */
export function vitestSkipped(report) {
  return (report.testResults ?? []).flatMap(({ name, assertionResults = [] }) =>
    assertionResults.filter(({ status }) => NOT_RUN.includes(status)).map(({ fullName }) => `${shortPath(name)}: ${fullName}`));
}

/** What Playwright did not run, `file: name (reason)`. */
export function playwrightSkipped(report) {
  const ofSuite = ({ suites = [], specs = [] }) => [...specs.flatMap(ofSpec), ...suites.flatMap(ofSuite)];
  const ofSpec = ({ file, title, tests = [] }) => tests.filter(({ status }) => status === 'skipped').map(({ annotations = [] }) => {
    const reason = annotations.find(({ type, description }) => type === 'skip' && description)?.description;
    return `test/e2e/${file}: ${title}${reason ? ` (${reason})` : ''}`;
  });
  return (report.suites ?? []).flatMap(ofSuite);
}

const NOT_RUN = ['skipped', 'pending', 'todo', 'disabled'];

function shortPath(name = '') {
  const path = name.replaceAll('\\', '/');
  const at = path.lastIndexOf('/test/');
  return at < 0 ? path : path.slice(at + 1);
}

/** Reads a report written by a runner; without a readable one the run is one failure. */
export function tallyFile(file, exitCode, read) {
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')), exitCode);
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function noLessThanExitCode(tally, exitCode) {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}
