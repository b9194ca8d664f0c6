import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

interface Entry {
  readonly version: string;
  readonly optional?: true;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

const { missingPackages } = (await import(new URL('../../../scripts/setup/install.mjs', import.meta.url).href)) as {
  readonly missingPackages: (folder?: string) => number;
};

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A checkout whose lock asks for `wanted`, and in which npm has installed `present` (null: it never came to its end). */
function checkout(wanted: Readonly<Record<string, Entry>>, present: Readonly<Record<string, Entry>> | null): string {
  folder = mkdtempSync(join(tmpdir(), 'dialbench-install-'));
  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': { version: '1.0.0' }, ...wanted } }));
  for (const path of Object.keys(present ?? {})) mkdirSync(join(folder, path), { recursive: true });
  if (present !== null) writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: present }));
  return folder;
}

const zod: Entry = { version: '4.6.7' };
const otherSystem: Entry = { version: '24.0.0', optional: true, os: ['aix'], cpu: ['ppc64'] };
const thisSystem: Entry = { version: '24.0.0', optional: true, os: [process.platform], cpu: [process.arch] };

describe('whether packages have to be installed', () => {
  it('is no when everything of the lock is there', () => {
    expect(missingPackages(checkout({ 'node_modules/zod': zod }, { 'node_modules/zod': zod }))).toBe(0);
  });

  it('is yes on a fresh checkout, and after an installation that was broken off', () => {
    expect(missingPackages(checkout({ 'node_modules/zod': zod }, null))).toBe(1);
  });

  it('is yes when the lock asks for another version', () => {
    expect(missingPackages(checkout({ 'node_modules/zod': zod }, { 'node_modules/zod': { version: '4.6.6' } }))).toBe(1);
  });

  it('is yes when somebody deleted a package', () => {
    const made = checkout({ 'node_modules/zod': zod }, { 'node_modules/zod': zod });
    rmSync(join(made, 'node_modules/zod'), { recursive: true });
    expect(missingPackages(made)).toBe(1);
  });

  it('expects an optional package only on the system it is for', () => {
    expect(missingPackages(checkout({ 'node_modules/node-aix': otherSystem }, {}))).toBe(0);
    rmSync(folder, { recursive: true });
    expect(missingPackages(checkout({ 'node_modules/node-here': thisSystem }, {}))).toBe(1);
  });
});
