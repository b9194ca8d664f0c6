import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { httpContenders, PHONES, type Contender, type Firmware } from '../http-contenders.ts';
import { rssMb, type MeasuredProcess } from '../measure.ts';
import { missingPeers, scratch } from '../peers.ts';
import { percentile, ratio, type BenchCase, type BenchTable } from '../table.ts';

const SOURCE = fileURLToPath(new URL('../load/http-load.c', import.meta.url));
const AGENT = 'Cisco-CP-8841-3PCC/11.3.1 (00562b*)';
const FIRMWARE_BYTES = 80_000_000;
const MB = 1_000_000;
/** MB/s of a gigabit cable, headers taken off. */
const GIGABIT = 118;

/** What the load client prints. */
interface Run {
  readonly downloads: number;
  readonly failed: number;
  readonly wrong: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly clientCpuMs: number;
  readonly took: readonly number[];
}

interface Ask {
  readonly port: number;
  readonly scheme: 'http' | 'https';
  readonly path: string;
  readonly firmware: Firmware | null;
  readonly downloads: number;
  readonly atOnce: number;
  readonly gapMs: number;
  /** MB/s that the client takes at most; as much as it can where it is left out. */
  readonly cable?: number;
}

/** 50 downloads of 80 MB at once, each checked by its hash, by HTTP and by HTTPS, beside nginx with sendfile. */
export const httpFirmware: BenchCase = {
  name: 'http-firmware',
  run: ({ quick }) => compare('50 downloads of 80 MB at once, each hashed by the client', async (table) => {
    const downloads = quick ? 10 : 50;
    const columns = ['scheme', 'program', 'MB/s min', 'median', 'max', 'to nginx', 'CPU ms/MB min', 'median', 'max', 'client ms/MB', 'PSS MB', 'failed', 'wrong hash'];
    const found = new Map<string, { readonly run: Run; readonly cpuMs: number; readonly pssMb: number }[]>();
    for (let round = 0; round < (quick ? 1 : 3); round += 1) {
      for (const scheme of ['http', 'https'] as const) {
        for (const contender of table.contenders) {
          await withProgram(contender, scheme, async (program, port) => {
            const ask: Ask = { port, scheme, path: '/load.bin', firmware: table.firmware, downloads: 1, atOnce: 1, gapMs: 0 };
            await table.load(ask).ended;
            const before = program.usage();
            const run = await table.load({ ...ask, downloads, atOnce: downloads }).ended;
            const after = program.usage();
            const key = `${scheme}|${contender.name}`;
            found.set(key, [...(found.get(key) ?? []), { run, cpuMs: after.cpuMs - before.cpuMs, pssMb: after.pssMb ?? 0 }]);
          });
        }
      }
    }
    const rate = ({ run }: { readonly run: Run }): number => Math.round(run.bytes / MB / run.seconds);
    const rows = [...found].map(([key, samples]) => {
      const [scheme = '', name = ''] = key.split('|');
      const nginx = found.get(`${scheme}|nginx`);
      const rates = spread(samples.map(rate));
      const cpu = spread(samples.map(({ run, cpuMs }) => cpuMs / (run.bytes / MB)));
      return [
        scheme, name, ...rates, nginx === undefined ? null : ratio(rates[1], spread(nginx.map(rate))[1]), ...cpu.map(two),
        two(spread(samples.map(({ run }) => run.clientCpuMs / (run.bytes / MB)))[1]), Math.round(Math.max(...samples.map(({ pssMb }) => pssMb))),
        sum(samples.map(({ run }) => run.failed)), sum(samples.map(({ run }) => run.wrong)),
      ];
    });
    return { columns, rows, notes: ['Goals: above 118 MB/s, under 1.67 ms of CPU for each MB (a sixth of a core for 100 MB/s), at least nginx\'s total. One download before each run is not measured.'] };
  }),
};

/** 20 KB profiles over connections of their own, 200 a second, with 20 firmware downloads beside them and without. */
export const httpUnderFirmware: BenchCase = {
  name: 'http-under-firmware',
  run: ({ quick }) => compare('20 KB profiles while 20 firmware downloads run', async (table) => {
    const columns = ['program', 'downloads beside', 'profiles', 'p50 ms', 'p99 ms', 'max ms', 'firmware MB/s', 'failed'];
    const rows: (string | number | null)[][] = [];
    for (const contender of table.contenders) {
      await withProgram(contender, 'http', async (_program, port) => {
        const profiles: Ask = { port, scheme: 'http', path: '/00562b*.cfg', firmware: null, downloads: quick ? 300 : 1_500, atOnce: 10, gapMs: 50 };
        await table.load({ ...profiles, gapMs: 0, downloads: PHONES }).ended;
        for (const beside of [0, 20]) {
          const firmware = beside === 0 ? null : table.load({ port, scheme: 'http', path: '/load.bin', firmware: table.firmware, downloads: 10_000, atOnce: beside, gapMs: 0 });
          if (firmware) await wait(500);
          const { took, failed, wrong } = await table.load(profiles).ended;
          firmware?.child.kill('SIGTERM');
          const moved = firmware === null ? null : await firmware.ended;
          const times = took.toSorted((a, b) => a - b);
          rows.push([
            contender.name, beside, took.length, two(percentile(times, 0.5) ?? 0), two(percentile(times, 0.99) ?? 0), two(times.at(-1) ?? 0),
            moved === null ? null : Math.round(moved.bytes / MB / moved.seconds), failed + wrong + (moved?.failed ?? 0) + (moved?.wrong ?? 0),
          ]);
        }
      });
    }
    return { columns, rows, notes: ['Goal: p99 under 200 ms beside 20 downloads. A profile\'s time begins with its connection; 10 places of the client rest 50 ms after each.'] };
  }),
};

/** 500 downloads of 80 MB at once for some seconds: what they cost in memory. */
export const httpCrowd: BenchCase = {
  name: 'http-500',
  run: ({ quick }) => compare('500 downloads of 80 MB at once', async (table) => {
    const columns = ['cable', 'scheme', 'program', 'MB/s', 'CPU ms/MB', 'RSS MB before', 'RSS MB most', 'files open', 'failed'];
    const rows: (string | number | null)[][] = [];
    for (const [scheme, cable] of [['http', GIGABIT], ['https', GIGABIT], ['http', 0], ['https', 0]] as const) {
      for (const contender of table.contenders.filter(({ name }) => name !== 'nginx')) {
        await withProgram(contender, scheme, async (program, port) => {
          await wait(2_000);
          const before = rssMb(program.pid, 'VmRSS');
          const cpu = program.usage().cpuMs;
          const crowd = table.load({ port, scheme, path: '/load.bin', firmware: table.firmware, downloads: 10_000, atOnce: 500, gapMs: 0, cable });
          await wait(quick ? 3_000 : 10_000);
          const open = openFiles(program.pid);
          crowd.child.kill('SIGTERM');
          const { bytes, seconds, failed, wrong } = await crowd.ended;
          const cpuMs = program.usage().cpuMs - cpu;
          rows.push([cable === 0 ? 'loopback' : '1 Gbit/s', scheme, contender.name, Math.round(bytes / MB / seconds), two(cpuMs / (bytes / MB)), before, rssMb(program.pid, 'VmHWM'), open, failed + wrong]);
        }, true);
      }
    }
    return { columns, rows, notes: ['Goal: the whole process under 200 MB, with every server and the user interface listening. On the cable of 1 Gbit/s the client takes 118 MB/s, without it what loopback gives: V8 lets its heap grow with the rate of short-lived objects. `files open` counts the descriptors of the firmware file while all 500 are on their way.'] };
  }),
};

interface Table {
  readonly contenders: readonly Contender[];
  readonly firmware: Firmware;
  load(ask: Ask): { readonly child: ChildProcess; readonly ended: Promise<Run> };
}

async function compare(title: string, measure: (table: Table) => Promise<Omit<BenchTable, 'title'>>): Promise<BenchTable> {
  const client = join(scratch('http-load'), 'http-load');
  try {
    execFileSync('cc', ['-O2', '-o', client, SOURCE, '-l:libssl.so.3', '-l:libcrypto.so.3'], { stdio: 'pipe' });
  } catch {
    return { title, columns: ['program'], rows: [], notes: ['no C compiler (cc) or no OpenSSL 3 for the load client: nothing was measured'] };
  }
  const { contenders, firmware } = await httpContenders(FIRMWARE_BYTES);
  const { columns, rows, notes } = await measure({ contenders, firmware, load: (ask) => startLoad(client, ask) });
  return {
    title, columns, rows,
    notes: [
      ...notes,
      '`Dialbench` is `dialbench serve`: the phones are identified, everything is written to the evidence, the firmware lies in `files/`. `server alone` answers without the app. nginx has one worker and sendfile.',
      'Load client: one C program with epoll, a connection for each download, length and SHA-256 of each checked; it shares this machine\'s cores. Rounds are interleaved.',
      ...missingPeers(['nginx']),
    ],
  };
}

async function withProgram(contender: Contender, scheme: 'http' | 'https', work: (program: MeasuredProcess, port: number) => Promise<void>, every = false): Promise<void> {
  const { program, port } = await contender.start(scheme, every);
  try {
    await work(program, port);
  } finally {
    await program.stop();
  }
}

function startLoad(client: string, { port, scheme, path, firmware, downloads, atOnce, gapMs, cable = 0 }: Ask): { readonly child: ChildProcess; readonly ended: Promise<Run> } {
  const args = ['127.0.0.1', port, scheme === 'https' ? 1 : 0, path, PHONES, AGENT, firmware?.size ?? 0, firmware?.sha256 ?? '-', downloads, atOnce, gapMs, cable];
  const child = spawn(client, args.map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => { text += chunk.toString(); });
  const timer = setTimeout(() => child.kill('SIGTERM'), 120_000);
  const ended = new Promise<Run>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(timer);
      if (text === '') reject(new Error('the load client said nothing'));
      else resolve(JSON.parse(text) as Run);
    });
  });
  return { child, ended };
}

/** Minimum, median, maximum. */
function spread(values: readonly number[]): readonly [number, number, number] {
  const ordered = values.toSorted((a, b) => a - b);
  return [ordered[0] ?? 0, ordered[Math.floor(ordered.length / 2)] ?? 0, ordered.at(-1) ?? 0];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function two(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Descriptors of the firmware that this process holds. */
function openFiles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).endsWith('/load.bin');
    } catch {
      return false;
    }
  }).length;
}
