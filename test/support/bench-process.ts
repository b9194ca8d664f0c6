import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** `npm test` has built the program and names it here, relative to the checkout: it starts in two thirds of the processor time of its sources. */
export const CLI = fileURLToPath(new URL(`../../${process.env['DIALBENCH_PROGRAM'] ?? 'main/cli/dialbench.ts'}`, import.meta.url));
const READY_LIMIT_MS = 120_000;

export interface ReadyServer {
  readonly address: string | null;
  readonly port: number;
  readonly tcpPort?: number;
  readonly state: string;
  readonly error: { readonly code: string; readonly sentence: string } | null;
}

export interface BenchProcess {
  readonly pid: number;
  readonly ui: string | null;
  readonly servers: Readonly<Record<'dhcp' | 'tftp' | 'http' | 'https' | 'syslog' | 'dns' | 'sntp' | 'cwmp', ReadyServer>>;
  /** SIGTERM, then waits for the end; gives the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL in the middle of whatever it does. */
  kill(): Promise<void>;
  stderr(): string;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Free ports for everything, no UI unless asked. */
export const FREE_PORTS = ['--tftp', '0', '--http', '0', '--syslog', '0', '--dns', '0', '--https', 'off', '--sntp', '0', '--ui', 'off'] as const;

/** Runs `dialbench serve` from its sources and waits for the ready line. */
export async function startBench(args: readonly string[], prefix: readonly string[] = []): Promise<BenchProcess> {
  const [program = process.execPath, ...before] = [...prefix, process.execPath];
  const child = spawn(program, [...before, '--disable-warning=ExperimentalWarning', CLI, 'serve', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([text]) => String(text)),
    exited.then(([code]) => Promise.reject(new Error(`serve ended with ${String(code)}: ${stderr}`))),
    new Promise<never>((_, fail) => setTimeout(() => fail(new Error(`no ready line: ${stderr}`)), READY_LIMIT_MS).unref()),
  ]);
  const ready = JSON.parse(line) as Pick<BenchProcess, 'ui' | 'servers'> & { readonly ready: true; readonly pid: number };
  return {
    pid: ready.pid,
    ui: ready.ui,
    servers: ready.servers,
    stderr: () => stderr,
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await exited;
      return code;
    },
    kill: async () => {
      process.kill(ready.pid, 'SIGKILL');
      await exited;
    },
  };
}

/** Runs one command of `dialbench` from its sources; never rejects for an exit code. */
export function dialbench(...args: readonly string[]): Promise<CommandResult> {
  return run(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...args]);
}

/** Runs any program for at most 120 s. */
export function run(program: string, args: readonly string[], input?: string): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { timeout: 120_000, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
    // A program that does not read its input closes it.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}

/** A new empty folder, and how to remove it. */
export async function temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'dialbench-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
