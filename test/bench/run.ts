import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { formatTable, isBenchCase, type BenchCase, type BenchTable } from './table.ts';

interface Record {
  readonly name: string;
  readonly seconds: number;
  readonly table?: BenchTable;
  readonly error?: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const usage = 'usage: npm run bench -- [--only NAME]… [--quick] [--list]';

process.exitCode = await main();

async function main(): Promise<number> {
  const wanted = readArguments();
  if (wanted === null) return 2;
  const cases = (await loadCases()).filter((each) => wanted.only.length === 0 || wanted.only.some((name) => each.name.startsWith(name)));
  if (wanted.list) {
    for (const each of cases) process.stdout.write(`${each.name}\n`);
    return 0;
  }
  if (cases.length === 0) {
    process.stderr.write(`No benchmark is called ${wanted.only.join(', ')}. \`npm run bench -- --list\` names them.\n`);
    return 2;
  }
  const records: Record[] = [];
  for (const each of cases) records.push(await runOne(each, wanted.quick));
  const file = save(records, wanted.quick);
  process.stderr.write(`written to ${file}\n`);
  return records.some((record) => record.error !== undefined) ? 1 : 0;
}

function readArguments(): { readonly only: readonly string[]; readonly quick: boolean; readonly list: boolean } | null {
  try {
    const { values } = parseArgs({
      options: { only: { type: 'string', multiple: true }, quick: { type: 'boolean' }, list: { type: 'boolean' } },
    });
    const only = (values.only ?? []).flatMap((text) => text.split(',')).filter(Boolean);
    return { only, quick: values.quick ?? false, list: values.list ?? false };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
    return null;
  }
}

async function loadCases(): Promise<BenchCase[]> {
  const folder = join(root, 'test/bench/cases');
  if (!existsSync(folder)) return [];
  const found: BenchCase[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts')).toSorted()) {
    const module = (await import(pathToFileURL(join(folder, file)).href)) as { readonly [name: string]: unknown };
    for (const value of Object.values(module).flat()) if (isBenchCase(value) && !found.includes(value)) found.push(value);
  }
  return found;
}

async function runOne(each: BenchCase, quick: boolean): Promise<Record> {
  process.stderr.write(`running ${each.name}${quick ? ' (quick)' : ''} …\n`);
  const began = Date.now();
  const seconds = (): number => Math.round((Date.now() - began) / 100) / 10;
  try {
    const table = await each.run({ quick });
    process.stdout.write(`${formatTable(table)}\n`);
    process.stderr.write(`${each.name} took ${seconds()} s\n`);
    return { name: each.name, seconds: seconds(), table };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${each.name} failed: ${text}\n`);
    return { name: each.name, seconds: seconds(), error: text };
  }
}

function save(records: readonly Record[], quick: boolean): string {
  const folder = join(root, '.cache/bench');
  mkdirSync(folder, { recursive: true });
  const at = new Date();
  const machine = {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.version,
  };
  const file = join(folder, `${at.toISOString().replaceAll(/[:.]/g, '-')}.json`);
  writeFileSync(file, `${JSON.stringify({ at: at.toISOString(), quick, machine, records }, null, 2)}\n`);
  return file;
}
