import { join } from 'node:path';
import { missingPeers, scratch } from '../peers.ts';
import { ratio, percentile, type BenchCase, type BenchTable } from '../table.ts';
import { byNumber, CLIENT_TIMER_MS, compile, median, once, round1, round2, spread, startAll, sum, writePattern, type Load, type Round } from '../tftp-contest.ts';

const PROFILE = 20_000;
/** A bench runs for hours: its code is compiled and its memory grown when the phones come. Every server gets the same. */
const WARM_UP = 2_000;
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

interface Cell {
  readonly label: string;
  readonly load: Load;
}

async function compare(title: string, options: { readonly quick: boolean }, cells: (quick: boolean) => readonly Cell[]): Promise<BenchTable> {
  const client = compile();
  if (client === null) return { title, columns: [], rows: [], notes: ['No C compiler (cc) on this machine: the load client cannot be built, nothing was measured.'] };
  const folder = scratch('tftp');
  writePattern(join(folder, 'profile.xml'), PROFILE);
  const notes = [...METHOD, ...missingPeers(['dnsmasq', 'atftpd', 'in.tftpd'])];
  const contestants = await startAll(folder, notes);
  const rows: (string | number | null)[][] = [];
  try {
    for (const each of contestants) await once(client, each, { file: 'profile.xml', size: PROFILE, transfers: WARM_UP, atOnce: 50 }, 1);
    for (const { label, load } of cells(options.quick)) {
      const rounds = new Map<string, Round[]>(contestants.map(({ name }) => [name, []]));
      for (let round = 0; round < (options.quick ? 2 : 3); round += 1) {
        for (const each of contestants) rounds.get(each.name)?.push(await once(client, each, load, round + 2));
      }
      const medianOf = (name: string, pick: (round: Round) => number): number | null => percentile((rounds.get(name) ?? []).map(pick).toSorted(byNumber), 0.5);
      for (const { name } of contestants) {
        const all = rounds.get(name) ?? [];
        const speeds = all.map((round) => round.perSecond);
        const costs = all.map((round) => round.cpuMs / load.transfers);
        const ours = medianOf('Dialbench', (round) => round.perSecond) ?? 0;
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
    columns: ['load', 'server', 'transfers/s min/med/max', 'Dialbench / it', 'p50 ms', 'p90 ms', 'p99 ms', 'p99 Dialbench / it', 'failed', 'client timeouts',
      'CPU ms/transfer', 'PSS MB', 'client CPU ms/transfer'],
    rows, notes,
  };
}
