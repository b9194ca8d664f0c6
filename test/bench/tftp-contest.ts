import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath, getuid, kill } from 'node:process';
import { fileURLToPath } from 'node:url';
import { startMeasured, type MeasuredProcess } from './measure.ts';
import { findPeer, startAtftpd, startDnsmasqTftp, startTftpdHpa } from './peers.ts';
import { percentile } from './table.ts';

/** One server in a run: where its requests go, and the process whose CPU counts. */
export interface Contestant {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly process: MeasuredProcess;
}

export interface Load {
  readonly file: string;
  readonly size: number;
  readonly transfers: number;
  readonly atOnce: number;
  readonly blockSize?: number;
  readonly window?: number;
  readonly loss?: number;
  /** Close the socket instead of sending the last acknowledgement. */
  readonly vanish?: boolean;
  /** Seconds after which the client stops, whatever still runs. */
  readonly atMost?: number;
}

export interface Round {
  readonly perSecond: number;
  /** File bytes that came in order, in millions. */
  readonly megabytes: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  /** Transfers that ended with the whole file. */
  readonly whole: number;
  readonly failed: number;
  readonly timeouts: number;
  readonly cpuMs: number;
  readonly pssMb: number | null;
  readonly clientCpuMs: number;
  readonly seconds: number;
}

export const CLIENT_TIMER_MS = 1_000;
const SERVER = fileURLToPath(new URL('./load/tftp-server.ts', import.meta.url));
const SOURCE = fileURLToPath(new URL('./load/tftp-load.c', import.meta.url));

/** Every server that this machine has, on an address of its own, serving `folder`; tftpd-hpa only when `hpa` is true. */
export async function startAll(folder: string, notes: string[], hpa = true): Promise<Contestant[]> {
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
  const tftpd = hpa ? findPeer('in.tftpd') : null;
  if (tftpd && root) found.push({ name: 'tftpd-hpa', address: '127.0.66.3', port: 7069, process: await startTftpdHpa(tftpd, { folder, address: '127.0.66.3', port: 7069 }) });
  return found;
}

/** One run of the load client against one server. */
export async function once(client: string, { address, port, process, name }: Contestant, load: Load, seed: number): Promise<Round> {
  // A server that has ended would otherwise be measured as 30 s of silence for each phone.
  if (!isAlive(process.pid)) throw new Error(`${name} has ended: ${process.output().trim().slice(-300)}`);
  const before = process.usage().cpuMs;
  const output = await run(client, [address, port, load.file, load.size, load.transfers, load.atOnce, load.blockSize ?? 1428, load.window ?? 1,
    load.loss ?? 0, CLIENT_TIMER_MS, load.vanish === true ? 1 : 0, seed, load.atMost ?? 0].map(String));
  const after = process.usage();
  const result = JSON.parse(output) as { readonly seconds: number; readonly failed: number; readonly wrong: number; readonly timeouts: number; readonly bytes: number; readonly cpuMs: number; readonly took: readonly number[] };
  if (result.wrong > 0) throw new Error(`${name} delivered wrong bytes in ${String(result.wrong)} of ${String(load.transfers)} transfers`);
  const took = result.took.filter((each) => each >= 0).toSorted(byNumber);
  return {
    perSecond: Math.round(took.length / result.seconds), megabytes: result.bytes / 1e6, p50: percentile(took, 0.5) ?? 0, p90: percentile(took, 0.9) ?? 0, p99: percentile(took, 0.99) ?? 0, whole: took.length, failed: result.failed,
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
    execFile(file, [...args], { timeout: 400_000, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${file} ${args.join(' ')}: ${error.message} ${stderr}`));
      else resolve(stdout);
    });
  });
}

/** The client as a program, built anew when its source is newer; null without a compiler. */
export function compile(): string | null {
  const folder = fileURLToPath(new URL('../../.cache/bench', import.meta.url));
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
export function writePattern(file: string, size: number): void {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 1) bytes[at] = at * 7 + Math.floor(at / 251);
  writeFileSync(file, bytes);
}

export const byNumber = (one: number, other: number): number => one - other;
export const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
export const median = (values: readonly number[]): number => percentile(values.toSorted(byNumber), 0.5) ?? 0;
export const round1 = (value: number): number => Math.round(value * 10) / 10;
export const round2 = (value: number): number => Math.round(value * 100) / 100;

/** `min/med/max`. */
export function spread(values: readonly number[], digits: number): string {
  const sorted = values.toSorted(byNumber);
  return [sorted[0] ?? 0, median(values), sorted.at(-1) ?? 0].map((value) => value.toFixed(digits)).join('/');
}
