import type { Failure } from '../../../common/values/failure.ts';
import type { Peer } from '../../../common/values/observation.ts';
import { bindFailure } from '../bind-failure.ts';
import { Batch } from './batch.ts';
import { readSyslog } from './codec.ts';
import type { SyslogConfig, SyslogLimits } from './config.ts';
import type { ReceivedLine } from './needs.ts';
import { listenTcp, type TcpListener } from './tcp.ts';
import { listenUdp, type UdpListener } from './udp.ts';

/** What was bound. A port is null when the system refused it; `failure` then says why. */
export interface Opened {
  readonly port: number | null;
  readonly tcpPort: number | null;
  readonly failure: Failure | null;
  /** Bytes of receive buffer that the system granted. */
  readonly receiveBuffer: number | null;
}

/** What the receiving side counts. */
export interface Tally {
  readonly lines: number;
  readonly cut: number;
  readonly empty: number;
  /** TCP connections ended by us. */
  readonly refused: number;
  /** Thrown away by the system before we could read them. */
  readonly dropped: number;
  /** Thrown away by us: the other side did not keep up. */
  readonly lost: number;
  readonly connections: number;
}

export const NO_TALLY: Tally = { lines: 0, cut: 0, empty: 0, refused: 0, dropped: 0, lost: 0, connections: 0 };

export interface ReceiverEvents {
  batch(lines: readonly ReceivedLine[]): void;
  /** Once a second, and last of all when it is closed. */
  tally(tally: Tally): void;
  /** A socket that worked has failed. */
  failed(cause: string): void;
}

/** Numbers that are tried when any will do. */
const TURNS = 16;

/** The sockets and the codec: bytes in, batches of lines out. Runs on its own thread where there is one. */
export interface Receiver {
  open(): Promise<Opened>;
  /** Closes every socket and gives what is held. */
  close(): Promise<void>;
}

export function createReceiver(config: SyslogConfig, limits: SyslogLimits, events: ReceiverEvents, now: () => number): Receiver {
  let udp: UdpListener | null = null;
  let tcp: TcpListener | null = null;
  let ticking: NodeJS.Timeout | null = null;
  const counts = { lines: 0, cut: 0, empty: 0, refused: 0, dropped: 0 };
  const batch = new Batch(limits, events.batch);

  function heard(bytes: Uint8Array, peer: Peer, transport: 'udp' | 'tcp'): void {
    const { facility, severity, host, app, text, cut } = readSyslog(bytes);
    if (text === '') {
      counts.empty += 1;
      return;
    }
    counts.lines += 1;
    if (cut) counts.cut += 1;
    batch.add({ at: now(), peer, facility, severity, text, host, app, transport });
  }

  const broke = (error: Error): void => { events.failed(error.message); };

  async function openUdp(): Promise<Failure | null> {
    try {
      const wish = { address: config.address, port: config.port, receiveBuffer: limits.receiveBuffer };
      udp = await listenUdp(wish, (bytes, peer) => { heard(bytes, peer, 'udp'); }, broke);
      return null;
    } catch (error) {
      return bindFailure(error, { address: config.address, port: config.port, transport: 'udp' });
    }
  }

  async function openTcp(): Promise<Failure | null> {
    const port = config.tcpPort ?? udp?.port ?? config.port;
    const tcpEvents = {
      heard: (bytes: Uint8Array, peer: Peer) => { heard(bytes, peer, 'tcp'); },
      refused: () => { counts.refused += 1; },
      failed: broke,
    };
    try {
      tcp = await listenTcp({ address: config.address, port, limits }, tcpEvents);
      return null;
    } catch (error) {
      return bindFailure(error, { address: config.address, port, transport: 'tcp' });
    }
  }

  /** Any free number may be free for UDP and taken for TCP: then another one is tried for both. */
  async function openBoth(): Promise<Failure | null> {
    const anyPort = config.port === 0 && config.tcpPort === undefined;
    for (let turn = 1; ; turn += 1) {
      const failure = (await openUdp()) ?? (await openTcp());
      if (failure === null || !anyPort || turn === TURNS) return failure;
      await udp?.close();
      udp = null;
    }
  }

  const tell = (): void => { events.tally({ ...counts, lost: 0, connections: tcp?.connections() ?? 0 }); };

  async function tick(): Promise<void> {
    counts.dropped = (await udp?.drops()) ?? counts.dropped;
    tell();
  }

  return {
    async open() {
      const failure = await openBoth();
      // Phones that use TCP are heard even where UDP is refused.
      if (udp === null && tcp === null) await openTcp();
      if (udp !== null || tcp !== null) ticking = setInterval(() => { void tick(); }, limits.tallyMs);
      const { port = null, receiveBuffer = null } = (udp as UdpListener | null) ?? {};
      return { port, tcpPort: (tcp as TcpListener | null)?.port ?? null, failure, receiveBuffer };
    },
    async close() {
      if (ticking !== null) clearInterval(ticking);
      ticking = null;
      await Promise.all([udp?.close(), tcp?.close()]);
      batch.flush();
      tell();
      udp = null;
      tcp = null;
    },
  };
}
