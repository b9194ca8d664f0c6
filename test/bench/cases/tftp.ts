import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath, getuid, kill } from 'node:process';
import { fileURLToPath } from 'node:url';
import { startMeasured, type MeasuredProcess } from '../measure.ts';
import { findPeer, missingPeers, scratch, startAtftpd, startDnsmasqTftp, startTftpdHpa } from '../peers.ts';
import { percentile, ratio, type BenchCase, type BenchTable } from '../table.ts';

/** One server in a run: where its requests go, and the process whose CPU counts. */
interface Contestant {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly process: MeasuredProcess;
}

interface Load {
  readonly file: string;
  readonly size: number;
  readonly transfers: number;
  readonly atOnce: number;
  readonly blockSize?: number;
  readonly window?: number;
  readonly loss?: number;
  /** Close the socket instead of sending the last acknowledgement. */
  readonly vanish?: boolean;
}

interface Round {
  readonly perSecond: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly failed: number;
  readonly timeouts: number;
  readonly cpuMs: number;
  readonly pssMb: number | null;
  readonly clientCpuMs: number;
  readonly seconds: number;
}

const PROFILE = 20_000;
const CLIENT_TIMER_MS = 1_000;
/** A bench runs for hours: its code is compiled and its memory grown when the phones come. Every server gets the same. */
const WARM_UP = 2_000;
const SERVER = fileURLToPath(new URL('../load/tftp-server.ts', import.meta.url));
const SOURCE = fileURLToPath(new URL('../load/tftp-load.c', import.meta.url));
const METHOD = [
  '*Dialbench* is the TFTP server with its two workers, answered from memory; identification and evidence of the whole bench are not in it.',
  'Load client: one C program with epoll, one socket for each phone, every size and the edges of every block checked; it and the servers share this machine\'s cores.',
  `Lock-step (window 1), blksize 1428, 16 round trips for 20,000 bytes; the client's own timer is ${String(CLIENT_TIMER_MS)} ms. Rounds are interleaved: every server once, then again; min/median/max over rounds where three figures stand; before them every server gives ${String(WARM_UP)} profiles unmeasured.`,
];

/** 20 KB profiles, many at once. */
export const tftpProfiles: BenchCase = {
  name: 'tftp-profiles',
  run: (options) => compare('20 KB profiles by TFTP, lock-step', options, (quick) => [50, 200, 500].map((atOnce) => ({
    label: `${String(atOnce)} at once`, load: { file: 'profile.xml', size: PROFILE, transfers: quick ? 1_000 : 2_000, atOnce },
  }))),
};

/** The same over a link that loses packets in both directions. */
export const tftpLoss: BenchCase = {
  name: 'tftp-loss',
  run: (options) => compare('20 KB profiles by TFTP with loss, 50 at once', options, (quick) => [0.02, 0.05].map((loss) => ({
    label: `${String(loss * 100)} % loss`, load: { file: 'profile.xml', size: PROFILE, transfers: quick ? 100 : 200, atOnce: 50, loss },
  }))),
};

/** Phones that never send their last acknowledgement, as those that reboot at once. */
export const tftpVanish: BenchCase = {
  name: 'tftp-no-last-ack',
  run: (options) => compare('20 KB profiles by TFTP, the last ACK never comes', options, (quick) => [false, true].map((vanish) => ({
    label: vanish ? 'all vanish' : 'all acknowledge', load: { file: 'profile.xml', size: PROFILE, transfers: quick ? 300 : 1_000, atOnce: 100, vanish },
  }))),
};

/** Firmware: a few large files at once. */
export const tftpFirmware: BenchCase = {
  name: 'tftp-firmware',
  run: (options) => compare('20 MB files by TFTP, many at once', options, (quick) => [1, 16].map((window) => ({
    label: `window ${String(window)}`,
    load: { file: 'firmware.bin', size: 20_000_000, transfers: quick ? 10 : 20, atOnce: quick ? 10 : 20, blockSize: 1_428, window },
    only: window > 1 ? ['Dialbench', 'Dialbench, single port', 'atftpd'] : undefined,
  })), (load, round) => [Math.round((load.transfers * load.size) / 1_048_576 / round.seconds), round.cpuMs / ((load.transfers * load.size) / 1_048_576)]),
};

interface Cell {
  readonly label: string;
  readonly load: Load;
  /** Servers that can do this at all; everyone when not given. */
  readonly only?: readonly string[] | undefined;
}

type Throughput = (load: Load, round: Round) => readonly [perSecond: number, cpuPerUnit: number];

const perTransfer: Throughput = (load, round) => [round.perSecond, round.cpuMs / load.transfers];

async function compare(title: string, options: { readonly quick: boolean }, cells: (quick: boolean) => readonly Cell[], throughput: Throughput = perTransfer): Promise<BenchTable> {
  const client = compile();
  if (client === null) return { title, columns: [], rows: [], notes: ['No C compiler (cc) on this machine: the load client cannot be built, nothing was measured.'] };
  const folder = scratch('tftp');
  writePattern(join(folder, 'profile.xml'), PROFILE);
  writePattern(join(folder, 'firmware.bin'), 20_000_000);
  const notes = [...METHOD, ...missingPeers(['dnsmasq', 'atftpd', 'in.tftpd'])];
  const contestants = await startAll(folder, notes);
  const rows: (string | number | null)[][] = [];
  const perSecondUnit = throughput === perTransfer ? 'transfers/s' : 'MiB/s';
  try {
    for (const each of contestants) await once(client, each, { file: 'profile.xml', size: PROFILE, transfers: WARM_UP, atOnce: 50 }, 1);
    for (const { label, load, only } of cells(options.quick)) {
      const taking = contestants.filter(({ name }) => only?.includes(name) ?? true);
      const rounds = new Map<string, Round[]>(taking.map(({ name }) => [name, []]));
      for (let round = 0; round < (options.quick ? 2 : 3); round += 1) {
        for (const each of taking) rounds.get(each.name)?.push(await once(client, each, load, round + 2));
      }
      const medianOf = (name: string, pick: (round: Round) => number): number | null => percentile((rounds.get(name) ?? []).map(pick).toSorted(byNumber), 0.5);
      for (const { name } of taking) {
        const all = rounds.get(name) ?? [];
        const speeds = all.map((round) => throughput(load, round)[0]);
        const costs = all.map((round) => throughput(load, round)[1]);
        const ours = medianOf('Dialbench', (round) => throughput(load, round)[0]) ?? 0;
        const ourP99 = medianOf('Dialbench', ({ p99 }) => p99) ?? 0;
        const isOurs = name.startsWith('Dialbench');
        rows.push([
          label, name, spread(speeds, 0), isOurs ? null : ratio(ours, median(speeds)), round1(median(all.map(({ p50 }) => p50))), round1(median(all.map(({ p90 }) => p90))), round1(median(all.map(({ p99 }) => p99))),
          isOurs ? null : ratio(ourP99, median(all.map(({ p99 }) => p99))), sum(all.map(({ failed }) => failed)), sum(all.map(({ timeouts }) => timeouts)),
          spread(costs, 2), Math.max(...all.map(({ pssMb }) => pssMb ?? 0)), round2(median(all.map(({ clientCpuMs }) => clientCpuMs / load.transfers))),
        ]);
      }
    }
  } finally {
    for (const { process } of contestants) await process.stop();
  }
  return {
    title,
    columns: ['load', 'server', `${perSecondUnit} min/med/max`, 'Dialbench / it', 'p50 ms', 'p90 ms', 'p99 ms', 'p99 Dialbench / it', 'failed', 'client timeouts',
      throughput === perTransfer ? 'CPU ms/transfer' : 'CPU ms/MiB', 'PSS MB', 'client CPU ms/transfer'],
    rows, notes,
  };
}

async function startAll(folder: string, notes: string[]): Promise<Contestant[]> {
  const found: Contestant[] = [];
  const ours = async (name: string, address: string, single: 'single' | 'two'): Promise<void> => {
    const process = await startMeasured(execPath, [SERVER, address, '0', '2', single, folder], { ready: (output) => output.includes('"listening"'), readyWithin: 20_000 });
    const { port } = JSON.parse(process.output().split('\n')[0] ?? '') as { readonly port: number };
    found.push({ name, address, port, process });
  };
  await ours('Dialbench', '127.0.66.10', 'two');
  await ours('Dialbench, single port', '127.0.66.11', 'single');
  const dnsmasq = findPeer('dnsmasq');
  const root = getuid?.() === 0;
  if (!root) notes.push('not run as root: dnsmasq (port 69 only) and tftpd-hpa (chroot) are left out');
  if (dnsmasq && root) found.push({ name: 'dnsmasq', address: '127.0.66.1', port: 69, process: await startDnsmasqTftp(dnsmasq, { folder, address: '127.0.66.1' }) });
  const atftpd = findPeer('atftpd');
  if (atftpd) found.push({ name: 'atftpd', address: '127.0.66.2', port: 7069, process: await startAtftpd(atftpd, { folder, address: '127.0.66.2', port: 7069 }) });
  const hpa = findPeer('in.tftpd');
  if (hpa && root) found.push({ name: 'tftpd-hpa', address: '127.0.66.3', port: 7069, process: await startTftpdHpa(hpa, { folder, address: '127.0.66.3', port: 7069 }) });
  return found;
}

async function once(client: string, { address, port, process, name }: Contestant, load: Load, seed: number): Promise<Round> {
  // A server that has ended would otherwise be measured as 30 s of silence for each phone.
  if (!isAlive(process.pid)) throw new Error(`${name} has ended: ${process.output().trim().slice(-300)}`);
  const before = process.usage().cpuMs;
  const output = await run(client, [address, port, load.file, load.size, load.transfers, load.atOnce, load.blockSize ?? 1428, load.window ?? 1,
    load.loss ?? 0, CLIENT_TIMER_MS, load.vanish === true ? 1 : 0, seed].map(String));
  const after = process.usage();
  const result = JSON.parse(output) as { readonly seconds: number; readonly failed: number; readonly wrong: number; readonly timeouts: number; readonly cpuMs: number; readonly took: readonly number[] };
  if (result.wrong > 0) throw new Error(`${name} delivered wrong bytes in ${String(result.wrong)} of ${String(load.transfers)} transfers`);
  const took = result.took.filter((each) => each >= 0).toSorted(byNumber);
  return {
    perSecond: Math.round(took.length / result.seconds), p50: percentile(took, 0.5) ?? 0, p90: percentile(took, 0.9) ?? 0, p99: percentile(took, 0.99) ?? 0, failed: result.failed,
    timeouts: result.timeouts, cpuMs: after.cpuMs - before, pssMb: after.pssMb, clientCpuMs: result.cpuMs, seconds: result.seconds,
  };
}

function isAlive(pid: number): boolean {
  try {
    return kill(pid, 0);
  } catch {
    return false;
  }
}

function run(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, [...args], { timeout: 240_000, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${file} ${args.join(' ')}: ${error.message} ${stderr}`));
      else resolve(stdout);
    });
  });
}

/** The client as a program, built anew when its source is newer; null without a compiler. */
function compile(): string | null {
  const folder = fileURLToPath(new URL('../../../.cache/bench', import.meta.url));
  const program = join(folder, 'tftp-load');
  mkdirSync(folder, { recursive: true });
  if (existsSync(program) && statSync(program).mtimeMs > statSync(SOURCE).mtimeMs) return program;
  try {
    execFileSync('cc', ['-O2', '-o', program, SOURCE], { stdio: 'pipe' });
    return program;
  } catch {
    return null;
  }
}

/** The bytes that the client expects: its first comment says how they are made. */
function writePattern(file: string, size: number): void {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 1) bytes[at] = at * 7 + Math.floor(at / 251);
  writeFileSync(file, bytes);
}

const byNumber = (one: number, other: number): number => one - other;
const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const median = (values: readonly number[]): number => percentile(values.toSorted(byNumber), 0.5) ?? 0;
const round1 = (value: number): number => Math.round(value * 10) / 10;
const round2 = (value: number): number => Math.round(value * 100) / 100;

function spread(values: readonly number[], digits: number): string {
  const sorted = values.toSorted(byNumber);
  return [sorted[0] ?? 0, median(values), sorted.at(-1) ?? 0].map((value) => value.toFixed(digits)).join('/');
}
