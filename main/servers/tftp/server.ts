import { failed, type Failure } from '../../../common/values/failure.ts';
import type { RunningServer, ServerState, ServerStatus } from '../../../common/values/server.ts';
import { hire, type Member } from './crew.ts';
import { openCounter, type Counter } from './figures.ts';
import { openHandover } from './handover.ts';
import type { Asked, HostAnswer, Seen, WorkerBatch } from './messages.ts';
import type { TftpNeeds, TftpRead } from './needs.ts';
import { canSharePort, probePort } from './port.ts';

export interface TftpConfig {
  /** The picked card's address; never a wildcard. */
  readonly address: string;
  /** 0–65535, 0 means any free one. */
  readonly port: number;
  /** 1–8 transfer threads; where the system cannot share a port, one. */
  readonly workers: number;
  /** The worker's entry: `out/main/tftp-worker.mjs`, or `worker.ts` under a Node that runs TypeScript. */
  readonly workerFile: URL | string;
  /** Answers from the request port itself, for firewalls that drop replies from another port. */
  readonly singlePort: boolean;
  /** Largest block for a peer beyond the card: its MTU − 32, so 1468 on Ethernet. Peers on this computer get up to 65,464. */
  readonly maxBlockSize: number;
  /** Transfers at once from one address, counted for each worker; default 1,024. */
  readonly maxTransfersPerPeer?: number;
}

/** Below this the system's cap on receive buffers loses bursts of requests; Linux counts twice what was asked for. */
const ENOUGH_BUFFER = 1024 * 1024;
/** How long the row tells that a worker was started again. */
const CRASH_SHOWN = 60_000;
const ANNOUNCE_EVERY = 500;

/**
 * The TFTP server on the host's side: starts the workers, hands their questions to the bench and their reports to its
 * record. `now` is the bench's clock in milliseconds since 1970.
 */
export function createTftpServer(config: TftpConfig, needs: TftpNeeds, now: () => number): RunningServer {
  let state: ServerState = 'stopped';
  let port: number | null = null;
  let refused: Failure | null = null;
  let trouble: Failure | null = null;
  let crashedAt = -Infinity;
  let crew: Member[] = [];
  let counter: Counter = openCounter();
  const handover = openHandover();
  let announcing: NodeJS.Timeout | null = null;

  function announce(): void {
    announcing ??= setTimeout(() => {
      announcing = null;
      needs.changed();
    }, ANNOUNCE_EVERY);
  }

  function status(): ServerStatus {
    const running = state === 'listening';
    return {
      name: 'tftp',
      state: running && trouble !== null ? 'degraded' : state,
      address: running ? config.address : null,
      port: running ? port : null,
      error: refused ?? trouble ?? (running ? remark() : null),
      figures: { ...counter.figures(now()), workers: crew.length, receiveBuffer: leastBuffer() },
    };
  }

  function remark(): Failure | null {
    if (now() - crashedAt < CRASH_SHOWN) return failed('server.crashed').failure;
    const bytes = leastBuffer();
    return bytes > 0 && bytes < ENOUGH_BUFFER
      ? failed('server.buffer-small', { bytes, command: 'sudo sysctl -w net.core.rmem_max=4194304' }).failure : null;
  }

  function leastBuffer(): number {
    return crew.length === 0 ? 0 : Math.min(...crew.map((member) => member.receiveBuffer));
  }

  function enrol(index: number, workers: number, bound: number): Member {
    const running = new Map<string, { readonly asked: string; readonly request: TftpRead }>();
    const member: Member = hire(config.workerFile, {
      address: config.address, port: bound, shared: workers > 1, singlePort: config.singlePort,
      maxBlockSize: config.maxBlockSize, maxTransfersPerPeer: config.maxTransfersPerPeer ?? 1_024,
    }, `tftp-${String(index + 1)}`, {
      batch(batch) {
        for (const asked of batch.asked) {
          if (asked.kind !== 'received') running.set(asked.request.exchange, { asked: asked.kind === 'open' ? 'RRQ' : 'WRQ', request: asked.request });
          void answerTo(asked, needs).then((answer) => { member.answer(handover.share(answer)); });
        }
        for (const seen of batch.seen) {
          if (seen.exchange !== undefined && seen.outcome.kind !== 'started') running.delete(seen.exchange);
          needs.observe({ ...withoutAt(seen), at: now() - wayOf(batch, seen), server: 'tftp' });
        }
        if (batch.progress.length > 0) needs.progress(batch.progress);
        if (batch.trouble !== undefined) { trouble = troubleOf(batch.trouble); announce(); }
        for (const address of batch.small ?? []) for (const other of crew) if (other !== member) other.smallBlocksFor(address);
        if (batch.figures !== null) { counter.take(index, batch.figures, now()); announce(); }
      },
      crashed(cause) {
        crashedAt = now();
        counter.lose(index);
        for (const { asked, request } of running.values()) {
          needs.observe({
            at: now(), server: 'tftp', peer: request.peer, asked, facts: { path: request.path }, exchange: request.exchange,
            outcome: { kind: 'broken', code: 'server.crashed', bytes: 0 }, detail: { cause: cause.slice(0, 500) },
          });
        }
        running.clear();
        announce();
      },
      back: announce,
    });
    return member;
  }

  function troubleOf(code: string | null): Failure | null {
    if (code === null) return null;
    const gone = ['ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EINVAL', 'ENODEV'].includes(code);
    return gone ? failed('server.address-missing', { address: config.address }, code).failure
      : failed('server.send-refused', { cause: code }).failure;
  }

  async function start(): Promise<ServerStatus> {
    if (state === 'listening' || state === 'starting') return status();
    state = 'starting';
    refused = null;
    trouble = null;
    crashedAt = -Infinity;
    counter = openCounter();
    const workers = canSharePort() ? Math.min(8, Math.max(1, Math.floor(config.workers))) : 1;
    // Between probe and bind another program may take a free port; with 0 there are others.
    for (let tries = config.port === 0 ? 3 : 1; tries > 0; tries -= 1) {
      const probed = await probePort(config.address, config.port);
      if ('failure' in probed) { refused = probed.failure; continue; }
      crew = Array.from({ length: workers }, (_none, index) => enrol(index, workers, probed.port));
      refused = (await Promise.all(crew.map((member) => member.ready))).find((failure) => failure !== null) ?? null;
      if (refused === null) {
        port = probed.port;
        break;
      }
      await dismiss();
    }
    state = refused === null ? 'listening' : 'failed';
    announce();
    return status();
  }

  async function dismiss(): Promise<void> {
    const leaving = crew;
    await Promise.all(leaving.map((member) => member.stop()));
    if (crew === leaving) crew = [];
  }

  async function stop(): Promise<void> {
    await dismiss();
    state = 'stopped';
    port = null;
    refused = null;
    trouble = null;
    if (announcing !== null) clearTimeout(announcing);
    announcing = null;
    needs.changed();
  }

  return { name: 'tftp', start, stop, status };
}

/** One question of a worker, answered by the bench; whatever goes wrong there becomes an answer too. */
async function answerTo(asked: Asked, needs: TftpNeeds): Promise<HostAnswer> {
  const refuse = { kind: 'refuse', error: 0, message: 'The bench cannot answer', code: 'tftp.bench-error' } as const;
  switch (asked.kind) {
    case 'open': {
      const { exchange } = asked.request;
      const source = await settled(() => needs.open(asked.request));
      return { kind: 'source', exchange, source: source ?? refuse };
    }
    case 'accept': {
      const { exchange } = asked.request;
      const sink = await settled(() => needs.accept(asked.request));
      return { kind: 'sink', exchange, sink: sink ?? refuse };
    }
    case 'received': {
      const ok = await settled(() => needs.received(asked.upload).then(() => true));
      return { kind: 'recorded', exchange: asked.upload.request.exchange, ok: ok ?? false };
    }
  }
}

async function settled<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch {
    return null;
  }
}

/** Milliseconds between the event and now on the host, when both wall clocks agree; never more than a minute. */
function wayOf(batch: WorkerBatch, seen: Seen): number {
  const late = Math.max(0, Date.now() - batch.sentAt);
  return Math.min(60_000, Math.max(0, batch.sentAt - seen.at) + late);
}

function withoutAt(seen: Seen): Omit<Seen, 'at'> {
  const { at: _at, ...rest } = seen;
  return rest;
}
