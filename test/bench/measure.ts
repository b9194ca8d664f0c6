import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** What a program and everything it started has used so far. */
export interface Usage {
  /** User and system time in milliseconds. */
  readonly cpuMs: number;
  /** Proportional set size in MB over all its processes, null where the system does not tell. */
  readonly pssMb: number | null;
  /** `cgroup` counts children that nobody waits for (tftpd-hpa's); `proc` misses those. */
  readonly countedBy: 'cgroup' | 'proc';
}

export interface MeasuredProcess {
  readonly pid: number;
  usage(): Usage;
  /** Everything it has written so far, both streams. */
  output(): string;
  /** SIGTERM, then SIGKILL after 3 s, for the whole group. */
  stop(): Promise<void>;
}

export interface MeasuredOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Asked every 50 ms until it says true: a port answers, a line was printed. Without it the program counts as ready at once. */
  readonly ready?: (output: string) => boolean | Promise<boolean>;
  /** Milliseconds, 10,000 unless given. */
  readonly readyWithin?: number;
}

const CGROUP_ROOTS = ['/sys/fs/cgroup/unified', '/sys/fs/cgroup'];
const TICK_MS = 10;
const running = new Set<ChildProcess>();
let sequence = 0;

process.on('exit', () => {
  for (const child of running) killGroup(child, 'SIGKILL');
});
// A default handler would end this process without the line above.
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) process.on(signal, () => process.exit(code));

/**
 * Starts a program in a process group, and where possible a cgroup, of its own, so that its CPU can be told apart.
 * @throws when it ends or is not ready in time, with what it wrote.
 */
export async function startMeasured(command: string, args: readonly string[], options: MeasuredOptions = {}): Promise<MeasuredProcess> {
  const group = makeGroup();
  const script = 'if [ -n "$DIALBENCH_GROUP" ]; then echo $$ > "$DIALBENCH_GROUP/cgroup.procs"; fi; unset DIALBENCH_GROUP; exec "$@"';
  const child = spawn('/bin/sh', ['-c', script, 'sh', command, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env, DIALBENCH_GROUP: group ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  running.add(child);
  let text = '';
  const keep = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-64_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const pid = child.pid;
  if (pid === undefined) throw new Error(`could not start ${command}`);

  const measured: MeasuredProcess = {
    pid,
    usage: () => (group === null ? usageByProc(pid) : usageByGroup(group)),
    output: () => text,
    stop: async () => {
      killGroup(child, 'SIGTERM');
      await Promise.race([ended, wait(3000, undefined, { ref: false })]);
      killGroup(child, 'SIGKILL');
      await Promise.race([ended, wait(1000, undefined, { ref: false })]);
      running.delete(child);
      if (group !== null) await emptyGroup(group);
    },
  };
  await becomeReady(child, measured, command, options);
  return measured;
}

async function becomeReady(child: ChildProcess, measured: MeasuredProcess, command: string, options: MeasuredOptions): Promise<void> {
  const end = Date.now() + (options.readyWithin ?? 10_000);
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) {
      await measured.stop();
      throw new Error(`${command} ended at once (${child.exitCode ?? child.signalCode}): ${measured.output().trim()}`);
    }
    if (options.ready === undefined || (await options.ready(measured.output()))) return;
    if (Date.now() > end) {
      await measured.stop();
      throw new Error(`${command} was not ready in time: ${measured.output().trim()}`);
    }
    await wait(50);
  }
}

function makeGroup(): string | null {
  for (const root of CGROUP_ROOTS) {
    if (!existsSync(`${root}/cgroup.procs`)) continue;
    sweep(root);
    const folder = `${root}/dialbench-${process.pid}-${++sequence}`;
    try {
      mkdirSync(folder);
      if (/usage_usec \d/.test(readFileSync(`${folder}/cpu.stat`, 'utf8'))) return folder;
      rmdirSync(folder);
    } catch {
      // Not ours to write (no root, or a container): /proc has to do.
    }
  }
  return null;
}

/** Empty groups of runs that were ended: a group cannot be removed while its last process still dies. */
function sweep(root: string): void {
  for (const name of readdirSync(root)) {
    const pid = /^dialbench-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    try {
      rmdirSync(`${root}/${name}`);
    } catch {
      // Not empty: something of that run is still alive.
    }
  }
}

function usageByGroup(folder: string): Usage {
  const micros = Number(/usage_usec (\d+)/.exec(readFileSync(`${folder}/cpu.stat`, 'utf8'))?.[1] ?? 0);
  const pids = readFileSync(`${folder}/cgroup.procs`, 'utf8').split('\n').filter(Boolean).map(Number);
  return { cpuMs: micros / 1000, pssMb: sumPss(pids), countedBy: 'cgroup' };
}

/** The process with its waited-for children and the living descendants. */
function usageByProc(pid: number): Usage {
  const pids = [pid, ...descendants(pid)];
  return { cpuMs: pids.reduce((sum, each) => sum + cpuTicks(each), 0) * TICK_MS, pssMb: sumPss(pids), countedBy: 'proc' };
}

function cpuTicks(pid: number): number {
  const fields = statFields(pid);
  // proc(5): utime, stime, cutime, cstime are fields 14 to 17; field 3 is index 0 after the name in brackets.
  return fields === null ? 0 : [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index] ?? 0), 0);
}

function descendants(pid: number): number[] {
  const parents = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = Number(statFields(Number(entry))?.[1] ?? 0);
    parents.set(parent, [...(parents.get(parent) ?? []), Number(entry)]);
  }
  const found: number[] = [];
  const open = [pid];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const children = parents.get(next) ?? [];
    found.push(...children);
    open.push(...children);
  }
  return found;
}

function statFields(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function sumPss(pids: readonly number[]): number | null {
  let kb = 0;
  let known = false;
  for (const pid of pids) {
    try {
      kb += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
      known = true;
    } catch {
      // Ended between the listing and the reading.
    }
  }
  return known ? Math.round(kb / 102.4) / 10 : null;
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // The group has ended.
  }
}

/** A daemon may have left the process group; what is in our cgroup was started by us. */
async function emptyGroup(folder: string): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    try {
      for (const pid of readFileSync(`${folder}/cgroup.procs`, 'utf8').split('\n').filter(Boolean)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // Gone in between.
    }
    try {
      rmdirSync(folder);
      return;
    } catch {
      await wait(50);
    }
  }
}

/** Memory of one process, MB: what it holds now, or the most that it ever held. */
export function rssMb(pid: number, field: 'VmRSS' | 'VmHWM'): number | null {
  const kb = new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kb === undefined ? null : Math.round(Number(kb) / 1_024);
}
