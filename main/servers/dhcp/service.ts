import { failed, type Failure } from '../../../common/values/failure.ts';
import type { ServerState, ServerStatus } from '../../../common/values/server.ts';
import { poolProblem, poolSize, type LeaseConfig } from './bindings.ts';
import { advance, beginClock, leapt, type Instant } from './clock.ts';
import { createLedger } from './ledger.ts';
import type { World } from './link.ts';
import type { DhcpNeeds } from './needs.ts';
import { createRun, type Run, type RunSurroundings } from './run.ts';
import type { DhcpConfig, DhcpServer, LiveSafety } from './server.ts';

const LOOK_AROUND_MS = 2000;
/** Figures on screen follow within that. */
const SHOW_WITHIN_MS = 250;
/** What a machine asks for at once still waits for the current turn to end. */
const SOONEST_MS = 5;

/** The life of the DHCP server without its sockets: start, probe, answer, stop by hand, by timer, by a rival, by a lost card. */
export function createService(config: DhcpConfig, needs: DhcpNeeds, now: () => number, world: World): DhcpServer {
  const ledger = createLedger();
  const size = poolSize({ subnet: config.card.subnet, pool: config.pool });
  let clock: Instant = beginClock(now());
  let run: Run | null = null;
  let starting: Promise<ServerStatus> | null = null;
  let state: ServerState = 'stopped';
  let error: Failure | null = null;
  let probe: Pick<LiveSafety, 'probe' | 'probeEndsAt' | 'others'> = { probe: 'idle', probeEndsAt: null, others: [] };
  let stops: Instant | null = null;
  let chosenStop = false;
  let timer: { readonly at: number; readonly handle: NodeJS.Timeout } | null = null;
  let moved = false;
  /** The card's address is gone; the server starts again by itself when it is back. */
  let awaitsCard = false;
  let atVerdict: (() => void) | null = null;

  const moment = (): Instant => (clock = advance(clock, now()));

  const become = (next: ServerState, why: Failure | null): void => {
    state = next;
    error = why;
    needs.changed();
  };

  /** The earliest call wins; what the later ones wanted is asked for again when it comes. */
  const wake = (at: number): void => {
    const inMs = Math.min(Math.max(at - clock.time, SOONEST_MS), LOOK_AROUND_MS);
    if (timer && timer.at <= clock.time + inMs) return;
    sleep();
    timer = { at: clock.time + inMs, handle: setTimeout(tick, inMs) };
  };

  const sleep = (): void => {
    if (timer) clearTimeout(timer.handle);
    timer = null;
  };

  const leaseConfig = (): LeaseConfig => ({
    subnet: config.card.subnet,
    pool: config.pool,
    leaseSeconds: config.leaseSeconds,
    cardProved: cardProved(),
  });

  const cardProved = (): boolean =>
    config.transport === 'loopback' || config.inheritedFd !== undefined || new Set(world.cards().map(({ name }) => name)).size <= 1;

  const shut = async (next: ServerState, why: Failure | null): Promise<void> => {
    const closing = run;
    run = null;
    closing?.end();
    if (probe.probe === 'listening') probe = { probe: 'idle', probeEndsAt: null, others: [] };
    sleep();
    if (!awaitsCard) {
      stops = null;
      chosenStop = false;
    }
    become(next, why);
    if (awaitsCard) wake(clock.time + LOOK_AROUND_MS);
    await closing?.link.close();
    atVerdict?.();
  };

  const tick = (): void => {
    sleep();
    const before = clock;
    moment();
    if (moved) needs.changed();
    moved = false;
    if (stops && (clock.wall >= stops.wall || clock.time >= stops.time)) {
      awaitsCard = false;
      void shut('stopped', failed('dhcp.auto-stop').failure);
      return;
    }
    const due = config.transport === 'loopback' || hasCard();
    if (run && due) {
      // So long a leap: the computer may have slept and woken on another network.
      if (config.transport === 'nic' && run.answering && leapt(before, clock.wall)) void listen(run);
      const next = run.tick();
      if (run) wake(Math.min(next, clock.time + LOOK_AROUND_MS));
    } else if (awaitsCard) wake(clock.time + LOOK_AROUND_MS);
  };

  /** A pulled adapter takes its address along; some systems take it when only the cable is pulled. */
  const hasCard = (): boolean => {
    const there = world.cards().some(({ address }) => address === config.card.subnet.address);
    if (there) run?.prove(cardProved());
    if (there && awaitsCard && run === null) void start();
    if (!there && run !== null) {
      awaitsCard = true;
      void shut('failed', failed('server.address-missing', { address: config.card.subnet.address }).failure);
    }
    return there;
  };

  const start = (): Promise<ServerStatus> => {
    starting ??= open().finally(() => {
      starting = null;
    });
    return starting;
  };

  const open = async (): Promise<ServerStatus> => {
    if (run) return status();
    moment();
    awaitsCard = false;
    become('starting', null);
    const outside = poolProblem({ subnet: config.card.subnet, pool: config.pool });
    if (outside) become('failed', outside);
    if (outside) return status();
    const link = await world.open({
      heard: (bytes, peer, unicast) => run?.heard(bytes, peer, unicast),
      notSent: (code) => {
        ledger.count('notSent');
        if (code !== 'ENOBUFS' && code !== 'EAGAIN') hasCard();
      },
      broke: (failure) => void shut('failed', failure),
    });
    if (!link.ok) become('failed', link.failure);
    if (!link.ok) return status();
    const surroundings: RunSurroundings = {
      config: leaseConfig(),
      link: link.value,
      needs,
      ledger,
      watched: config.transport === 'nic',
      clock: moment,
      random: world.random,
      verdict: judge,
      remark,
      wake,
      moved: () => {
        moved = true;
        wake(clock.time + SHOW_WITHIN_MS);
      },
    };
    try {
      const kept = await needs.leases();
      // Stopped meanwhile: nothing was said yet, so nothing has to be undone.
      if (state !== 'starting') await link.value.close();
      else run = createRun(surroundings, kept);
    } catch (cause) {
      await link.value.close();
      become('failed', failed('dhcp.leases-unreadable', {}, String(cause)).failure);
    }
    if (run && config.transport === 'loopback') answer(run);
    else if (run) await listen(run);
    return status();
  };

  /** Silent until the verdict. */
  const listen = async (mine: Run): Promise<void> => {
    mine.answering = false;
    atVerdict?.();
    const verdict = new Promise<void>((resolve) => {
      atVerdict = resolve;
    });
    const endsAt = mine.probe();
    probe = { probe: 'listening', probeEndsAt: clock.wall + (endsAt - clock.time), others: [] };
    become('starting', null);
    await verdict;
    atVerdict = null;
  };

  const judge: RunSurroundings['verdict'] = (effect) => {
    if (run === null || (effect.verdict === 'quiet' && run.answering)) return;
    probe = { probe: effect.verdict, probeEndsAt: null, others: effect.others };
    if (effect.verdict === 'quiet') answer(run);
    else if (effect.verdict === 'deaf') void shut('failed', failed('dhcp.deaf').failure);
    // Refused at the start, or stopped by the rule while it ran.
    else void shut(run.answering ? 'stopped' : 'failed', failed('dhcp.conflict', { others: effect.others.join(', ') }).failure);
  };

  const answer = (mine: Run): void => {
    mine.answering = true;
    const { stopAfterMs } = config;
    if (!chosenStop && stops === null && stopAfterMs !== null) stops = { wall: clock.wall + stopAfterMs, time: clock.time + stopAfterMs };
    become('listening', null);
    wake(clock.time + LOOK_AROUND_MS);
    atVerdict?.();
  };

  const remark = (trouble: Failure | null): void => {
    if (state !== 'listening' && state !== 'degraded') return;
    if (trouble?.code !== error?.code) become(trouble ? 'degraded' : 'listening', trouble);
  };

  const status = (): ServerStatus => ({
    name: 'dhcp',
    state,
    address: run?.link.address ?? null,
    port: run?.link.port ?? null,
    error,
    figures: {
      ...ledger.figures,
      leases: run?.used() ?? 0,
      pool: size,
      ...(run ? { receiveBuffer: run.link.receiveBuffer } : {}),
    },
  });

  return {
    name: 'dhcp',
    start,
    status,
    async stop() {
      awaitsCard = false;
      await shut('stopped', failed('dhcp.stopped-by-hand').failure);
      await starting;
    },
    safety: () => ({
      ...probe,
      stopsAt: run?.answering ? (stops?.wall ?? null) : null,
      pool: { from: config.pool.from, to: config.pool.to, size, used: run?.used() ?? 0 },
      answered: ledger.figures['acks'] ?? 0,
      ignored: ledger.ignored,
    }),
    async check() {
      if (starting || run === null) return start();
      if (config.transport === 'nic') await listen(run);
      return status();
    },
    stopAt(at) {
      moment();
      chosenStop = true;
      stops = at === null ? null : { wall: at, time: clock.time + (at - clock.wall) };
      if (run) wake(clock.time + SOONEST_MS);
      needs.changed();
    },
  };
}
