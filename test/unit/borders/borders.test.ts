import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

interface Violation {
  readonly rule: string;
  readonly from: string;
}

interface Report {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const SOURCES = ['common', 'main', 'preload', 'renderer'];
const config = createRequire(import.meta.url)(join(root, '.config/borders.cjs')) as {
  readonly forbidden: readonly { readonly name: string }[];
};

/** One violation for each border: the file that crosses it, and what it says. */
const PLANTED: Readonly<Record<string, readonly [file: string, text: string]>> = {
  'no-cycles': ['main/app/planted-back.ts', "export { round } from './planted-round.ts';\nexport const back = 1;\n"],
  'values-stand-alone': ['common/values/planted.ts', "export { done } from '../contract/planted-target.ts';\n"],
  'common-runs-anywhere': ['common/contract/planted-side.ts', "export { target } from '../../main/app/planted-target.ts';\n"],
  'common-without-builtins': ['common/contract/planted-node.ts', "export { join } from 'node:path';\n"],
  'domain-is-pure': ['main/domain/planted.ts', "export { readFileSync } from 'node:fs';\n"],
  'codec-and-machine-are-pure': ['main/servers/planted/codec.ts', "export { createSocket } from 'node:dgram';\n"],
  'servers-do-not-meet': ['main/servers/planted/server.ts', "export { target } from '../other/target.ts';\n"],
  'servers-ask-through-needs': ['main/servers/planted/needs.ts', "export { target } from '../../domain/planted-target.ts';\n"],
  'app-knows-no-host': ['main/app/planted-host.ts', "export { target } from '../headless/planted-target.ts';\n"],
  'rooms-below-the-app': ['main/store/planted.ts', "export { target } from '../app/planted-target.ts';\n"],
  'crypto-stands-alone': ['main/crypto/planted.ts', "export { target } from '../domain/planted-target.ts';\n"],
  'disk-knows-nobody': ['main/disk/planted.ts', "export { target } from '../domain/planted-target.ts';\n"],
  'xml-knows-nobody': ['main/xml/planted.ts', "export { readFileSync } from 'node:fs';\n"],
  'headless-stands-alone': ['main/headless/planted.ts', "export { target } from '../cli/planted-target.ts';\n"],
  'nobody-imports-the-desktop': ['main/cli/planted.ts', "export { target } from '../electron/planted-target.ts';\n"],
  'domain-hashes-in-one-place': ['main/domain/planted-random.ts', "export { randomBytes } from 'node:crypto';\n"],
  'renderer-imports-only-common': ['renderer/planted-side.ts', "export { target } from '../main/app/planted-target.ts';\n"],
  'renderer-without-builtins': ['renderer/planted-node.ts', "export { join } from 'node:path';\n"],
  'electron-at-the-edge': ['main/app/planted-electron.ts', "export { app } from 'electron';\n"],
  'preload-is-one-pipe': ['preload/planted.ts', "export { readFileSync } from 'node:fs';\n"],
  'product-without-tests': ['main/app/planted-test.ts', "export { target } from '../../test/planted-target.ts';\n"],
  'node-side-without-dev-packages': ['main/app/planted-dev.ts', "export { chromium } from 'playwright';\n"],
  'nothing-missing': ['main/app/planted-missing.ts', "export { nowhere } from './nowhere.ts';\n"],
};

const TARGETS: Readonly<Record<string, string>> = {
  'main/app/planted-round.ts': "export { back } from './planted-back.ts';\nexport const round = 1;\n",
  'common/contract/planted-target.ts': 'export const done = 1;\n',
  'main/app/planted-target.ts': 'export const target = 1;\n',
  'main/domain/planted-target.ts': 'export const target = 1;\n',
  'main/headless/planted-target.ts': 'export const target = 1;\n',
  'main/cli/planted-target.ts': 'export const target = 1;\n',
  'main/electron/planted-target.ts': 'export const target = 1;\n',
  'main/servers/other/target.ts': 'export const target = 1;\n',
  'test/planted-target.ts': 'export const target = 1;\n',
};

mkdirSync(join(root, '.cache'), { recursive: true });
const copy = mkdtempSync(join(root, '.cache/borders-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('the borders', () => {
  it('are kept by the whole tree', { timeout: 60_000 }, async () => {
    const { violations, modules } = await cruise(root);
    expect(violations).toEqual([]);
    expect(modules).toBeGreaterThan(50);
  });

  it('each have a planted violation', () => {
    expect(Object.keys(PLANTED).toSorted()).toEqual(config.forbidden.map((rule) => rule.name).toSorted());
  });

  it('each catch their planted violation', { timeout: 60_000 }, async () => {
    plantAll();
    const { violations } = await cruise(copy);
    const caught = Object.entries(PLANTED).filter(([rule, [file]]) => violations.some((each) => each.rule === rule && each.from === file));
    expect(caught.map(([rule]) => rule).toSorted()).toEqual(Object.keys(PLANTED).toSorted());
  });
});

function plantAll(): void {
  for (const name of SOURCES.filter((source) => existsSync(join(root, source)))) cpSync(join(root, name), join(copy, name), { recursive: true });
  for (const name of ['package.json', 'tsconfig.json']) cpSync(join(root, name), join(copy, name));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const files = [...Object.values(PLANTED), ...Object.entries(TARGETS)];
  for (const [file, text] of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), text);
  }
}

function cruise(folder: string): Promise<{ readonly violations: readonly Violation[]; readonly modules: number }> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const sources = SOURCES.filter((source) => existsSync(join(folder, source)));
  const args = [program, '--config', join(root, '.config/borders.cjs'), '--output-type', 'json', ...sources];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 28, timeout: 60_000 }, (error, stdout) => {
      // The exit code is the number of violations; without a report it did not run.
      if (stdout === '') return reject(error ?? new Error('dependency-cruiser wrote nothing'));
      const { summary } = JSON.parse(stdout) as Report;
      resolve({ violations: summary.violations.map((each) => ({ rule: each.rule.name, from: each.from })), modules: summary.totalCruised });
    });
  });
}
