import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Observation } from '../../../common/values/observation.ts';
import type { ServerStatus } from '../../../common/values/server.ts';
import type { LiveSafety } from '../../../main/servers/dhcp/server.ts';
import type { ServeSettings } from './serve.ts';

export interface Served {
  readonly ready: ServerStatus;
  readonly observed: Observation[];
  readonly pid: number;
  /** The newest that it told of itself. */
  status(): ServerStatus;
  safety(): LiveSafety | null;
  stop(): Promise<void>;
}

const SERVE = fileURLToPath(new URL('serve.ts', import.meta.url));

/** Starts the server inside a namespace and waits for the end of its start, probe included. */
export async function serveInside(
  before: readonly [string, ...string[]],
  change: Partial<ServeSettings> = {},
): Promise<Served> {
  const settings: ServeSettings = {
    address: '10.66.0.1',
    prefix: 24,
    from: '10.66.0.100',
    to: '10.66.0.200',
    leaseSeconds: 600,
    leaseFile: null,
    answer: 'phones',
    tell: true,
    card: 'bench0',
    ...change,
  };
  const [program, ...args] = before;
  const child = spawn(program, [...args, process.execPath, '--disable-warning=ExperimentalWarning', SERVE, JSON.stringify(settings)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const observed: Observation[] = [];
  let status: ServerStatus | null = null;
  let safety: LiveSafety | null = null;
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const ready = new Promise<ServerStatus>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const event = JSON.parse(line) as { ready?: ServerStatus; observed?: Observation; status?: ServerStatus; safety?: LiveSafety };
      if (event.observed) observed.push(event.observed);
      if (event.status) status = event.status;
      if (event.safety) safety = event.safety;
      if (event.ready) resolve((status = event.ready));
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${String(code)}: ${complaint}`)));
    setTimeout(() => reject(new Error(`not ready: ${complaint}`)), 60_000).unref();
  });
  const first = await ready;
  return {
    ready: first,
    observed,
    pid: child.pid ?? 0,
    status: () => status ?? first,
    safety: () => safety,
    stop: () => ended(child),
  };
}

/** SIGTERM, SIGKILL after 20 s. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const last = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await exit;
  clearTimeout(last);
}

/** A program that runs on beside the test; `marker` is what it prints once it is ready. */
export async function runBeside(command: readonly [string, ...string[]], marker: string, env: Readonly<Record<string, string>> = {}): Promise<ChildProcess> {
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let text = '';
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      text += chunk.toString();
      if (text.includes(marker)) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`${program} ended with ${String(code)}: ${text}`)));
    setTimeout(() => reject(new Error(`${program} did not say ${marker}: ${text}`)), 60_000).unref();
  });
  return child;
}

export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program to its end, for at most `limitMs`. */
export async function runInside(command: readonly [string, ...string[]], limitMs = 60_000): Promise<Ran> {
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const last = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(last);
  return { code, output };
}

/** Whether the machine has a program; said once and visibly when it has not. */
export function hasProgram(name: string): boolean {
  const found = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'].some((folder) => existsSync(`${folder}/${name}`));
  if (!found) console.warn(`skipped: ${name} is not on this machine`);
  return found;
}

export function ipInside(namespace: string, ...args: string[]): void {
  const { status, stderr } = spawnSync('ip', ['-n', namespace, ...args], { encoding: 'utf8', timeout: 30_000 });
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`);
}
