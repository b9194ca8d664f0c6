import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { httpContenders, PHONES, PROFILE_BYTES } from '../http-contenders.ts';
import { startMeasured, type MeasuredProcess } from '../measure.ts';
import { findPeer, missingPeers, scratch } from '../peers.ts';
import type { BenchCase } from '../table.ts';
import { ratio } from '../table.ts';

interface Load {
  readonly name: string;
  readonly connections: number;
  readonly close: boolean;
}

interface Sample {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuUs: number;
  readonly pssMb: number;
  readonly clientUs: number;
  readonly failures: number;
  /** Answers that took longer than wrk waits. */
  readonly late: number;
}

const LOADS: readonly Load[] = [
  { name: '50, kept open', connections: 50, close: false },
  { name: '200, kept open', connections: 200, close: false },
  { name: '50, one each', connections: 50, close: true },
];

/** 20 KB profiles by HTTP from 200 names, beside nginx with one worker and the same files. */
export const httpProfiles: BenchCase = {
  name: 'http-profiles',
  run: async ({ quick }) => {
    const wrk = findPeer('wrk');
    const columns = ['program', 'connections', 'GET/s min', 'median', 'max', 'to nginx', 'p50 ms', 'p99 ms', 'CPU µs/GET', 'PSS MB', 'failures', 'over 2 s'];
    const title = '20 KB profiles by HTTP';
    if (wrk === null) return { title, columns, rows: [], notes: ['wrk is not on this machine: nothing was measured'] };
    const seconds = quick ? 2 : 4;
    const rounds = quick ? 1 : 3;
    const samples = new Map<string, Sample[]>();
    const script = join(scratch('wrk'), 'names.lua');
    writeFileSync(script, `local n = 0\nrequest = function() n = n + 1; return wrk.format("GET", string.format("/00562b%06x.cfg", n % ${PHONES})) end\n`);
    const { contenders: all } = await httpContenders(0);
    for (let round = 0; round < rounds; round += 1) {
      for (const contender of all) {
        const { program, port } = await contender.start('http');
        try {
          await measure({ wrk: wrk.file, script, port, load: { name: '', connections: 50, close: false }, seconds: 1 }, program);
          for (const load of LOADS) {
            const sample = await measure({ wrk: wrk.file, script, port, load, seconds }, program);
            const key = `${contender.name}|${load.name}`;
            samples.set(key, [...(samples.get(key) ?? []), sample]);
          }
        } finally {
          await program.stop();
        }
      }
    }
    const clients = [...samples.values()].flat().map((sample) => sample.clientUs);
    const rows = [...samples.entries()].map(([key, found]) => {
      const [name = '', load = ''] = key.split('|');
      const nginx = samples.get(`nginx|${load}`);
      const rates = sorted(found.map((sample) => sample.rate));
      const theirs = nginx === undefined ? null : median(nginx.map((sample) => sample.rate));
      const of = (pick: (sample: Sample) => number): number => median(found.map(pick));
      return [name, load, rates[0] ?? 0, median(rates), rates.at(-1) ?? 0, ratio(median(rates), theirs), of((s) => s.p50), of((s) => s.p99), of((s) => s.cpuUs), of((s) => s.pssMb), found.reduce((sum, s) => sum + s.failures, 0), found.reduce((sum, s) => sum + s.late, 0)];
    });
    return {
      title,
      columns,
      rows: rows.toSorted((a, b) => String(a[1]).localeCompare(String(b[1]))),
      notes: [
        `wrk with one thread, ${PHONES} names of ${PROFILE_BYTES} bytes and more, ${rounds} interleaved round(s) of ${seconds} s; wrk itself costs ${Math.round(Math.min(...clients))} to ${Math.round(Math.max(...clients))} µs a GET on the same cores.`,
        '`Dialbench` is `dialbench serve`: every GET is identified, answered with the filled profile of its phone and written to the evidence. `server alone` answers from memory and counts.',
        'Failures are socket errors and answers that are not 2xx.',
        ...missingPeers(['nginx']),
      ],
    };
  },
};

async function measure(
  { wrk, script, port, load, seconds }: { readonly wrk: string; readonly script: string; readonly port: number; readonly load: Load; readonly seconds: number },
  program: MeasuredProcess,
): Promise<Sample> {
  const before = program.usage();
  const args = ['-t1', `-c${load.connections}`, `-d${seconds}s`, '--latency', '-s', script, ...(load.close ? ['-H', 'Connection: close'] : []), `http://127.0.0.1:${port}/`];
  const client = await startMeasured(wrk, args, {});
  const end = Date.now() + (seconds + 15) * 1_000;
  while (!client.output().includes('Transfer/sec') && Date.now() < end) await wait(20);
  const after = program.usage();
  const text = client.output();
  const clientCpu = client.usage().cpuMs;
  await client.stop();
  const count = Number(/(\d+) requests in/.exec(text)?.[1] ?? 0);
  const [, connect = 0, read = 0, write = 0, late = 0] = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text)?.map(Number) ?? [];
  return {
    rate: Math.round(Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1] ?? 0)),
    p50: milliseconds(/^\s*50%\s+(\S+)/m.exec(text)?.[1]),
    p99: milliseconds(/^\s*99%\s+(\S+)/m.exec(text)?.[1]),
    cpuUs: count === 0 ? 0 : ((after.cpuMs - before.cpuMs) * 1_000) / count,
    pssMb: after.pssMb ?? 0,
    clientUs: count === 0 ? 0 : (clientCpu * 1_000) / count,
    late,
    failures: connect + read + write + Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0),
  };
}

function milliseconds(text: string | undefined): number {
  const [, value = '0', unit = 'ms'] = /^([\d.]+)(us|ms|s)$/.exec(text ?? '') ?? [];
  return Number(value) * (unit === 'us' ? 0.001 : unit === 's' ? 1_000 : 1);
}

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

function median(values: readonly number[]): number {
  return sorted(values)[Math.floor(values.length / 2)] ?? 0;
}
