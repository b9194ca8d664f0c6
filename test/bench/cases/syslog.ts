import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startMeasured, type MeasuredProcess } from '../measure.ts';
import { findPeer, missingPeers, scratch, startRsyslogd } from '../peers.ts';
import type { BenchCase } from '../table.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const CLI = join(root, 'main/cli/dialbench.ts');
const SOURCE = join(root, 'test/bench/load/syslog-load.c');
const RATE = 20_000;
const SOCKETS = 50;
/** Lines are waited for this long after the last one was sent. */
const DRAIN_MS = 20_000;

interface Hearer {
  readonly name: string;
  start(folder: string): Promise<{ readonly program: MeasuredProcess; readonly port: number; stored(): Promise<number>; search(text: string): number | null }>;
}

interface Sample {
  readonly rate: number;
  readonly sent: number;
  readonly stored: number;
  readonly cpuUs: number;
  readonly clientUs: number;
  readonly pssMb: number;
  readonly drainMs: number;
  readonly oneMs: number | null;
  readonly wordMs: number | null;
}

/** 20,000 lines a second through a served workspace: stored, searchable, none lost; beside rsyslog, which writes a file. */
export const syslogFlood: BenchCase = {
  name: 'syslog-flood',
  run: async ({ quick }) => {
    const title = 'syslog over UDP, 200-byte lines from 50 sockets';
    const columns = ['program', 'asked lines/s', 'sent lines/s', 'sent', 'lost', 'lost worst %', 'drained ms', 'CPU µs/line', 'PSS MB', 'find one ms', 'find a word ms'];
    const client = compile();
    if (client === null) return { title, columns, rows: [], notes: ['no C compiler on this machine: the load client cannot be built, nothing was measured'] };
    const seconds = quick ? 2 : 5;
    const rounds = quick ? 1 : 3;
    const rows: (string | number | null)[][] = [];
    const clients: number[] = [];
    const folder = scratch('syslog');
    let run = 0;
    for (const rate of [RATE, 0]) {
      const samples = new Map<string, Sample[]>();
      for (let round = 0; round < rounds; round += 1) {
        for (const hearer of hearers()) {
          const sample = await measure(client, hearer, join(folder, String((run += 1))), rate, RATE * seconds);
          samples.set(hearer.name, [...(samples.get(hearer.name) ?? []), sample]);
          clients.push(sample.clientUs);
        }
      }
      for (const [name, found] of samples) {
        const of = (pick: (sample: Sample) => number | null): number | null => median(found.map(pick).filter((value): value is number => value !== null));
        const lost = found.reduce((sum, sample) => sum + sample.sent - sample.stored, 0);
        const worst = Math.max(...found.map((sample) => (100 * (sample.sent - sample.stored)) / sample.sent));
        rows.push([name, rate === 0 ? 'as fast as it can' : String(rate), Math.round(of((s) => s.rate) ?? 0), found.reduce((sum, s) => sum + s.sent, 0), lost, worst, of((s) => s.drainMs), of((s) => s.cpuUs), of((s) => s.pssMb), of((s) => s.oneMs), of((s) => s.wordMs)]);
      }
    }
    return {
      title,
      columns,
      rows,
      notes: [
        `${rounds} interleaved round(s) of ${RATE * seconds} lines; the sender costs ${Math.min(...clients).toFixed(1)} to ${Math.max(...clients).toFixed(1)} µs a line on the same cores.`,
        '`Dialbench` is `dialbench serve`: every line is identified, stored in SQLite and indexed for full-text search; stored lines are counted in the database, which another process reads.',
        'rsyslog writes the lines to a text file and indexes nothing.',
        `Receive buffers: both ask for 4 MB; net.core.rmem_max is ${receiveLimit()}.`,
        `Goal: ${RATE} lines a second, none lost.`,
        ...missingPeers(['rsyslogd']),
      ],
    };
  },
};

async function measure(client: string, hearer: Hearer, folder: string, rate: number, count: number): Promise<Sample> {
  mkdirSync(folder);
  const { program, port, stored, search } = await hearer.start(folder);
  try {
    const before = program.usage().cpuMs;
    const { stdout } = await promisify(execFile)(client, ['127.0.0.1', String(port), String(rate), String(count), String(SOCKETS)]);
    const ended = Date.now();
    const { sent, seconds, cpuMs } = JSON.parse(stdout) as { readonly sent: number; readonly seconds: number; readonly cpuMs: number };
    let kept = await stored();
    let changedAt = Date.now();
    while (kept < sent && Date.now() - changedAt < 3_000 && Date.now() - ended < DRAIN_MS) {
      await wait(50);
      const more = await stored();
      if (more !== kept) changedAt = Date.now();
      kept = more;
    }
    const usage = program.usage();
    return {
      rate: sent / seconds,
      sent,
      stored: kept,
      cpuUs: ((usage.cpuMs - before) * 1_000) / sent,
      clientUs: (cpuMs * 1_000) / sent,
      pssMb: usage.pssMb ?? 0,
      drainMs: Math.max(0, changedAt - ended),
      oneMs: search(`seq${String(sent - 1).padStart(8, '0')}`),
      wordMs: search('registration'),
    };
  } finally {
    await program.stop();
  }
}

function hearers(): readonly Hearer[] {
  const rsyslogd = findPeer('rsyslogd');
  return [
    { name: 'Dialbench', start: startDialbench },
    ...(rsyslogd === null
      ? []
      : [{
          name: 'rsyslog',
          start: async (folder: string) => {
            const port = await freePort();
            const file = join(folder, 'lines.log');
            const program = await startRsyslogd(rsyslogd, { address: '127.0.0.1', port, file });
            return { program, port, stored: () => countLines(file), search: () => null };
          },
        }]),
  ];
}

async function startDialbench(folder: string): ReturnType<Hearer['start']> {
  const args = ['--disable-warning=ExperimentalWarning', CLI, 'serve', '--data', folder, '--syslog', '0', '--dns', 'off', '--https', 'off', '--sntp', 'off', '--http', 'off', '--tftp', 'off', '--ui', 'off'];
  const program = await startMeasured(process.execPath, args, { ready: (output) => output.includes('"ready":true'), readyWithin: 25_000 });
  const database = new DatabaseSync(join(folder, 'syslog.sqlite'), { readOnly: true });
  const total = database.prepare('SELECT coalesce(max(id), 0) AS total FROM lines');
  const find = database.prepare('SELECT lines.text FROM lines_words CROSS JOIN lines ON lines.id = lines_words.rowid WHERE lines_words MATCH ? ORDER BY lines_words.rowid DESC LIMIT 100');
  return {
    program,
    port: Number(/"syslog":\{[^}]*"port":(\d+)/.exec(program.output())?.[1]),
    stored: async () => Number(total.get()?.['total'] ?? 0),
    search: (text) => {
      const began = performance.now();
      const found = find.all(`"${text}"`).length;
      return found === 0 ? null : performance.now() - began;
    },
  };
}

async function countLines(file: string): Promise<number> {
  if (!existsSync(file)) return 0;
  const bytes = await readFile(file);
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}

/** Built once into `.cache/bench`; null without a compiler. */
function compile(): string | null {
  const folder = join(root, '.cache/bench');
  const program = join(folder, 'syslog-load');
  mkdirSync(folder, { recursive: true });
  if (existsSync(program) && statSync(program).mtimeMs > statSync(SOURCE).mtimeMs) return program;
  try {
    execFileSync('cc', ['-O2', '-Wall', '-o', program, SOURCE], { stdio: ['ignore', 'ignore', 'pipe'] });
    return program;
  } catch {
    return null;
  }
}

function receiveLimit(): string {
  try {
    return execFileSync('sysctl', ['-n', 'net.core.rmem_max'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => { resolve(typeof address === 'object' && address !== null ? address.port : 0); });
    });
  });
}
