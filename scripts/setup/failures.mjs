// What failed, by name and in few lines, for the end of the log: the last sixty lines of a run must tell it.
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/** So many lines of messages stand before the table in all, so many under one test, so many characters in each. */
const MESSAGE_LINES = 24;
const LINES_EACH = 5;
const LINE_LENGTH = 200;

/** Vitest reporter: writes every failed test, hook, file and unhandled error, as `{ where, name, message }`, into a file. */
export function failureReporter(file) {
  let root = '';
  return {
    onInit(vitest) {
      root = vitest.config.root;
    },
    onTestRunEnd(modules, unhandled) {
      writeFileSync(file, JSON.stringify(vitestFailures(modules, unhandled, root)));
    },
  };
}

export function vitestFailures(modules, unhandled, root) {
  const failures = modules.flatMap((module) => {
    const where = relative(root, module.moduleId).replaceAll('\\', '/');
    const suites = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0);
    const tests = [...module.children.allTests('failed')];
    return [
      ...module.errors().map((error) => ({ where, name: 'the file itself', message: said(error) })),
      ...suites.map((suite) => ({ where, name: `${suite.fullName} (a hook)`, message: said(suite.errors()[0]) })),
      ...tests.map((test) => {
        const error = test.result().errors?.[0];
        return { where: at(where, error?.stacks?.find(({ file }) => file === module.moduleId)), name: test.fullName, message: said(error) };
      }),
    ];
  });
  return [...failures, ...unhandled.map((error) => ({ where: error.VITEST_TEST_PATH ? relative(root, error.VITEST_TEST_PATH) : 'no test', name: 'an error that nobody handled', message: said(error) }))];
}

/** The failures of Playwright's JSON report. */
export function playwrightFailures(report) {
  const ofSuite = ({ title = '', file, suites = [], specs = [] }, above = []) => {
    const titles = title === '' || title === file ? above : [...above, title];
    return [...specs.flatMap((spec) => ofSpec(spec, titles)), ...suites.flatMap((suite) => ofSuite(suite, titles))];
  };
  const ofSpec = ({ file, title, tests = [] }, titles) =>
    tests.filter(({ status }) => status === 'unexpected' || status === 'flaky').map(({ results = [] }) => {
      const error = results.findLast((result) => result.error !== undefined)?.error;
      return { where: at(`test/e2e/${file}`, error?.location?.file?.endsWith(file) ? error.location : undefined), name: [...titles, title].join(' > '), message: said(error) };
    });
  const ofRun = (report.errors ?? []).map((error) => ({ where: 'test/e2e', name: 'the run itself', message: said(error) }));
  return [...(report.suites ?? []).flatMap((suite) => ofSuite(suite)), ...ofRun];
}

/** Reads failures with `read`; without a readable report there is none to name. */
export function readFailures(report, read = (failures) => failures) {
  try {
    return read(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return [];
  }
}

/** The lines for the end of the log: every failure is named, and the first ones tell what they said. */
export function failureLines(part, tally, failures) {
  if (tally.failed === 0) return [];
  const known = failures.length > 0 ? failures : [{ where: 'no report names it', name: 'see the output above', message: '' }];
  const each = Math.min(LINES_EACH, Math.max(1, Math.floor(MESSAGE_LINES / known.length)));
  return known.flatMap(({ where, name, message }, index) => [
    `FAILED ${part}: ${where}: ${name}`,
    ...(index * each < MESSAGE_LINES ? firstLines(message, each) : []),
  ]);
}

function at(where, place) {
  return place === undefined ? where : `${where}:${place.line}`;
}

function said(error) {
  if (error === undefined || error === null) return '';
  const message = error.message ?? String(error);
  const named = error.name === undefined || error.name === 'Error' || message.startsWith(error.name) ? message : `${error.name}: ${message}`;
  const changed = (error.diff ?? '').split('\n').filter((line) => /^[-+] /.test(plain(line)) && !/^(- Expected|\+ Received)/.test(plain(line)));
  return [named, ...changed].join('\n');
}

/** Without the colours of a terminal. */
function plain(text) {
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}

/** Colours and the places in the code are left to the output above. */
function firstLines(text, count) {
  const lines = plain(text).split('\n').map((line) => line.trimEnd()).filter((line) => line !== '' && !/^\s+at /.test(line));
  return lines.slice(0, count).map((line) => `         ${line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH)}…` : line}`);
}
