import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { BenchClient } from '../../common/contract/contract.ts';
import type { ServerName } from '../../common/values/server.ts';
import { controlPath } from '../../main/cli/folders.ts';
import { connectControl } from '../../main/headless/control.ts';

export type HostPorts = Readonly<Record<Exclude<ServerName, 'cwmp'>, number>>;

/** The bench that is soaked: one process at a time, started again on the same workspace and ports. */
export interface SoakBench {
  readonly ports: HostPorts;
  readonly client: BenchClient;
  /** Bytes of memory that the process holds now; null where the system does not tell. */
  memory(): number | null;
  /** The most that any of the processes held. */
  readonly peak: number | null;
  /** Processor time of all of them so far, milliseconds; null where the system does not tell. */
  cpuMs(): number | null;
  /** What they said on stderr. */
  trouble(): string;
  /** SIGKILL in the middle of whatever it does. */
  kill(): Promise<void>;
  /** After `kill`: the same workspace, the same ports. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const HOST = fileURLToPath(new URL('host.ts', import.meta.url));
const BUILT = fileURLToPath(new URL('../../out/soak/host.mjs', import.meta.url));
/** The bench is run as `npm start` runs it. */
const { BENCH_ENV, BENCH_FLAGS } = (await import(new URL('../../scripts/setup/node.mjs', import.meta.url).href)) as { readonly BENCH_ENV: Readonly<Record<string, string>>; readonly BENCH_FLAGS: readonly string[] };
const FREE: HostPorts = { dhcp: 0, tftp: 0, http: 0, https: 0, syslog: 0, dns: 0, sntp: 0 };
const READY_LIMIT_MS = 180_000;
/** Linux counts processor time in hundredths of a second, whatever its kernel's own clock. */
const TICK_MS = 10;

/** The sources would need some 100 MB more than what people run. Its threads are those of out/main, which must be built. */
async function buildHost(): Promise<void> {
  await build({
    configFile: false, root, cacheDir: '.cache/vite-soak', logLevel: 'warn',
    build: { ssr: HOST, outDir: 'out/soak', emptyOutDir: true, target: 'node22', minify: false, rollupOptions: { external: [/^node:/], output: { format: 'es', entryFileNames: '[name].mjs' } } },
  });
}

export async function startSoakBench(folder: string): Promise<SoakBench> {
  await buildHost();
  let ports = FREE;
  let stderr = '';
  let peak: number | null = null;
  let spent = 0;
  let running = await open();
  return {
    get ports() { return ports; },
    get client() { return running.client; },
    get peak() { return note(); },
    memory: () => { note(); return readStatus(running.pid, 'VmRSS'); },
    cpuMs: () => { const now = cpuOf(running.pid); return now === null ? null : spent + now; },
    trouble: () => stderr,
    kill: () => end('SIGKILL'),
    restart: async () => { running = await open(); },
    stop: () => end('SIGTERM'),
  };

  async function open(): Promise<{ readonly pid: number; readonly child: ChildProcess; readonly client: BenchClient; close(): void }> {
    const child = spawn(process.execPath, [...BENCH_FLAGS, '--disable-warning=ExperimentalWarning', BUILT, '--data', folder, '--ports', JSON.stringify(ports)], { env: { ...BENCH_ENV, ...process.env }, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stderr.on('data', (chunk: Buffer) => { stderr = (stderr + chunk.toString()).slice(-20_000); });
    const line = await Promise.race([
      once(createInterface(child.stdout), 'line').then(([text]) => String(text)),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`the bench ended with ${String(code)}: ${stderr}`))),
      wait(READY_LIMIT_MS, undefined, { ref: false }).then(() => Promise.reject(new Error(`the bench was not ready in time: ${stderr}`))),
    ]);
    const ready = JSON.parse(line) as { readonly pid: number; readonly ports: HostPorts };
    ports = ready.ports;
    const control = await connectControl(controlPath(folder));
    return { pid: ready.pid, child, ...control };
  }

  /** The kernel keeps the peak itself, so that nothing is missed between two looks. */
  function note(): number | null {
    const now = readStatus(running.pid, 'VmHWM');
    if (now !== null) peak = Math.max(peak ?? 0, now);
    return peak;
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const { child, pid } = running;
    note();
    spent += cpuOf(pid) ?? 0;
    running.close();
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await exited;
    clearTimeout(late);
  }
}

function readStatus(pid: number, field: 'VmRSS' | 'VmHWM'): number | null {
  const [, kb] = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readProc(pid, 'status')) ?? [];
  return kb === undefined ? null : Number(kb) * 1024;
}

function cpuOf(pid: number): number | null {
  // proc(5): fields 14 and 15 count from the process's number; its name in brackets may hold spaces.
  const fields = readProc(pid, 'stat').replace(/^.*\) /, '').split(' ');
  const [user, system] = [fields[11], fields[12]];
  return user === undefined || system === undefined ? null : (Number(user) + Number(system)) * TICK_MS;
}

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
}
