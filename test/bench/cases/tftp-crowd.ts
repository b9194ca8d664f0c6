import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startProgram } from '../http-contenders.ts';
import { rssMb } from '../measure.ts';
import { scratch } from '../peers.ts';
import type { BenchCase } from '../table.ts';
import { compile, once, round2, writePattern } from '../tftp-contest.ts';

const BYTES = 80_000_000;
const PHONES = 500;

/** 500 downloads of 80 MB at once from the whole program: what they cost in memory. */
export const tftpCrowd: BenchCase = {
  name: 'tftp-500',
  run: async ({ quick }) => {
    const title = '500 downloads of 80 MB by TFTP at once, from the whole program';
    const columns = ['window', 'MB/s', 'CPU ms/MB', 'RSS MB before', 'RSS MB most', 'failed'];
    const client = compile();
    if (client === null) return { title, columns, rows: [], notes: ['no C compiler (cc) for the load client: nothing was measured'] };
    const data = scratch('tftp-crowd');
    mkdirSync(join(data, 'files'), { recursive: true });
    writePattern(join(data, 'files', 'load.bin'), BYTES);
    const rows: (string | number | null)[][] = [];
    for (const window of [1, 16]) {
      const others = ['http', 'https', 'syslog', 'dns', 'sntp', 'ui'].flatMap((name) => [`--${name}`, '0']);
      const program = await startProgram(['serve', '--data', data, '--adopt', 'all', '--tftp', '0', ...others]);
      try {
        await wait(2_000);
        const before = rssMb(program.pid, 'VmRSS');
        const port = Number(/"tftp":\{[^}]*"port":(\d+)/.exec(program.output())?.[1]);
        const atMost = quick ? 4 : 15;
        const round = await once(client, { name: 'Dialbench', address: '127.0.0.1', port, process: program }, { file: 'load.bin', size: BYTES, transfers: PHONES, atOnce: PHONES, window, atMost }, 1);
        rows.push([window, Math.round(round.megabytes / round.seconds), round2(round.cpuMs / round.megabytes), before, rssMb(program.pid, 'VmHWM'), round.failed]);
      } finally {
        await program.stop();
      }
    }
    return { title, columns, rows, notes: ['Goal: the whole process under 200 MB, with every server and the user interface listening. Blocks of 1,428 bytes; every byte compared by the client (`test/bench/load/tftp-load.c`).'] };
  },
};
