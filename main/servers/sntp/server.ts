import type { Failure } from '../../../common/values/failure.ts';
import type { RunningServer, ServerState, ServerStatus } from '../../../common/values/server.ts';
import { bindFailure } from '../bind-failure.ts';
import { openUdp, type UdpSocket } from '../udp-socket.ts';
import type { SntpNeeds } from './needs.ts';
import { createSntpResponder, isClockPlausible, SNTP_LIMITS, type SntpLimits } from './respond.ts';

const TELL_MS = 1000;

export interface SntpConfig {
  readonly address: string;
  /** 0: any free port. */
  readonly port: number;
  readonly limits?: Partial<SntpLimits>;
}

/**
 * Tells phones the time of this computer (RFC 4330 §6). `now` gives milliseconds since 1970. While the computer's clock
 * cannot be right the server is `degraded` and silent; it speaks again as soon as the clock is set.
 */
export function createSntpServer(config: SntpConfig, needs: SntpNeeds, now: () => number, udpSide = openUdp): RunningServer {
  const responder = createSntpResponder({ ...SNTP_LIMITS, ...config.limits }, { observe: needs.observe, now });
  let state: ServerState = 'stopped';
  let failure: Failure | null = null;
  let udp: UdpSocket | null = null;
  let telling: NodeJS.Timeout | null = null;
  let told = '';
  /** Of the last answer alone: one to an address that nobody can reach says nothing about the next. */
  let unsent: Failure | null = null;

  async function open(): Promise<void> {
    state = 'starting';
    needs.changed();
    try {
      udp = await udpSide(config, {
        heard: (bytes, peer) => {
          const answer = responder.answer(bytes, peer, now());
          if (answer !== null) udp?.send(answer, peer);
        },
        sent: () => (unsent = null),
        unsent: (error) => (unsent = failureOf('server.send-refused', error)),
        failed: (error) => {
          failure = failureOf('server.bind-failed', error);
          needs.changed();
        },
      });
      failure = null;
      state = 'listening';
      telling = setInterval(tellChange, TELL_MS);
    } catch (error) {
      failure = bindFailure(error, { address: config.address, port: config.port, transport: 'udp' });
      state = 'failed';
    }
    needs.changed();
  }

  function failureOf(code: string, error: Error): Failure {
    return { code, params: { port: udp?.port ?? config.port, cause: error.message } };
  }

  function status(): ServerStatus {
    const wrong = state === 'listening' && !isClockPlausible(now());
    const error = failure ?? unsent ?? (wrong ? { code: 'sntp.clock-wrong', params: { year: new Date(now()).getUTCFullYear() } } : null);
    const shown = state === 'listening' && error !== null ? 'degraded' : state;
    return { name: 'sntp', state: shown, address: udp === null ? null : config.address, port: udp?.port ?? null, error, figures: responder.figures() };
  }

  /** The state follows the clock, which tells nobody that it was set. */
  function tellChange(): void {
    const { state: shown, figures } = status();
    const text = JSON.stringify([shown, figures]);
    if (text !== told) needs.changed();
    told = text;
  }

  return {
    name: 'sntp',
    status,
    start: async () => {
      if (state === 'stopped' || state === 'failed') await open();
      return status();
    },
    stop: async () => {
      if (telling !== null) clearInterval(telling);
      telling = null;
      await udp?.close();
      udp = null;
      failure = null;
      unsent = null;
      state = 'stopped';
      needs.changed();
    },
  };
}
