// `npm test [-- --only PART,…]`: sets up, then checks, builds and runs every test; a part that fails hides no other.
// Parts: check, build, quick, integration, soak, e2e. Each test that was skipped, and each that failed with the first lines of what it
// said, is named at the end, and the last line is `N passed, N failed, N skipped` for all of them.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { check, checkParts } from './check.mjs';
import { ensureBuilt } from './setup/build.mjs';
import { ensureClients } from './setup/debian.mjs';
import { failureLines, playwrightFailures, readFailures } from './setup/failures.mjs';
import { ensurePackages } from './setup/install.mjs';
import { removeTestNetworks } from './setup/network.mjs';
import { nodeEnvironment } from './setup/node.mjs';
import { unpackPeers } from './setup/peers.mjs';
import { onEveryExit, root, run } from './setup/run.mjs';
import { guarded, heartbeat, say, Trouble } from './setup/say.mjs';
import { add, line, NOTHING, playwrightSkipped, playwrightTally, tallyFile, vitestSkipped, vitestTally } from './setup/tally.mjs';

const REPORTS = join(root, '.cache/test');
const MINUTE = 60_000;
const E2E_MINUTES = 30;
const PARTS = { check: runCheck, build: runBuild, quick: () => vitest('quick', 10), integration: () => vitest('integration', 30), soak: () => vitest('soak', 15), e2e: playwright };

await guarded(async () => {
  const wanted = readArguments(process.argv.slice(2));
  onEveryExit(removeTestNetworks);
  await ensurePackages();
  if (wanted.includes('integration') || wanted.includes('e2e')) {
    removeTestNetworks();
    await ensureClients();
    await unpackPeers();
  }
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const results = [];
  for (const name of wanted) {
    say(`\n── ${name}`);
    const began = Date.now();
    const tally = await PARTS[name]().catch((error) => {
      say(error instanceof Trouble ? error.message : String(error?.stack ?? error));
      return { ...NOTHING, failed: 1, failures: [{ where: 'the part itself', name: 'did not run', message: String(error?.message ?? error) }] };
    });
    results.push({ name, tally, seconds: Math.round((Date.now() - began) / 1000) });
  }
  say('');
  for (const { tally } of results) for (const each of tally.notRun ?? []) say(`skipped ${each}`);
  for (const { name, tally } of results) for (const each of failureLines(name, tally, tally.failures ?? [])) say(each);
  for (const { name, tally, seconds } of results) say(`${tally.failed > 0 ? 'FAILED' : 'ok    '} ${name.padEnd(12)} ${line(tally)}, ${seconds} s`);
  const total = results.reduce((sum, each) => add(sum, each.tally), NOTHING);
  process.stdout.write(`${line(total)}\n`);
  return total.failed > 0 ? 1 : 0;
});

async function runCheck() {
  const failed = await check();
  return { passed: checkParts().length - failed.length, failed: failed.length, skipped: 0, failures: failed.map((name) => ({ where: 'npm run check', name, message: '' })) };
}

async function runBuild() {
  await ensureBuilt();
  say('build: ok');
  return { ...NOTHING, passed: 1 };
}

async function vitest(project, minutes) {
  // These start the built program, and open its pages.
  if (project !== 'quick') await ensureBuilt();
  const report = join(REPORTS, `${project}.json`);
  // The integration tests start the program that people run, with its pages; without this script they start its sources.
  const built = project === 'integration' ? { DIALBENCH_PROGRAM: 'out/main/dialbench.mjs' } : {};
  if (project === 'integration') await ensureBuilt();
  const failures = join(REPORTS, `${project}-failures.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`, `--reporter=${join(root, '.config/vitest-failures.mjs')}`];
  const args = ['run', '-c', '.config/vitest.config.ts', '--project', project, '--passWithNoTests', ...reporters];
  const stop = heartbeat(`running the ${project} tests`, () => '', MINUTE);
  const began = Date.now();
  const { code, signal } = await runBinary('vitest', args, minutes, { DIALBENCH_FAILURES_FILE: failures, ...built });
  stop();
  const ended = signal === null ? [] : [endedEarly(`the ${project} tests`, began, minutes)];
  return { ...tallyFile(report, code ?? 1, vitestTally), notRun: readSkipped(report, vitestSkipped), failures: [...readFailures(failures), ...ended] };
}

async function playwright() {
  if (!existsSync(join(root, 'test/e2e')) || readdirSync(join(root, 'test/e2e')).length === 0) {
    say('e2e: no test yet');
    return NOTHING;
  }
  const chromium = process.env.DIALBENCH_CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(chromium)) {
    say(`e2e: skipped, there is no ${chromium} (DIALBENCH_CHROMIUM names another)`);
    return { ...NOTHING, skipped: 1, notRun: [`test/e2e: all of it (there is no ${chromium})`] };
  }
  await ensureBuilt();
  const report = join(REPORTS, 'e2e.json');
  const began = Date.now();
  const { code, signal } = await runBinary('playwright', ['test', '-c', '.config/playwright.config.ts', '--pass-with-no-tests'], E2E_MINUTES, { PLAYWRIGHT_JSON_OUTPUT_FILE: report, NODE_COMPILE_CACHE: join(root, '.cache/node') });
  const ended = signal === null ? [] : [endedEarly('the e2e tests', began, E2E_MINUTES)];
  return { ...tallyFile(report, code ?? 1, playwrightTally), notRun: readSkipped(report, playwrightSkipped), failures: [...readFailures(report, playwrightFailures), ...ended] };
}

function readSkipped(report, read) {
  try {
    return read(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    // The tally has counted it as a failure.
    return [];
  }
}

/** Our own limit ends a run with a signal, and so does somebody from outside: the clock tells which. */
function endedEarly(what, began, minutes) {
  const took = Date.now() - began;
  const message = took >= minutes * MINUTE - 1000 ? `${what} took longer than ${minutes} minutes and were ended` : `${what} were ended from outside after ${Math.round(took / 1000)} s`;
  say(message);
  return { where: 'the part itself', name: 'ended early', message };
}

function runBinary(name, args, minutes, env = {}) {
  const program = join(root, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);
  return run(program, args, { limitMs: minutes * MINUTE, env: { ...nodeEnvironment(), FORCE_COLOR: process.stderr.isTTY ? '1' : '0', ...env } });
}

function readArguments(args) {
  if (args.length === 0) return Object.keys(PARTS);
  const names = args.filter((arg) => arg !== '--only').flatMap((arg) => arg.replace(/^--only=/, '').split(','));
  const unknown = names.filter((name) => !(name in PARTS));
  if (unknown.length > 0) throw new Trouble(`No part is called ${unknown.join(', ')}: the parts are ${Object.keys(PARTS).join(', ')}.`);
  return Object.keys(PARTS).filter((name) => names.includes(name));
}
