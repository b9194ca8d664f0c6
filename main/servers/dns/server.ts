import type { Failure } from '../../../common/values/failure.ts';
import type { RunningServer, ServerState, ServerStatus } from '../../../common/values/server.ts';
import { bindFailure } from '../bind-failure.ts';
import { openUdp, type UdpSocket } from '../udp-socket.ts';
import { DNS_LIMITS, type DnsConfig } from './config.ts';
import type { DnsNeeds } from './needs.ts';
import { createResponder } from './respond.ts';
import { listenTcp, type TcpListener } from './tcp.ts';

/** Numbers that are tried when any will do: one may be free for UDP and taken for TCP. */
const TURNS = 16;
const TELL_MS = 1000;
const SOCKETS = { udpSide: openUdp, tcpSide: listenTcp };

/**
 * Answers for the bench's own names over UDP and TCP on one number, and refuses all others. `now` gives milliseconds since
 * 1970. UDP without TCP is `degraded`: only answers that do not fit into one packet need TCP.
 */
export function createDnsServer(config: DnsConfig, needs: DnsNeeds, now: () => number, { udpSide, tcpSide } = SOCKETS): RunningServer {
  const limits = { ...DNS_LIMITS, ...config.limits };
  const responder = createResponder(limits, { facts: needs.facts, observe: needs.observe, now });
  let state: ServerState = 'stopped';
  let failure: Failure | null = null;
  let udp: UdpSocket | null = null;
  let tcp: TcpListener | null = null;
  let telling: NodeJS.Timeout | null = null;
  let told = '';
  /** Of the last answer alone: one to an address that nobody can reach says nothing about the next. */
  let unsent: Failure | null = null;
  let refusedConnections = 0;

  async function open(): Promise<void> {
    state = 'starting';
    needs.changed();
    for (let turn = 1; ; turn += 1) {
      failure = (await openUdpSide()) ?? (await openTcpSide());
      if (failure === null || config.port !== 0 || udp === null || turn === TURNS) break;
      await closeSockets();
    }
    state = udp === null ? 'failed' : tcp === null ? 'degraded' : 'listening';
    if (udp !== null) telling = setInterval(tellChange, TELL_MS);
    needs.changed();
  }

  async function openUdpSide(): Promise<Failure | null> {
    try {
      udp = await udpSide(config, {
        heard: (bytes, peer) => {
          const answer = responder.answer(bytes, peer, 'udp');
          if (answer !== null) udp?.send(answer, peer);
        },
        sent: () => (unsent = null),
        unsent: (error) => (unsent = failureOf('server.send-refused', error)),
        failed: broken,
      });
      return null;
    } catch (error) {
      return bindFailure(error, { address: config.address, port: config.port, transport: 'udp' });
    }
  }

  async function openTcpSide(): Promise<Failure | null> {
    const port = udp?.port ?? config.port;
    try {
      tcp = await tcpSide({ address: config.address, port }, limits, {
        asked: (bytes, peer) => responder.answer(bytes, peer, 'tcp'),
        refused: () => (refusedConnections += 1),
        failed: broken,
      });
      return null;
    } catch (error) {
      return bindFailure(error, { address: config.address, port, transport: 'tcp' });
    }
  }

  function failureOf(code: string, error: Error): Failure {
    return { code, params: { port: udp?.port ?? config.port, cause: error.message } };
  }

  function broken(error: Error): void {
    failure = failureOf('server.bind-failed', error);
    if (state === 'listening') state = 'degraded';
    needs.changed();
  }

  function figures(): ServerStatus['figures'] {
    return { ...responder.figures(), refusedConnections };
  }

  function tellChange(): void {
    const { state: shown, figures } = status();
    const text = JSON.stringify([shown, figures]);
    if (text !== told) needs.changed();
    told = text;
  }

  async function closeSockets(): Promise<void> {
    await Promise.all([udp?.close(), tcp?.close()]);
    udp = null;
    tcp = null;
  }

  function status(): ServerStatus {
    const shown = state === 'listening' && unsent !== null ? 'degraded' : state;
    return { name: 'dns', state: shown, address: udp === null ? null : config.address, port: udp?.port ?? null, error: failure ?? unsent, figures: figures() };
  }

  return {
    name: 'dns',
    status,
    start: async () => {
      if (state === 'stopped' || state === 'failed') await open();
      return status();
    },
    stop: async () => {
      if (telling !== null) clearInterval(telling);
      telling = null;
      await closeSockets();
      failure = null;
      unsent = null;
      state = 'stopped';
      needs.changed();
    },
  };
}
