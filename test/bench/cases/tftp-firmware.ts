import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { missingPeers, scratch } from '../peers.ts';
import { ratio, type BenchCase, type BenchTable } from '../table.ts';
import { CLIENT_TIMER_MS, compile, median, once, round1, round2, spread, startAll, sum, writePattern, type Contestant, type Load, type Round } from '../tftp-contest.ts';

const FIRMWARE = 80_000_000;
const QUICK_FIRMWARE = 8_000_000;
const PROFILE = 20_000;
/** Seconds that one server may use for one cell; what it moved until then is its rate. */
const AT_MOST = 15;
const QUICK_AT_MOST = 4;
/** The first round of a full run goes on until every phone has its whole file, this long at most. */
const WHOLE_AT_MOST = 300;
const FILE = 'firmware.bin';
const METHOD = [
  'Every server gives one file to all phones at once, blocks of 1,428 bytes, every byte compared by the client; MB are millions of bytes of the file that came in order. Rounds are interleaved: every server once, then again; three figures are min/median/max over rounds.',
  'The load client is one C program with epoll (`test/bench/load/tftp-load.c`) on the same cores; its own cost stands in its column. It reads the packets of a window by one call (recvmmsg).',
  'Where a server gets fewer processor cycles than others, as on a busy machine, its rate says less than its CPU for each MB.',
];

/** 20 and 100 phones load the same firmware. */
export const tftpFirmware: BenchCase = {
  name: 'tftp-firmware',
  run: ({ quick }) => contest('Firmware of 80 MB by TFTP, many phones at once', quick, [20, 100].flatMap((atOnce) => [1, 16].map((window) => ({
    label: `${String(atOnce)} phones, window ${String(window)}`, load: firmware(quick, { atOnce, window }),
  })))),
};

/** The same over a link that loses 2 % of the packets in each direction. */
export const tftpFirmwareLoss: BenchCase = {
  name: 'tftp-firmware-loss',
  run: ({ quick }) => contest('Firmware by TFTP, 2 % of the packets lost in each direction, 20 phones at once', quick, [1, 16].map((window) => ({
    label: `2 % loss, window ${String(window)}`, load: firmware(quick, { atOnce: 20, window, loss: 0.02 }),
  }))),
};

/** Profiles of other phones while 20 load firmware. */
export const tftpMixed: BenchCase = { name: 'tftp-mixed', run: ({ quick }) => mixed(quick) };

interface Cell {
  readonly label: string;
  readonly load: Load;
}

function firmware(quick: boolean, load: { readonly atOnce: number; readonly window: number; readonly loss?: number }): Load {
  return { file: FILE, size: quick ? QUICK_FIRMWARE : FIRMWARE, transfers: load.atOnce, blockSize: 1_428, atMost: quick ? QUICK_AT_MOST : AT_MOST, ...load };
}

async function contest(title: string, quick: boolean, cells: readonly Cell[]): Promise<BenchTable> {
  const rows: (string | number | null)[][] = [];
  const notes = await withServers(quick, async (client, contestants) => {
    for (const { label, load } of cells) {
      const taking = contestants.filter(canDo(load));
      const rounds = new Map<string, Round[]>(taking.map(({ name }) => [name, []]));
      for (let round = 0; round < (quick ? 2 : 3); round += 1) {
        for (const each of taking) rounds.get(each.name)?.push(await once(client, each, goesOn(load, quick, round) ? { ...load, atMost: WHOLE_AT_MOST } : load, round + 1));
      }
      const ours = rounds.get('Dialbench') ?? [];
      for (const { name } of taking) {
        const all = rounds.get(name) ?? [];
        const other = name.startsWith('Dialbench') ? null : all;
        rows.push([
          label, name, spread(all.map(rate), 0), other && ratio(median(ours.map(rate)), median(other.map(rate))), spread(all.map(cost), 2),
          other && ratio(Math.min(...ours.map(cost)), Math.min(...other.map(cost))), round2(median(all.map(({ clientCpuMs, megabytes }) => clientCpuMs / megabytes))),
          `${String(all[0]?.whole ?? 0)} of ${String(load.transfers)}`, sum(all.map(({ failed }) => failed)), sum(all.map(({ timeouts }) => timeouts)), Math.max(...all.map(({ pssMb }) => pssMb ?? 0)),
        ]);
      }
    }
  });
  const limits = quick ? `Each round ends after ${String(QUICK_AT_MOST)} s at the latest.`
    : `The first round without loss goes on until every phone has the whole file, ${String(WHOLE_AT_MOST)} s at most; every other ends after ${String(AT_MOST)} s, its rate is what came until then.`;
  return {
    title, rows, notes: [...METHOD, limits, ...notes],
    columns: ['load', 'server', 'MB/s min/med/max', 'Dialbench / it', 'CPU ms/MB', 'least CPU Dialbench / it', 'client CPU ms/MB', 'whole in round 1', 'failed', 'client timeouts', 'PSS MB'],
  };
}

/** On a lossy link other servers would need hours. */
function goesOn({ loss = 0 }: Load, quick: boolean, round: number): boolean {
  return !quick && round === 0 && loss === 0;
}

async function mixed(quick: boolean): Promise<BenchTable> {
  const rows: (string | number | null)[][] = [];
  const seconds = quick ? QUICK_AT_MOST : AT_MOST;
  const notes = await withServers(quick, async (client, contestants) => {
    for (const window of [1, 16]) {
      const load = { ...firmware(false, { atOnce: 20, window }), size: quick ? QUICK_FIRMWARE : FIRMWARE, transfers: 1_000, atMost: seconds };
      const profiles: Load = { file: 'profile.xml', size: PROFILE, transfers: 1_000_000, atOnce: 10, atMost: seconds - 2 };
      for (const each of contestants.filter(canDo(load))) {
        const results: (readonly [Round, Round])[] = [];
        for (let round = 0; round < (quick ? 1 : 2); round += 1) {
          const behind = once(client, each, load, round + 1);
          await wait(1_000);
          results.push([await once(client, each, profiles, round + 50), await behind]);
        }
        rows.push([
          `20 firmware transfers, window ${String(window)}`, each.name, ...(['p50', 'p90', 'p99'] as const).map((key) => round1(median(results.map(([small]) => small[key])))),
          median(results.map(([small]) => small.perSecond)), sum(results.map(([small]) => small.failed)), sum(results.map(([small]) => small.timeouts)),
          Math.round(median(results.map(([, large]) => rate(large)))),
        ]);
      }
    }
  });
  return {
    title: '20 KB profiles by TFTP while 20 phones load firmware', rows,
    notes: ['Ten phones at once load profiles in lock-step, block size 1,428, again and again; 20 others load firmware from the same server at the same time.', ...notes],
    columns: ['behind it', 'server', 'profile p50 ms', 'p90 ms', 'p99 ms', 'profiles/s', 'failed', 'client timeouts', 'firmware MB/s'],
  };
}

/** Runs `measure` with every server warm; answers with what the reader must know. */
async function withServers(quick: boolean, measure: (client: string, contestants: readonly Contestant[]) => Promise<void>): Promise<string[]> {
  const client = compile();
  if (client === null) return ['No C compiler (cc) on this machine: the load client cannot be built, nothing was measured.'];
  const folder = scratch('tftp-firmware');
  writePattern(join(folder, 'profile.xml'), PROFILE);
  writePattern(join(folder, FILE), quick ? QUICK_FIRMWARE : FIRMWARE);
  const notes = [`The phone's own timer is ${String(CLIENT_TIMER_MS)} ms.`, ...missingPeers(['dnsmasq', 'atftpd'])];
  const contestants = await startAll(folder, notes, false);
  try {
    for (const each of contestants) {
      for (const window of [1, 16]) {
        const load = firmware(quick, { atOnce: 20, window });
        if (canDo(load)(each)) await once(client, each, { ...load, transfers: 1_000, atMost: 1 }, 1);
      }
    }
    await measure(client, contestants);
  } finally {
    for (const { process } of contestants) await process.stop();
  }
  return notes;
}

/** Windows are known to atftpd alone among the others. */
function canDo(load: Load): (contestant: Contestant) => boolean {
  return ({ name }) => load.window === 1 || name.startsWith('Dialbench') || name === 'atftpd';
}

const rate = ({ megabytes, seconds }: Round): number => megabytes / seconds;
const cost = ({ cpuMs, megabytes }: Round): number => cpuMs / megabytes;
